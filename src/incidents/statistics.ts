import { compareText } from '../model/entity.ts';
import { parseTime } from '../model/time.ts';
import { minorOf } from './fingerprint.ts';
import type { IncidentSummary } from './incident.ts';

/** What an archive says as a whole. Lists are by count, then by value; a count is of incidents. */
export interface Statistics {
  readonly incidents: number;
  readonly verdicts: readonly Count[];
  readonly versions: readonly Count[];
  readonly platforms: readonly Count[];
  /** `2025-12`, in the order of time. */
  readonly months: readonly Count[];
  readonly causes: readonly CauseCount[];
  readonly onsetToGather: Spread;
  readonly early: readonly EarlyCount[];
  /** Every signature that was found. */
  readonly hits: readonly Count[];
  /** Pairs of signatures that are never found without the other, in at least three incidents. */
  readonly together: readonly Pair[];
  readonly unexplained: Unexplained;
}

export interface Count {
  readonly value: string;
  readonly count: number;
}

export interface CauseCount {
  readonly signature: string;
  /** As the newest of its incidents says it. */
  readonly title: string;
  readonly count: number;
  /** Where it came first. */
  readonly first: number;
  readonly versions: readonly Count[];
  readonly platforms: readonly Count[];
  readonly months: readonly Count[];
}

/** Of incidents whose onset and gather time are known. Quantiles are values that occur, the lower of two. */
export interface Spread {
  readonly count: number;
  readonly medianMs?: number;
  readonly p90Ms?: number;
  /** Upper bounds are exclusive; the last has none. */
  readonly buckets: readonly { readonly belowMs?: number; readonly count: number }[];
}

export interface EarlyCount {
  readonly signature: string;
  readonly count: number;
  readonly medianLeadMs: number;
}

export interface Pair {
  readonly a: string;
  readonly b: string;
  readonly count: number;
}

export interface Unexplained {
  /** Failed or degraded without any root cause. */
  readonly withoutCause: number;
  /** With a symptom that nothing explains. */
  readonly withSymptoms: number;
  readonly symptoms: readonly Count[];
  /** Lines that repeat until the log ends and that no signature names. */
  readonly templates: readonly Count[];
}

const HOUR_MS = 3_600_000;
export const ONSET_BUCKETS_MS: readonly number[] = [HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS, 168 * HOUR_MS];
export const LEAST_TOGETHER = 3;

export function statisticsOf(incidents: readonly IncidentSummary[]): Statistics {
  return {
    incidents: incidents.length,
    verdicts: countBy(incidents, (one) => [one.verdict.status]),
    versions: countBy(incidents, versionsOf),
    platforms: countBy(incidents, platformsOf),
    months: monthsOf(incidents),
    causes: causeCounts(incidents),
    onsetToGather: spreadOf(incidents.flatMap((one) => onsetToGatherMs(one) ?? [])),
    early: earlyCounts(incidents),
    hits: countBy(incidents, (one) => one.signatures),
    together: pairsOf(incidents),
    unexplained: {
      withoutCause: incidents.filter(isWithoutCause).length,
      withSymptoms: incidents.filter((one) => one.unexplained.length > 0).length,
      symptoms: countBy(incidents, (one) => one.unexplained),
      templates: countBy(incidents, (one) => one.anomalies),
    },
  };
}

function countBy(incidents: readonly IncidentSummary[], values: (one: IncidentSummary) => readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const incident of incidents) {
    for (const value of values(incident)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareText(a.value, b.value));
}

function versionsOf({ version }: IncidentSummary): string[] {
  const minor = minorOf(version);
  return minor === undefined ? [] : [minor];
}

function platformsOf({ platform }: IncidentSummary): string[] {
  return platform === undefined ? [] : [platform];
}

function monthsOf(incidents: readonly IncidentSummary[]): Count[] {
  return countBy(incidents, ({ at }) => [at.slice(0, 7)]).sort((a, b) => compareText(a.value, b.value));
}

function isWithoutCause({ verdict, causes }: IncidentSummary): boolean {
  return causes.length === 0 && (verdict.status === 'failed' || verdict.status === 'degraded');
}

function causeCounts(incidents: readonly IncidentSummary[]): CauseCount[] {
  const bySignature = new Map<string, IncidentSummary[]>();
  for (const incident of incidents) {
    for (const signature of new Set(incident.causes.map((cause) => cause.signature))) {
      const known = bySignature.get(signature);
      if (known === undefined) bySignature.set(signature, [incident]);
      else known.push(incident);
    }
  }
  return [...bySignature]
    .map(([signature, with_]) => ({
      signature,
      title: titleOf(signature, with_),
      count: with_.length,
      first: with_.filter(({ causes }) => causes[0]?.signature === signature).length,
      versions: countBy(with_, versionsOf),
      platforms: countBy(with_, platformsOf),
      months: monthsOf(with_),
    }))
    .sort((a, b) => b.count - a.count || compareText(a.signature, b.signature));
}

function titleOf(signature: string, incidents: readonly IncidentSummary[]): string {
  const newest = incidents.toSorted((a, b) => compareText(b.at, a.at) || compareText(a.id, b.id))[0]!;
  return newest.causes.find((cause) => cause.signature === signature)!.title;
}

/** How long it had been going on when the gather was taken; undefined where either is unknown. */
export function onsetToGatherMs({ onset, gatheredAt }: IncidentSummary): number | undefined {
  const from = onset === undefined ? undefined : parseTime(onset);
  const to = gatheredAt === undefined ? undefined : parseTime(gatheredAt);
  return from === undefined || to === undefined || to < from ? undefined : Math.floor((to - from) / 1000);
}

function spreadOf(delays: readonly number[]): Spread {
  const bounds = [0, ...ONSET_BUCKETS_MS, Number.POSITIVE_INFINITY];
  const median = quantile(delays, 0.5);
  const p90 = quantile(delays, 0.9);
  return {
    count: delays.length,
    ...(median !== undefined && { medianMs: median }),
    ...(p90 !== undefined && { p90Ms: p90 }),
    buckets: bounds.slice(1).map((below, i) => ({
      ...(Number.isFinite(below) && { belowMs: below }),
      count: delays.filter((delay) => delay >= bounds[i]! && delay < below).length,
    })),
  };
}

/** As PostgreSQL's `percentile_disc`: the first value that at least this share of all does not exceed. */
function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1];
}

function earlyCounts(incidents: readonly IncidentSummary[]): EarlyCount[] {
  const leads = Map.groupBy(
    incidents.flatMap((incident) => incident.early),
    (sign) => sign.signature,
  );
  return [...leads]
    .map(([signature, signs]) => ({
      signature,
      count: signs.length,
      medianLeadMs: quantile(
        signs.map((sign) => sign.leadMs),
        0.5,
      )!,
    }))
    .sort((a, b) => b.count - a.count || compareText(a.signature, b.signature));
}

/** Only signatures that are found equally often can always be found together. */
function pairsOf(incidents: readonly IncidentSummary[]): Pair[] {
  const places = new Map<string, number[]>();
  incidents.forEach(({ signatures }, i) => {
    for (const signature of signatures) {
      const known = places.get(signature);
      if (known === undefined) places.set(signature, [i]);
      else known.push(i);
    }
  });
  const groups = Map.groupBy(places.keys(), (signature) => places.get(signature)!.join());
  return [...groups.values()]
    .filter((group) => group.length > 1 && places.get(group[0]!)!.length >= LEAST_TOGETHER)
    .flatMap((group) => {
      const sorted = group.toSorted(compareText);
      const count = places.get(sorted[0]!)!.length;
      return sorted.flatMap((a, i) => sorted.slice(i + 1).map((b) => ({ a, b, count })));
    })
    .sort((x, y) => y.count - x.count || compareText(x.a, y.a) || compareText(x.b, y.b));
}
