import type { SourceSummary } from '../../model/ingest.ts';
import { DAY, type Duration, type Micros, type Stamp } from '../../model/time.ts';
import { offsetOf } from './zones.ts';

/** The newest absolute time that any log states: stands in for the gather time where nothing tells that. */
export function newestTime(summaries: readonly SourceSummary[], assumed?: Duration): Micros | undefined {
  return newestSound(
    summaries.map((summary) => newestOf(summary, assumed)).filter((time): time is Micros => time !== undefined),
  );
}

/** So many witnesses outvote one that is alone in the future. */
const WITNESSES = 20;
const NEAR = 2 * DAY;
/** Nothing that we read is of a later time: 2100-01-01. */
const LATEST: Micros = 47_482 * DAY;

/**
 * The newest of the times that independent witnesses state, each its own newest. A wrong clock or a date of a far future
 * in a message must not shift it: among many witnesses the newest one needs another within two days.
 */
export function newestSound(times: readonly Micros[]): Micros | undefined {
  const sorted = times.filter((time) => time < LATEST).sort((a, b) => b - a);
  if (sorted.length < WITNESSES) return sorted[0];
  return sorted.find((time, at) => time - (sorted[at + 1] ?? Number.NEGATIVE_INFINITY) <= NEAR) ?? sorted[0];
}

/** The newest absolute time that one log states itself, by its header or its lines. */
export function newestOf(summary: SourceSummary, assumed?: Duration): Micros | undefined {
  const offset = offsetOf(summary, assumed);
  const stamps: (Stamp | undefined)[] = [summary.first, summary.last, ...summary.hosts.map((host) => host.last)];
  let newest = summary.header?.to;
  for (const stamp of stamps) {
    if (stamp?.clock !== 'absolute') continue;
    const at = stamp.micros - offset;
    if (newest === undefined || at > newest) newest = at;
  }
  return newest;
}
