import type { PlaceTime } from '../../model/facts.ts';
import type { SourceSummary } from '../../model/ingest.ts';
import type { Duration, Micros, Stamp } from '../../model/time.ts';
import { bootTimes } from './boot-times.ts';
import { newestOf, newestTime } from './newest-time.ts';
import { latestYear, TOLERANCE, yearlessEnds } from './year-of-log.ts';
import { offsetOf } from './zones.ts';

export { newestTime } from './newest-time.ts';

/**
 * Puts the stamps of all logs on one clock.
 * A yearless stamp gets the latest year that keeps it at most a day after the time its log ends at: what its own header
 * or lines say, else the gather time, else the newest time of any other log; never today's date. So a dump of more than
 * a year comes out in its last one. A stamp since boot is added to that boot as the same log shows it, or another by its id; one
 * of the last boot also to the last one that other logs know of the host. Undefined where nothing is known to hold on to.
 * Stamps of logs that leave their zone open are read as `assumed`, µs east of Greenwich.
 * Where the gather time is only a file's age (`isAge`), logs beside with whole dates go before it.
 */
export function placeTimes(
  summaries: readonly SourceSummary[],
  gatheredAt: Micros | undefined,
  assumed?: Duration,
  isAge = false,
): PlaceTime {
  const anywhere = gatheredAt ?? newestTime(summaries, assumed);
  const offsets = new Map<string, Duration>();
  const ends = new Map<string, Micros>();
  for (const summary of summaries) {
    const end = newestOf(summary, assumed);
    if (end !== undefined) ends.set(summary.source.path, end);
    const offset = offsetOf(summary, assumed);
    if (offset !== 0) offsets.set(summary.source.path, offset);
  }
  if (isAge && gatheredAt !== undefined) {
    const found = yearlessEnds(summaries, gatheredAt, assumed);
    for (const { summary, end, by } of found) if (by !== undefined) ends.set(summary.source.path, end);
  }
  const place = (source: string, stamp: Stamp): Micros | undefined => {
    const offset = offsets.get(source) ?? 0;
    if (stamp.clock === 'absolute') return stamp.micros - offset;
    const end = ends.get(source) ?? anywhere;
    if (stamp.clock === 'monotonic' || end === undefined) return undefined;
    const local = latestYear(stamp.micros, end + offset + TOLERANCE);
    return local === undefined ? undefined : local - offset;
  };
  const boots = bootTimes(summaries, place);
  return (source, host, stamp) => {
    if (stamp.clock !== 'monotonic') return place(source, stamp);
    const began = boots.began(source, host, stamp.boot ?? 0);
    return began === undefined ? undefined : began + stamp.micros;
  };
}
