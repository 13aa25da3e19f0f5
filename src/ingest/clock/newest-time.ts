import type { SourceSummary } from '../../model/ingest.ts';
import type { Micros, Stamp } from '../../model/time.ts';

/** The newest absolute time that any log states: stands in for the gather time where nothing tells that. */
export function newestTime(summaries: readonly SourceSummary[]): Micros | undefined {
  let newest: Micros | undefined;
  for (const summary of summaries) {
    const time = newestOf(summary);
    if (time !== undefined && (newest === undefined || time > newest)) newest = time;
  }
  return newest;
}

/** The newest absolute time that one log states itself, by its header or its lines. */
export function newestOf(summary: SourceSummary): Micros | undefined {
  const stamps: (Stamp | undefined)[] = [summary.first, summary.last, ...summary.hosts.map((host) => host.last)];
  let newest = summary.header?.to;
  for (const stamp of stamps) {
    if (stamp?.clock === 'absolute' && (newest === undefined || stamp.micros > newest)) newest = stamp.micros;
  }
  return newest;
}
