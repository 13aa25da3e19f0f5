import { featuresOf } from '../incidents/fingerprint.ts';
import { rankSimilar } from '../incidents/similarity.ts';
import type { IncidentStore } from '../incidents/store.ts';
import type { Report, SeenBefore } from '../model/report.ts';
import { featuresInWords } from './feature-words.ts';

/** Incidents that are looked at closely. */
const CANDIDATES = 100;
/** What is less alike is another story. */
const LEAST_ALIKE = 0.1;
/** What "seen before" means in a report: it shares its cause, and much else. */
export const SEEN_BEFORE = { most: 3, least: 0.5, sharingCause: true } as const;

export interface SimilarOptions {
  readonly most: number;
  /** 0..1 */
  readonly least?: number;
  /** Only incidents with a root cause in common. */
  readonly sharingCause?: boolean;
  /** Ids of incidents that are left out: the same one. */
  readonly except?: ReadonlySet<string>;
}

/** Incidents of the archive that are like the report's, most alike first, with how they were resolved. */
export async function findSimilar(
  archive: IncidentStore,
  report: Report,
  { most, least = LEAST_ALIKE, sharingCause = false, except = new Set() }: SimilarOptions,
): Promise<SeenBefore[]> {
  const features = featuresOf(report);
  const ranked = rankSimilar(features, await archive.candidates(features, CANDIDATES));
  const alike = ranked
    .filter(({ incident, score }) => score >= least && !except.has(incident.id))
    .filter(({ same }) => !sharingCause || same.some((feature) => feature.startsWith('cause:')))
    .slice(0, most);
  return Promise.all(
    alike.map(async ({ incident, score, same, onlyHere, onlyThere }) => ({
      incident: incident.id,
      name: incident.name,
      at: incident.at,
      likeness: Math.round(score * 1000) / 1000,
      causes: incident.causes.map(({ title }) => title),
      same: featuresInWords(same),
      onlyHere: featuresInWords(onlyHere),
      onlyThere: featuresInWords(onlyThere),
      resolutions: (await archive.notes(incident.id))
        .filter((note) => note.resolution)
        .map(({ at, text, by }) => ({ at, text, ...(by !== undefined && { by }) })),
    })),
  );
}
