import { type FeatureKind, kindOfFeature } from '../incidents/fingerprint.ts';

const LABELS: Readonly<Record<FeatureKind, string | undefined>> = {
  // Said as one of the causes.
  first: undefined,
  cause: 'causes',
  edge: 'chain',
  finding: 'findings',
  context: 'context',
  // Said as a finding.
  unexplained: undefined,
  about: 'about',
  operator: 'operators',
  progressing: 'progressing operators',
  upgrade: 'upgrade',
  anomaly: 'repeating lines',
  verdict: 'verdict',
  version: 'version',
  platform: 'platform',
  topology: 'topology',
};

/** Values of one kind that are named; the rest is counted. */
const MOST_VALUES = 4;

/** `causes: etcd-slow-fdatasync`, `chain: a > b, c > d, 3 more`: features by kind, the weightiest kinds first. */
export function featuresInWords(features: readonly string[]): string[] {
  const byLabel = new Map<string, string[]>();
  for (const feature of features) {
    const kind = kindOfFeature(feature);
    const label = kind === undefined ? undefined : LABELS[kind];
    if (label === undefined) continue;
    const values = byLabel.get(label) ?? [];
    values.push(feature.slice(feature.indexOf(':') + 1));
    byLabel.set(label, values);
  }
  const order = Object.values(LABELS);
  return [...byLabel]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([label, values]) => {
      const left = values.length - MOST_VALUES;
      return `${label}: ${values.slice(0, MOST_VALUES).join(', ')}${left > 0 ? `, ${left} more` : ''}`;
    });
}
