import type { Anomaly } from '../../model/anomaly.ts';
import { compareText } from '../../model/entity.ts';
import type { PlaceTime } from '../../model/facts.ts';
import type { Evidence, Finding } from '../../model/finding.ts';
import type { LineDecoder, LineSink } from '../../model/log-line.ts';
import type { Source, SourceKind } from '../../model/source.ts';
import { type Duration, MINUTE, type Micros, type Stamp } from '../../model/time.ts';
import { LogTail, type TailLine } from './log-tail.ts';
import { type LoopRun, LoopRuns } from './loop-runs.ts';
import { median, spacingOf } from './spacing.ts';
import { isTrouble, templateOf } from './template.ts';

/** A log that ends without a word of trouble in so many bytes does not end in a loop. */
const LAST_WORDS = 4096;
const LEAST_COUNT = 20;
/** Of the lines at the end: a loop leaves room for little else. */
const LEAST_SHARE = 0.3;
/** Since it began, of one that goes on for so long: a quiet log may end in few lines, after many of something else. */
const LEAST_SHARE_SINCE = 0.6;
const LONG = 10 * MINUTE;
const MOST_JITTER = 0.6;
const LONGEST_SPACING = 10 * MINUTE;
/** A container that has fallen silent since, by so many turns and so long, got over it; a host may have died of it. */
const SILENT_TURNS = 20;
const SILENT_TIME = 30 * MINUTE;
const MOST_PER_LOG = 2;
const MOST = 20;
const LONGEST_TEXT = 500;

const WATCHED: ReadonlySet<SourceKind> = new Set(['container', 'journal', 'kernel', 'console', 'installer', 'text']);

/** What is known of a log only when all was read: how many lines it has, and the host that its folder names. */
export type LogOf = (path: string) => { readonly lines: number; readonly host?: string | undefined } | undefined;

/** A loop at the end of a log, before times can be placed. */
interface Loop {
  readonly source: Source;
  readonly template: string;
  readonly share: number;
  readonly lines: readonly TailLine[];
  readonly host: string | undefined;
  readonly stamps: readonly (Stamp | undefined)[];
  /** All of it, where it was noticed before its end. */
  readonly run: LoopRun | undefined;
}

/** Watches all logs for loops that they end in. The last part of each decides: a loop that was broken is not told. */
export class Rhythms {
  readonly #loops: Loop[] = [];

  /** Passes the lines of a log on to `sink`, and looks at its end when it has come. */
  watch(source: Source, sink: LineSink): LineSink {
    if (!WATCHED.has(source.kind) || (source.instance !== undefined && source.instance !== 'current')) return sink;
    const tail = new LogTail();
    const runs = new LoopRuns();
    return {
      region(region, decoder) {
        sink.region(region, decoder);
        runs.add(region, decoder, tail);
        tail.add(region, decoder);
      },
      end: () => {
        sink.end();
        if (tail.decoder !== undefined) this.#judge(source, tail, tail.decoder, runs);
        tail.release();
      },
    };
  }

  /** The loops whose lines no finding has as evidence. */
  anomalies(
    findings: readonly Finding[],
    place: PlaceTime,
    gatheredAt: Micros | undefined,
    logOf: LogOf,
  ): readonly Anomaly[] {
    const named = new Set(findings.flatMap((finding) => finding.evidence.map((one) => lineKey(one.text))));
    return this.#loops
      .filter((loop) => !loop.lines.some((line) => named.has(lineKey(line.text))))
      .map((loop) => ({ loop, anomaly: anomalyOf(loop, place, logOf(loop.source.path)) }))
      .filter(({ loop, anomaly }) => isRhythm(anomaly) && !hasFallenSilent(loop.source, anomaly, gatheredAt))
      .map(({ anomaly }) => anomaly)
      .sort((a, b) => b.share - a.share || compareText(a.source, b.source) || compareText(a.template, b.template))
      .reduce(byTemplate, [])
      .slice(0, MOST);
  }

  #judge(source: Source, tail: LogTail, decoder: LineDecoder, runs: LoopRuns): void {
    if (!tail.text(LAST_WORDS).split('\n').some(isTrouble)) return;
    const lines = tail.lines();
    const groups = new Map<
      string,
      { readonly lines: TailLine[]; readonly decoded: ReturnType<LineDecoder['decode']>[] }
    >();
    for (const line of lines) {
      if (!isTrouble(line.text)) continue;
      const decoded = decoder.decode(line.text);
      const template = templateOf(decoded.message);
      const group = groups.get(template);
      if (group === undefined) groups.set(template, { lines: [line], decoded: [decoded] });
      else {
        group.lines.push(line);
        group.decoded.push(decoded);
      }
    }
    const loops = [...groups]
      .filter(([, group]) => isLoop(group.lines, lines.length, () => lasting(group.decoded)))
      .sort(([, a], [, b]) => b.lines.length - a.lines.length)
      .slice(0, MOST_PER_LOG);
    for (const [template, group] of loops) {
      this.#loops.push({
        source,
        template,
        share: group.lines.length / lines.length,
        lines: [group.lines[0]!, group.lines.at(-1)!],
        host: group.decoded.at(-1)!.host ?? source.host,
        stamps: group.decoded.map((line) => line.at),
        run: runs.run(template),
      });
    }
  }
}

/** The same loop in several logs is told once. */
function byTemplate(all: Anomaly[], anomaly: Anomaly): Anomaly[] {
  const at = all.findIndex((other) => other.template === anomaly.template);
  if (at < 0) all.push(anomaly);
  else all[at] = { ...all[at]!, logs: all[at]!.logs + 1 };
  return all;
}

/** Often, and up to the end: the last one is no further from it than two turns of the loop take. */
function isLoop(lines: readonly TailLine[], all: number, lasts: () => Duration): boolean {
  if (lines.length < LEAST_COUNT) return false;
  const isLong = lines.length / lines[0]!.fromEnd >= LEAST_SHARE_SINCE && lasts() >= LONG;
  if (lines.length / all < LEAST_SHARE && !isLong) return false;
  const gaps = lines.slice(1).map((line, index) => lines[index]!.fromEnd - line.fromEnd);
  return lines.at(-1)!.fromEnd <= Math.max(2 * median(gaps), 3);
}

/** From the first of the lines to the last, where one clock tells. */
function lasting(lines: readonly { readonly at?: Stamp }[]): Duration {
  const [first, last] = [lines[0]?.at, lines.at(-1)?.at];
  const isOneClock = first !== undefined && first.clock === last?.clock && first.boot === last.boot;
  return isOneClock ? Math.abs(last.micros - first.micros) : 0;
}

function isRhythm({ medianSpacing, jitter }: Anomaly): boolean {
  return medianSpacing === undefined || (medianSpacing <= LONGEST_SPACING && (jitter ?? 0) <= MOST_JITTER);
}

function hasFallenSilent(source: Source, anomaly: Anomaly, gatheredAt: Micros | undefined): boolean {
  if (source.kind !== 'container' || gatheredAt === undefined || anomaly.until === undefined) return false;
  return gatheredAt - anomaly.until > Math.max(SILENT_TIME, SILENT_TURNS * (anomaly.medianSpacing ?? 0));
}

/** Lines that differ in what varies only. */
function lineKey(text: string): string {
  return templateOf(text).slice(0, 160);
}

function anomalyOf(loop: Loop, place: PlaceTime, log: ReturnType<LogOf>): Anomaly {
  const { source, template, host = log?.host, stamps, share, run } = loop;
  const { path } = source;
  const firstStamp = run === undefined ? stamps[0] : run.first.at;
  const first = firstStamp === undefined ? undefined : place(path, host, firstStamp);
  const lastStamp = stamps.at(-1);
  const last = lastStamp === undefined ? undefined : place(path, host, lastStamp);
  const spacing = spacingOf(stamps);
  const end = loop.lines.at(-1)!;
  const line = end.line ?? (end.offset === undefined && log !== undefined ? log.lines - end.fromEnd + 1 : undefined);
  return {
    source: path,
    ...(host !== undefined && { host }),
    template,
    logs: 1,
    count: Math.max(run?.count ?? 0, stamps.length),
    share,
    ...spacing,
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { until: last }),
    evidence: [
      evidenceOf(path, { text: end.text, line, offset: end.offset }, last),
      ...(run === undefined ? [] : [evidenceOf(path, run.first, first)]),
    ],
  };
}

function evidenceOf(
  source: string,
  {
    text,
    line,
    offset,
  }: { readonly text: string; readonly line?: number | undefined; readonly offset?: number | undefined },
  at: Micros | undefined,
): Evidence {
  return {
    source,
    ...(line !== undefined && line > 0 && { line }),
    ...(offset !== undefined && { offset }),
    ...(at !== undefined && { at }),
    text: Buffer.from(text, 'latin1').toString().slice(0, LONGEST_TEXT),
    repeats: 1,
  };
}
