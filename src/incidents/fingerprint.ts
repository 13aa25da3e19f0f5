import { compareText } from '../model/entity.ts';
import type { Report, ReportFinding } from '../model/report.ts';

/**
 * The causal fingerprint: what happened, without the names that differ from cluster to cluster. Each feature is
 * `kind:value`; the kind says how much it counts.
 */
export const FEATURE_WEIGHTS = {
  /** The first root cause. */
  first: 10,
  /** Any root cause. */
  cause: 8,
  /** A step of the chain, cause to effect. */
  edge: 3,
  /** A finding that is more than context. */
  finding: 3,
  /** A finding that is only context. */
  context: 1,
  unexplained: 1,
  /** What kind of thing a cause is about. */
  about: 2,
  /** An operator that is not as it should be. */
  operator: 1.5,
  /** One that is on its way somewhere. */
  progressing: 1,
  /** The cluster is on its way to another release. */
  upgrade: 2,
  anomaly: 1,
  verdict: 1,
  /** Minor release. */
  version: 1,
  platform: 1,
  topology: 0.5,
} as const;

export type FeatureKind = keyof typeof FEATURE_WEIGHTS;

/** Anomalies and steps that count; more say nothing new. */
const MOST_EDGES = 40;
const MOST_ANOMALIES = 12;

export function featuresOf(report: Report): string[] {
  const signatures = new Map(report.findings.map((finding) => [finding.id, finding.signature]));
  const features = new Set<string>();
  const add = (kind: FeatureKind, value: string | undefined) => {
    if (value !== undefined && value !== '') features.add(`${kind}:${value}`);
  };
  add('first', report.rootCauses[0]?.signature);
  for (const { signature, entities } of report.rootCauses) {
    add('cause', signature);
    for (const { kind } of entities) add('about', kind);
  }
  for (const finding of report.findings) add(kindOf(finding), finding.signature);
  for (const edge of edgesOf(report, signatures)) add('edge', edge);
  for (const id of report.unexplained) add('unexplained', signatures.get(id));
  for (const operator of report.cluster.operators) {
    if (!operator.available || operator.degraded) add('operator', operator.name);
    else if (operator.progressing) add('progressing', operator.name);
  }
  for (const { template } of (report.anomalies ?? []).slice(0, MOST_ANOMALIES)) add('anomaly', template.slice(0, 200));
  const { version, desiredVersion } = report.cluster;
  if (version !== undefined && desiredVersion !== undefined && version !== desiredVersion) add('upgrade', 'under way');
  add('verdict', report.verdict.status);
  add('version', minorOf(version));
  add('platform', report.cluster.platform);
  add('topology', report.cluster.topology);
  return [...features].sort(compareText);
}

function kindOf(finding: ReportFinding): FeatureKind {
  return finding.role === 'context' ? 'context' : 'finding';
}

function edgesOf(report: Report, signatures: ReadonlyMap<string, string>): string[] {
  const steps = report.edges
    .toSorted((a, b) => b.strength - a.strength)
    .map(({ cause, effect }) => `${signatures.get(cause)} > ${signatures.get(effect)}`);
  return [...new Set(steps)].slice(0, MOST_EDGES);
}

export function minorOf(version: string | undefined): string | undefined {
  return version === undefined ? undefined : (/^\d+\.\d+/.exec(version)?.[0] ?? version);
}

export function kindOfFeature(feature: string): FeatureKind | undefined {
  const kind = feature.slice(0, feature.indexOf(':'));
  return Object.hasOwn(FEATURE_WEIGHTS, kind) ? (kind as FeatureKind) : undefined;
}
