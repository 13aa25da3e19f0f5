import type { Names } from '../../model/detector.ts';
import { compareText } from '../../model/entity.ts';
import type { AllFacts, PlaceTime } from '../../model/facts.ts';
import type { Ingested, SourceSummary } from '../../model/ingest.ts';
import type { LogChange } from '../../model/log-change.ts';
import type { LineSink } from '../../model/log-line.ts';
import { isFields, namespacedName, readList, readText } from '../../model/resource.ts';
import type { Source } from '../../model/source.ts';
import { type Duration, HOUR, MINUTE, type Micros, parseTime } from '../../model/time.ts';
import { Pulse, type Sample } from './pulse.ts';

/** Fewer places of a log do not show that it was written steadily. */
const LEAST_SAMPLES = 12;
/** A journal may be of several hosts. */
const SAMPLES = { container: 32, journal: 256 };
const LEAST_LIFE: Duration = HOUR;
const LEAST_SILENCE: Duration = 30 * MINUTE;
/** The longest pause that it ever made, between two of the places looked at, is beaten so many times. */
const TIMES_LONGEST = 3;
/** Steady: no pause is longer than so many of the usual ones. Who works in bursts is idle in between. */
const MOST_UNEVEN = 6;
/** A gather takes the logs one after the other: of two that it took apart, one may end so much earlier. */
const GATHERING: Duration = HOUR;
const SETTLING: Duration = 30 * MINUTE;
const MOST = 20;

interface Watched {
  readonly source: Source;
  readonly samples: readonly Sample[];
  readonly last: Pulse['last'];
}

/** One host's part of a log, or a container's. */
interface Voice {
  readonly source: Source;
  readonly host: string | undefined;
  readonly node: string;
  readonly from: Micros;
  readonly until: Micros;
}

export interface SilenceInput {
  readonly ingested: Ingested;
  readonly facts: Pick<AllFacts, 'Pod' | 'boots' | 'phases'>;
  readonly names: Names;
  readonly place: PlaceTime;
}

/** Finds logs that were written steadily and stop, while others of the same host go on. Never a cause. */
export class Silences {
  readonly #logs: Watched[] = [];

  /** Passes the lines of a log on to `sink`, and keeps the times of a few of them. */
  watch(source: Source, sink: LineSink): LineSink {
    if (source.kind !== 'journal' && (source.kind !== 'container' || source.instance !== 'current')) return sink;
    const pulse = new Pulse(SAMPLES[source.kind]);
    return {
      ...(sink.entries !== undefined && { entries: sink.entries }),
      region(region, decoder) {
        sink.region(region, decoder);
        pulse.add(region, decoder);
      },
      end: () => {
        sink.end();
        const samples = pulse.samples(LEAST_SAMPLES);
        if (samples.length > 0) this.#logs.push({ source, samples, last: pulse.last });
      },
    };
  }

  changes(input: SilenceInput): LogChange[] {
    const { ingested, place } = input;
    const voices = ingested.summaries.flatMap((summary) => voicesOf(summary, input));
    const byPath = Map.groupBy(voices, (voice) => voice.source.path);
    const byNode = Map.groupBy(voices, (voice) => voice.node);
    const byNamespace = Map.groupBy(voices, (voice) => voice.source.namespace);
    const cut = ingested.inputs.filter(({ truncated }) => truncated).map(({ path }) => path);
    const lines = new Map(ingested.summaries.map((summary) => [summary.source.path, summary.lines]));
    return this.#logs
      .filter(({ source }) => !cut.some((path) => source.path.startsWith(path)))
      .flatMap((log) => {
        const own = byPath.get(log.source.path) ?? [];
        return own.flatMap((voice): LogChange[] => {
          const { namespace } = log.source;
          const together = namespace === undefined ? own : (byNamespace.get(namespace) ?? own);
          const end = endOf(voice, together, byNode.get(voice.node) ?? []);
          if (end === undefined || isExcused(voice, end, input)) return [];
          const times = timesOf(log, voice, own.length > 1, place);
          return isSilence(voice, times, end) ? [changeOf(log, voice, own, lines.get(log.source.path) ?? 0)] : [];
        });
      })
      .sort((a, b) => (a.until ?? 0) - (b.until ?? 0) || compareText(a.source, b.source))
      .slice(0, MOST);
  }
}

function voicesOf({ source, first, last, hosts }: SourceSummary, { names, place }: SilenceInput): Voice[] {
  const voice = (
    host: string | undefined,
    node: string | undefined,
    start: SourceSummary['first'],
    stop: SourceSummary['last'],
  ): Voice[] => {
    if (node === undefined || start === undefined || stop === undefined) return [];
    const [from, until] = [place(source.path, host, start), place(source.path, host, stop)];
    return from === undefined || until === undefined ? [] : [{ source, host, node, from, until }];
  };
  if (source.kind === 'container') return voice(source.host, names.nodeOfPod(podOf(source)), first, last);
  return hosts.flatMap((one) => voice(one.host, names.node(one.host), one.first ?? first, one.last ?? last));
}

function podOf({ namespace, pod }: Source): string {
  return `${namespace ?? ''}/${pod ?? ''}`;
}

/**
 * Until when it should have gone on; undefined where nobody else of its host did. What was collected together ends together:
 * the hosts of one file, the containers of one namespace.
 */
function endOf(voice: Voice, together: readonly Voice[], sameNode: readonly Voice[]): Micros | undefined {
  const others = sameNode.filter(({ source }) => source.path !== voice.source.path);
  const end = Math.max(newest(together), newest(others) - GATHERING);
  const half = voice.until + (end - voice.until) / 2;
  return others.some(({ until }) => until > half) ? end : undefined;
}

function newest(voices: readonly Voice[]): Micros {
  return voices.reduce((latest, { until }) => Math.max(latest, until), Number.NEGATIVE_INFINITY);
}

/** Its container or its host was not there, or it was being installed. */
function isExcused({ source, node, from, until }: Voice, end: Micros, { facts, names }: SilenceInput): boolean {
  if (end - until < LEAST_SILENCE || until - from < LEAST_LIFE) return true;
  const { install } = facts.phases;
  if (install !== undefined && until < (install.to ?? Number.POSITIVE_INFINITY) + SETTLING) return true;
  const isBooted = facts.boots.some(
    (boot) => names.node(boot.host) === node && boot.from !== undefined && boot.from > until && boot.from < end,
  );
  return isBooted || (source.kind === 'container' && !isRunning(source, until, facts));
}

function isRunning(source: Source, at: Micros, { Pod }: SilenceInput['facts']): boolean {
  const pod = Pod.find((one) => namespacedName(one) === podOf(source));
  return readList(pod?.body, 'status.containerStatuses').some((status) => {
    if (!isFields(status) || readText(status, 'name') !== source.container) return false;
    const since = parseTime(readText(status, 'state.running.startedAt') ?? '');
    return since !== undefined && since < at;
  });
}

function timesOf(log: Watched, voice: Voice, isShared: boolean, place: PlaceTime): Micros[] {
  const own = isShared ? log.samples.filter(({ host }) => host === voice.host) : log.samples;
  return own.map(({ at }) => place(log.source.path, voice.host, at)).filter((at) => at !== undefined);
}

function isSilence(voice: Voice, times: readonly Micros[], end: Micros): boolean {
  if (times.length < LEAST_SAMPLES) return false;
  const all = [...times, voice.until].sort((a, b) => a - b);
  const pauses = all.slice(1).map((at, index) => at - all[index]!);
  const usual = pauses.toSorted((a, b) => a - b)[pauses.length >> 1]!;
  const longest = Math.max(...pauses);
  return longest <= MOST_UNEVEN * usual && end - voice.until >= TIMES_LONGEST * longest;
}

function changeOf(log: Watched, voice: Voice, sameLog: readonly Voice[], lines: number): LogChange {
  const { source, last } = log;
  const isLast = sameLog.length === 1;
  const line = last.line ?? (last.offset === undefined ? lines : undefined);
  return {
    kind: 'silence',
    source: source.path,
    host: voice.node,
    logs: 1,
    count: 1,
    from: voice.from,
    until: voice.until,
    ...(isLast && {
      perHourBefore: Math.round((lines * HOUR * 10) / (voice.until - voice.from)) / 10,
      perHourAfter: 0,
    }),
    evidence: isLast
      ? [{ ...last, source: source.path, ...(line !== undefined && { line }), at: voice.until, repeats: 1 }]
      : [],
  };
}
