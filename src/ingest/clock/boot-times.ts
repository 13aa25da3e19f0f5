import type { SourceSummary } from '../../model/ingest.ts';
import type { Micros, Stamp } from '../../model/time.ts';

/** Puts a stamp of `source` on the common clock; undefined where its year cannot be told. */
export type PlaceStamp = (source: string, stamp: Stamp) => Micros | undefined;

/** When hosts booted, in order. */
export interface BootTimes {
  /** The last boot that `source` itself shows, or else the last known one of the host. */
  last(source: string, host: string | undefined): Micros | undefined;
}

/** Collects the boots that any log states in a time that can be placed. */
export function bootTimes(summaries: readonly SourceSummary[], place: PlaceStamp): BootTimes {
  const bySource = new Map<string, Micros>();
  const byHost = new Map<string, Micros>();
  for (const { source, boots } of summaries) {
    for (const boot of boots) {
      if (boot.at === undefined || boot.at.clock === 'monotonic') continue;
      const at = place(source.path, boot.at);
      if (at === undefined) continue;
      keepLatest(bySource, source.path, at);
      const host = boot.host ?? source.host;
      if (host !== undefined) keepLatest(byHost, shortName(host), at);
    }
  }
  return {
    last: (source, host) => bySource.get(source) ?? (host === undefined ? undefined : byHost.get(shortName(host))),
  };
}

function keepLatest(times: Map<string, Micros>, key: string, at: Micros): void {
  const known = times.get(key);
  if (known === undefined || at > known) times.set(key, at);
}

/** A journal names a host by its short name where a path has the whole one. Addresses have no short form. */
function shortName(host: string): string {
  return /^[\d.]+$/.test(host) ? host : host.split('.', 1)[0]!;
}
