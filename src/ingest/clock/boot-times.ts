import type { SourceSummary } from '../../model/ingest.ts';
import type { Micros, Stamp } from '../../model/time.ts';

/** Puts a stamp of `source` on the common clock; undefined where its year cannot be told. */
export type PlaceStamp = (source: string, stamp: Stamp) => Micros | undefined;

/** When hosts booted. */
export interface BootTimes {
  /** When the boot began that the lines of `source` with this `boot` in their stamps count from; undefined where nothing tells. */
  began(source: string, host: string | undefined, boot: number): Micros | undefined;
}

interface Known {
  readonly source: string;
  readonly at: Micros;
}

/** Collects the boots that any log states in a time that can be placed. */
export function bootTimes(summaries: readonly SourceSummary[], place: PlaceStamp): BootTimes {
  const own = new Map<string, Micros>();
  const ids = new Map<string, string>();
  const byId = new Map<string, Micros>();
  const byHost = new Map<string, Known[]>();
  const lastBoots = new Map<string, number>();
  for (const { source, boots, last } of summaries) {
    lastBoots.set(source.path, lastBoot(last, boots));
    for (const { at: stamp, host = source.host, id, run = 0 } of boots) {
      const key = keyOf(source.path, run);
      if (id !== undefined && !ids.has(key)) ids.set(key, id);
      if (stamp === undefined || stamp.clock === 'monotonic') continue;
      const at = place(source.path, stamp);
      if (at === undefined) continue;
      keepLatest(own, key, at);
      if (id !== undefined) keepLatest(byId, id, at);
      if (host === undefined) continue;
      const known = byHost.get(shortName(host)) ?? [];
      known.push({ source: source.path, at });
      byHost.set(shortName(host), known);
    }
  }
  const elsewhere = new Map<string, Micros | undefined>();
  /** What other logs know last of the host, if it comes after all that `source` knows. Asked for each time that is placed. */
  const lastElsewhere = (source: string, host: string): Micros | undefined => {
    const key = `${host} ${source}`;
    if (!elsewhere.has(key)) elsewhere.set(key, latestElsewhere(byHost.get(shortName(host)) ?? [], source));
    return elsewhere.get(key);
  };
  return {
    began(source, host, boot) {
      const key = keyOf(source, boot);
      const known = own.get(key) ?? byId.get(ids.get(key) ?? '');
      if (known !== undefined || host === undefined || ids.has(key) || boot !== (lastBoots.get(source) ?? boot))
        return known;
      return lastElsewhere(source, host);
    },
  };
}

function latestElsewhere(known: readonly Known[], source: string): Micros | undefined {
  let here = Number.NEGATIVE_INFINITY;
  let there = Number.NEGATIVE_INFINITY;
  for (const boot of known) {
    if (boot.source === source) here = Math.max(here, boot.at);
    else there = Math.max(there, boot.at);
  }
  return there > here ? there : undefined;
}

/** The last boot that lines of a log count from. */
export function lastBoot(last: Stamp | undefined, boots: SourceSummary['boots']): number {
  return last?.clock === 'monotonic' ? (last.boot ?? 0) : Math.max(0, ...boots.map(({ run = 0 }) => run));
}

function keyOf(source: string, boot: number): string {
  return `${boot} ${source}`;
}

function keepLatest(times: Map<string, Micros>, key: string, at: Micros): void {
  const known = times.get(key);
  if (known === undefined || at > known) times.set(key, at);
}

/** A journal names a host by its short name where a path has the whole one. Addresses have no short form. */
function shortName(host: string): string {
  return /^[\d.]+$/.test(host) ? host : host.split('.', 1)[0]!;
}
