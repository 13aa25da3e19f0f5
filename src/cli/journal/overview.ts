import { newestTime, placeTimes } from '../../ingest/clock/place-times.ts';
import type { PlaceTime } from '../../model/facts.ts';
import type { Ingested, SourceSummary } from '../../model/ingest.ts';
import { MINUTE, type Micros } from '../../model/time.ts';

/** What was found out about the inputs before: needed for times and boots that count from the end. */
export interface Overview {
  readonly newest: Micros | undefined;
  /** Ids of the boots, or keys of those that a text shows without one, the last one last. */
  readonly boots: readonly string[];
}

/** Logs that show the same boot agree on its start to this much. */
const SAME_START = 2 * MINUTE;

/** Stands for the id of a boot that a text shows without one. */
export function bootKey(path: string, boot: { readonly id?: string; readonly line: number }): string {
  return boot.id ?? `${path}:${boot.line}`;
}

export function placeOf({ summaries, gathered }: Ingested): PlaceTime {
  return placeTimes(summaries, gathered?.at ?? newestTime(summaries), undefined, gathered?.by === 'age');
}

export function overviewOf(read: Ingested | undefined): Overview {
  if (read === undefined) return { newest: undefined, boots: [] };
  const place = placeOf(read);
  const shown = read.summaries.flatMap((summary) => shownBoots(summary, place));
  const named = shown.filter((boot) => boot.isNamed);
  const known = shown.filter(
    (boot) => boot.isNamed || (boot.isJournal && !named.some((other) => isWithin(boot, other))),
  );
  const keys = known.toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0)).map((boot) => boot.key);
  return { newest: newestTime(read.summaries), boots: [...new Set(keys)] };
}

interface ShownBoot {
  readonly key: string;
  readonly isNamed: boolean;
  readonly isJournal: boolean;
  readonly path: string;
  readonly from: Micros | undefined;
  readonly to: Micros | undefined;
}

function shownBoots({ source, boots }: SourceSummary, place: PlaceTime): ShownBoot[] {
  const { path } = source;
  return boots.map((boot) => ({
    key: bootKey(path, boot),
    isNamed: boot.id !== undefined,
    isJournal: source.kind === 'journal',
    path,
    from: boot.at === undefined ? undefined : place(path, boot.host, boot.at),
    to: boot.last?.at === undefined ? undefined : place(path, boot.host, boot.last.at),
  }));
}

/** Another log says which boot it is. */
function isWithin(boot: ShownBoot, named: ShownBoot): boolean {
  if (boot.path === named.path || boot.from === undefined || named.from === undefined) return false;
  return boot.from >= named.from - SAME_START && boot.from <= (named.to ?? named.from) + SAME_START;
}
