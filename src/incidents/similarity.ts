import { compareText } from '../model/entity.ts';
import { FEATURE_WEIGHTS, kindOfFeature } from './fingerprint.ts';
import type { IncidentSummary } from './incident.ts';
import type { Candidates } from './store.ts';

export interface Similar {
  readonly incident: IncidentSummary;
  /** 0..1: the weight of what both share over the weight of what either has. */
  readonly score: number;
  /** Features, weightiest first. */
  readonly same: readonly string[];
  readonly onlyHere: readonly string[];
  readonly onlyThere: readonly string[];
}

/** Compares an incident's features with those of candidates, most similar first. What is rare in the archive counts more. */
export function rankSimilar(features: readonly string[], { total, frequencies, incidents }: Candidates): Similar[] {
  const weigh = weigher(total, frequencies);
  const here = new Set(features);
  return incidents
    .map((incident) => compare(here, incident, weigh))
    .sort(
      (a, b) =>
        b.score - a.score || compareText(b.incident.at, a.incident.at) || compareText(a.incident.id, b.incident.id),
    );
}

/**
 * Weight of a feature: what its kind says, times how rare it is in the archive. A feature that the candidates' store was
 * not asked about counts as in a tenth of all incidents.
 */
export function weigher(total: number, frequencies: ReadonlyMap<string, number>): (feature: string) => number {
  const known = new Map<string, number>();
  return (feature) => {
    const weight = known.get(feature) ?? weightOf(feature);
    known.set(feature, weight);
    return weight;
  };

  function weightOf(feature: string): number {
    const kind = kindOfFeature(feature);
    const among = frequencies.get(feature) ?? total / 10;
    return kind === undefined ? 0 : FEATURE_WEIGHTS[kind] * (0.25 + Math.log(1 + (total + 1) / (among + 1)));
  }
}

function compare(here: ReadonlySet<string>, incident: IncidentSummary, weigh: (feature: string) => number): Similar {
  const there = new Set(incident.features);
  const weightOf = (features: readonly string[]) => features.reduce((sum, feature) => sum + weigh(feature), 0);
  const weightiest = (features: Iterable<string>) =>
    [...features].sort((a, b) => weigh(b) - weigh(a) || compareText(a, b));
  const same = weightiest([...here].filter((feature) => there.has(feature)));
  const onlyHere = weightiest([...here].filter((feature) => !there.has(feature)));
  const onlyThere = weightiest([...there].filter((feature) => !here.has(feature)));
  const all = weightOf(same) + weightOf(onlyHere) + weightOf(onlyThere);
  return { incident, score: all === 0 ? 0 : weightOf(same) / all, same, onlyHere, onlyThere };
}
