import type { PlaceTime } from './model/facts.ts';
import type { SourceSummary } from './model/ingest.ts';
import type { Interval, Stamp } from './model/time.ts';

/** When each log, and each host in it, first and last spoke. */
export function logSpans(
  summaries: readonly SourceSummary[],
  place: PlaceTime,
): (path: string, host: string | undefined) => Partial<Interval> {
  const byPath = new Map(summaries.map((summary) => [summary.source.path, summary]));
  return (path, host) => {
    const summary = byPath.get(path);
    const own = summary?.hosts.find((entry) => entry.host === host);
    const first = own?.first ?? summary?.first;
    const last = own?.last ?? summary?.last;
    const from = first === undefined ? undefined : place(path, host, first);
    const to = last === undefined ? undefined : place(path, host, last);
    return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  };
}

/** The host of each log, as its path or its folder names it. */
export function hostsOfLogs(summaries: readonly SourceSummary[]): (path: string) => string | undefined {
  const hosts = new Map(summaries.map(({ source }) => [source.path, source.host]));
  return (path) => hosts.get(path);
}

export function lastStamps(summaries: readonly SourceSummary[]): (path: string) => Stamp | undefined {
  const stamps = new Map(summaries.map(({ source, last }) => [source.path, last]));
  return (path) => stamps.get(path);
}
