import { compareText } from '../../model/entity.ts';
import type { PlaceTime } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import type { LogChange } from '../../model/log-change.ts';
import type { LineSink } from '../../model/log-line.ts';
import type { Source, SourceKind } from '../../model/source.ts';
import { HOUR, type Interval, MINUTE, type Micros } from '../../model/time.ts';
import { templateOf } from '../rhythm/template.ts';
import { ErrorLog, type ErrorTemplate, SPAN } from './error-log.ts';

export const WATCHED: ReadonlySet<SourceKind> = new Set(['container', 'journal']);
/** A log that does not reach back so far before the onset cannot tell what is new. */
const KNOWN_BEFORE = HOUR;
const SHORTLY_BEFORE = 30 * MINUTE;
const SHORTLY_AFTER = 2 * MINUTE;
/** Of an error that was there before, so many more an hour, and so many at all, are a change. */
const TIMES_MORE = 10;
const LEAST_AFTER = 20;
const MOST = 20;
const LONGEST_TEXT = 500;
const SAME = 160;

/** Collects the errors of all logs, and tells which of them are new around the onset. */
export class Novelties {
  readonly #logs: ErrorLog[] = [];

  /**
   * Passes the lines of a log on to `sink`, and keeps what it calls errors. `marked` is where the sink writes the places of
   * `LONG_MARKS` in the region at hand, if it does.
   */
  watch(source: Source, sink: LineSink, marked?: readonly number[]): LineSink {
    if (!WATCHED.has(source.kind) || (source.instance !== undefined && source.instance !== 'current')) return sink;
    const log = new ErrorLog(source);
    return {
      ...(sink.entries !== undefined && { entries: sink.entries }),
      region(region, decoder) {
        sink.region(region, decoder);
        log.add(region, decoder, marked);
      },
      end: () => {
        sink.end();
        if (log.templates.size > 0) this.#logs.push(log);
      },
    };
  }

  /** Around `onset`; what findings have as evidence is known, and not told. */
  changes(
    onset: Micros,
    findings: readonly Finding[],
    place: PlaceTime,
    spanOf: (path: string, host: string | undefined) => Partial<Interval>,
  ): LogChange[] {
    const named = new Set(findings.flatMap(({ evidence }) => evidence.map(({ text }) => keyOf(text))));
    const all = this.#logs.flatMap((log) => {
      const span = spanOf(log.source.path, log.source.host);
      if (span.from === undefined || onset - span.from < KNOWN_BEFORE) return [];
      const { from, to = onset } = span;
      return [...log.templates.values()]
        .filter(({ text }) => !named.has(keyOf(text)))
        .flatMap((error) => changeOf(log, error, onset, { from, to }, place) ?? []);
    });
    return all.sort(inOrder).reduce(byTemplate, []).slice(0, MOST);
  }
}

function changeOf(
  log: ErrorLog,
  error: ErrorTemplate,
  onset: Micros,
  span: Interval,
  place: PlaceTime,
): LogChange | undefined {
  const { path, host = error.host } = log.source;
  const first = place(path, host, error.first);
  if (first === undefined) return undefined;
  const times = [...error.spans].flatMap(([boot, spans]) => {
    const shift = place(path, host, { ...error.first, boot });
    if (shift === undefined) return [];
    return [...spans].map(([at, count]) => ({ at: shift + at * SPAN - error.first.micros, count }));
  });
  const total = sum(times);
  const before = sum(times.filter(({ at }) => at + SPAN <= onset));
  const common = {
    source: path,
    ...(host !== undefined && { host }),
    template: error.template,
    logs: 1,
    from: first,
    evidence: [evidenceOf(path, error, first)],
  };
  if (first >= onset - SHORTLY_BEFORE && first <= onset + SHORTLY_AFTER) {
    return { kind: 'first', count: total, ...common };
  }
  const after = total - before;
  if (!log.isWhole || first > onset || after < LEAST_AFTER) return undefined;
  const perHourBefore = (before * HOUR) / (onset - span.from);
  const perHourAfter = (after * HOUR) / Math.max(span.to - onset, SPAN);
  if (perHourAfter < TIMES_MORE * perHourBefore) return undefined;
  return {
    kind: 'rate',
    count: after,
    perHourBefore: tenth(perHourBefore),
    perHourAfter: tenth(perHourAfter),
    ...common,
  };
}

function evidenceOf(source: string, { text, line, offset }: ErrorTemplate, at: Micros): LogChange['evidence'][number] {
  return {
    source,
    ...(line !== undefined && { line }),
    ...(offset !== undefined && { offset }),
    at,
    text: Buffer.from(text, 'latin1').toString().slice(0, LONGEST_TEXT),
    repeats: 1,
  };
}

function sum(times: readonly { readonly count: number }[]): number {
  return times.reduce((total, { count }) => total + count, 0);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function keyOf(text: string): string {
  return templateOf(text).slice(0, SAME);
}

function inOrder(a: LogChange, b: LogChange): number {
  return (
    compareText(a.kind, b.kind) ||
    (a.from ?? 0) - (b.from ?? 0) ||
    compareText(a.source, b.source) ||
    compareText(a.template ?? '', b.template ?? '')
  );
}

/** The same in several logs is told once, of the one that shows it first. */
function byTemplate(all: LogChange[], change: LogChange): LogChange[] {
  const at = all.findIndex((other) => other.kind === change.kind && other.template === change.template);
  if (at < 0) all.push(change);
  else all[at] = { ...all[at]!, logs: all[at]!.logs + 1, count: all[at]!.count + change.count };
  return all;
}
