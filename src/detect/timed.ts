import type { Signature } from '../model/signature.ts';
import { type Duration, type Interval, MINUTE, type Micros, parseDuration } from '../model/time.ts';
import { type Context, transientSpans } from './context.ts';
import type { Series } from './hits.ts';

/** A series on the common clock, without the hits of phases in which they are normal. */
export interface Timed {
  readonly series: Series;
  /** Ascending; each stands for `stride` hits. */
  readonly times: readonly Micros[];
  /** Times on the writer's own clock, ascending, where none could be placed on the common one: good for rhythm only. */
  readonly ownTimes: readonly number[];
  readonly stride: number;
  /** Hits that count: timed ones outside transient phases, and those without a time. */
  readonly count: number;
  readonly untimed: number;
  readonly first?: Micros;
  readonly last?: Micros;
  readonly active: boolean;
  /** The log begins with it: when it really began is not known. */
  readonly openStart: boolean;
  readonly spans: readonly Interval[];
}

/** Log and event matches count as active this close to the end of their log. */
const ACTIVE_WITHIN = 15 * MINUTE;
/** Where the installation never ended, what lasts this long is no longer transient. */
const PERSISTENT = 30 * MINUTE;

export function timed(series: Series, node: string | undefined, signature: Signature, context: Context): Timed {
  const { clock, boot } = series;
  const at = (micros: number): Micros | undefined =>
    clock && context.place(series.path, series.host, { clock, micros, ...(boot !== undefined && { boot }) });
  const all =
    series.times.kept.length > 0 ? series.times.kept : series.times.first === undefined ? [] : [series.times.first];
  const placed = all.map(at).filter((time) => time !== undefined);
  const last = series.times.last === undefined ? undefined : at(series.times.last);
  const first = series.times.first === undefined ? undefined : at(series.times.first);
  // What a resource states holds at gather time, in whatever phase it began.
  const phases = series.resource === undefined ? (signature.transient ?? []) : [];
  const spans = transientSpans(phases, node, context).filter(
    (span) => Number.isFinite(span.to) || !outlives(series, first, last, signature, context),
  );
  const outside = (time: Micros): boolean => !spans.some((span) => time >= span.from && time <= span.to);
  const times = placed.filter(outside).sort((a, b) => a - b);
  const unplaced = series.untimed + (all.length > 0 && placed.length === 0 ? series.times.count : 0);
  const kept = Math.round((series.times.count * times.length) / Math.max(placed.length, 1));
  const lastKept = last !== undefined && outside(last) ? last : times.at(-1);
  const firstKept = first !== undefined && outside(first) ? first : times[0];
  return {
    series,
    times,
    ownTimes: placed.length === 0 ? all.toSorted((a, b) => a - b) : [],
    stride: series.times.stride,
    count: (placed.length === 0 ? 0 : kept) + unplaced,
    untimed: unplaced,
    ...(firstKept !== undefined && { first: firstKept }),
    ...(lastKept !== undefined && { last: lastKept }),
    active: isActive(series, lastKept, signature, context),
    openStart: startsWithLog(series, begun(placed, firstKept), context) || outdatesLog(series, signature),
    spans,
  };
}

function outlives(
  series: Series,
  first: Micros | undefined,
  last: Micros | undefined,
  signature: Signature,
  context: Context,
): boolean {
  return (
    first !== undefined && last !== undefined && last - first > PERSISTENT && isActive(series, last, signature, context)
  );
}

/**
 * Resources show now; logs show then. A log line is active when it lies close to the end of what its writer could have
 * written: the end of that host's log for journals and consoles, the gather time for container logs and events, because a
 * container that went silent after an error may be quiet for lack of errors.
 */
function isActive(series: Series, last: Micros | undefined, signature: Signature, context: Context): boolean {
  if (series.resource !== undefined) return true;
  const within = signature.activeWithin === undefined ? ACTIVE_WITHIN : parseDuration(signature.activeWithin)!;
  if (last === undefined) return !isOfPastBoot(series, within, context);
  const end = endOf(series, context);
  return end === undefined || end - last <= within;
}

/** Nothing tells when the boot was, but that another one has gone on for longer than that. */
function isOfPastBoot({ clock, boot = 0, path }: Series, within: Duration, context: Context): boolean {
  const end = clock === 'monotonic' ? context.lastStamp(path) : undefined;
  return end?.clock === 'monotonic' && boot < (end.boot ?? 0) && end.micros > within;
}

/** Hits no further apart than this are one fault. */
const UNBROKEN = 5 * MINUTE;

/** When what is reported from `first` on began, with the hits of a transient phase that lead up to it without a break. */
function begun(placed: readonly Micros[], first: Micros | undefined): Micros | undefined {
  if (first === undefined) return undefined;
  return placed
    .filter((time) => time < first)
    .sort((a, b) => b - a)
    .reduce((start, time) => (start - time <= UNBROKEN ? time : start), first);
}

/** This close to the start of its log, a first hit may be any hit. */
const START_MARGIN = 2 * MINUTE;

function startsWithLog(series: Series, first: Micros | undefined, context: Context): boolean {
  if (series.source === undefined || first === undefined) return false;
  const start = context.spanOf(series.path, series.host).from;
  return start !== undefined && first - start <= START_MARGIN;
}

/** A console shows one boot of many: hardware that fails in it may have failed in those before. */
function outdatesLog(series: Series, signature: Signature): boolean {
  return series.source?.kind === 'console' && signature.recovery === 'hardware';
}

function endOf(series: Series, context: Context): Micros | undefined {
  const kind = series.source?.kind;
  const own = kind === undefined ? undefined : context.spanOf(series.path, series.host).to;
  if (kind === undefined || kind === 'container' || kind === 'audit') return context.gatheredAt ?? own;
  return own ?? context.gatheredAt;
}
