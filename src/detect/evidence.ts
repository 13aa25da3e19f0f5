import { compareText } from '../model/entity.ts';
import type { Evidence } from '../model/finding.ts';
import type { Micros } from '../model/time.ts';
import type { Context } from './context.ts';
import type { Sample, Series } from './hits.ts';
import type { Timed } from './timed.ts';
import type { Verdict } from './window.ts';

/** Evidence shown of one finding at the most; counts stay exact. */
const MAX_EVIDENCE = 8;
const MAX_TEXT = 1000;

/** The largest series first, of equal ones the earliest: where it began, one from its middle, where it ended. */
export function evidenceOf(verdict: Verdict, context: Context): Evidence[] {
  const shown = verdict.hits.toSorted(byWeight).slice(0, MAX_EVIDENCE);
  const perSeries = shown.length <= 2 ? 3 : shown.length <= 4 ? 2 : 1;
  return shown.flatMap((t) => samplesOf(t, perSeries, context)).slice(0, MAX_EVIDENCE);
}

function byWeight(a: Timed, b: Timed): number {
  return (
    Number(b.active) - Number(a.active) ||
    b.count - a.count ||
    ascending(a.first, b.first) ||
    compareText(a.series.path, b.series.path) ||
    ascending(placeIn(a.series), placeIn(b.series))
  );
}

/** What has no time or place comes last. */
function ascending(a = Number.MAX_SAFE_INTEGER, b = Number.MAX_SAFE_INTEGER): number {
  return a - b;
}

function placeIn({ first }: Series): number | undefined {
  return first.line ?? first.offset;
}

function samplesOf(t: Timed, wanted: number, context: Context): Evidence[] {
  const { series } = t;
  const usable = [series.first, ...series.between, series.last].filter((s) => outside(timeOf(series, s, context), t));
  const distinct = [...new Set(usable.length > 0 ? usable : [series.last])];
  const chosen = pick(distinct, wanted);
  return chosen.map((sample, index) => evidence(t, sample, index === 0, context));
}

function outside(at: Micros | undefined, t: Timed): boolean {
  return at === undefined || !t.spans.some((span) => at >= span.from && at <= span.to);
}

function pick<T>(items: readonly T[], wanted: number): T[] {
  if (items.length <= wanted) return [...items];
  if (wanted === 1) return [items[0]!];
  if (wanted === 2) return [items[0]!, items.at(-1)!];
  return [items[0]!, items[items.length >> 1]!, items.at(-1)!];
}

function timeOf(series: Series, sample: Sample, context: Context): Micros | undefined {
  return sample.stamp === undefined ? undefined : context.place(series.path, series.host, sample.stamp);
}

/** The first of a series stands for all its hits. */
function evidence(t: Timed, sample: Sample, stands: boolean, context: Context): Evidence {
  const at = timeOf(t.series, sample, context);
  const until = stands && t.count > 1 ? t.last : undefined;
  return {
    source: t.series.path,
    ...(sample.line !== undefined && { line: sample.line }),
    ...(sample.offset !== undefined && { offset: sample.offset }),
    ...(sample.pointer !== undefined && { pointer: sample.pointer }),
    ...(at !== undefined && { at }),
    text: (t.series.source === undefined ? sample.text : decode(sample.text)).slice(0, MAX_TEXT),
    repeats: stands ? Math.max(1, t.count) : 1,
    ...around(sample),
    ...(until !== undefined && until !== at && { until }),
  };
}

function around({ around: lines }: Sample): Pick<Evidence, 'before' | 'after'> {
  if (lines === undefined) return {};
  const { before, after } = lines;
  return {
    ...(before.length > 0 && { before: before.map(decode) }),
    ...(after.length > 0 && { after: after.map(decode) }),
  };
}

/** Log bytes were kept as latin1; what is shown is UTF-8, where it is valid. */
export function decode(text: string): string {
  return /[\x80-\xff]/.test(text) && !/[^\x00-\xff]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}
