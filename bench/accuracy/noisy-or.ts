import { severityRank } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';

type Finding = Report['findings'][number];

/** How likely a finding is to arise by itself: a cause, and a symptom whose cause was not seen (the leak). */
const PRIOR = { cause: 0.1, symptom: 0.005, context: 0.005 } as const;
/** More than so many that may stand behind one another are not enumerated; the best is looked for one change at a time. */
const MOST = 12;
const WEIGHT = [0, 1, 4, 10] as const;

export interface Rival {
  readonly finding: Finding;
  /** Probability that it arose by itself, given all that was found. */
  readonly confidence: number;
}

/**
 * The explanation of a report's findings by a noisy-OR network with explaining-away, over the same findings and edges: what
 * docs/correlation.md compares the report's own with. Each finding was seen, because it arose by itself or by the best path
 * from something that did.
 */
export function noisyOr(report: Report): Rival[] {
  const reach = reachOf(report);
  const roots = components(report.findings, reach).flatMap((group) => posteriors(group, reach));
  const weight = ({ finding, confidence }: Rival): number =>
    confidence *
    [finding, ...[...(reach.get(finding)?.keys() ?? [])]].reduce(
      (sum, { severity, status }) => sum + WEIGHT[severityRank(severity)]! * (status === 'active' ? 1 : 0.3),
      0,
    );
  return roots.filter(isTold).sort((a, b) => weight(b) - weight(a));
}

function isTold({ finding, confidence }: Rival): boolean {
  return confidence >= 0.5 && finding.status === 'active' && severityRank(finding.severity) >= 2;
}

type Reach = ReadonlyMap<Finding, ReadonlyMap<Finding, number>>;

function reachOf({ findings, edges }: Report): Reach {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const next = Map.groupBy(edges, ({ cause }) => cause);
  return new Map(
    findings.map((from) => {
      const best = new Map<Finding, number>();
      const open: [string, number][] = [[from.id, 1]];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const { effect, strength } of next.get(at[0]) ?? []) {
          const finding = byId.get(effect)!;
          const probability = at[1] * strength;
          if (probability < 0.05 || probability <= (best.get(finding) ?? 0)) continue;
          best.set(finding, probability);
          open.push([effect, probability]);
        }
      }
      return [from, best];
    }),
  );
}

/** Findings that share a path, each group by itself: the groups are independent. */
function components(findings: readonly Finding[], reach: Reach): Finding[][] {
  const group = new Map<Finding, Finding[]>();
  for (const finding of findings) {
    const near = [finding, ...(reach.get(finding)?.keys() ?? [])];
    const merged = [...new Set(near.flatMap((one) => group.get(one) ?? [one]))];
    for (const one of merged) group.set(one, merged);
  }
  return [...new Set(group.values())];
}

function posteriors(group: readonly Finding[], reach: Reach): Rival[] {
  const likelihood = (on: ReadonlySet<Finding>): number =>
    group.reduce((sum, finding) => {
      const prior = PRIOR[finding.role] * finding.confidence;
      const own = on.has(finding) ? Math.log(prior) : Math.log(1 - prior);
      if (on.has(finding)) return sum + own;
      const not = [...on].reduce((left, root) => left * (1 - (reach.get(root)?.get(finding) ?? 0)), 1);
      return sum + own + Math.log(Math.max(1 - not, 1e-9));
    }, 0);
  return group.length <= MOST ? enumerated(group, likelihood) : climbed(group, likelihood);
}

type Likelihood = (on: ReadonlySet<Finding>) => number;

function enumerated(group: readonly Finding[], likelihood: Likelihood): Rival[] {
  const mass = group.map(() => 0);
  let total = 0;
  for (let bits = 0; bits < 2 ** group.length; bits++) {
    const probability = Math.exp(likelihood(new Set(group.filter((_, n) => (bits >> n) & 1))));
    total += probability;
    for (let n = 0; n < group.length; n++) if ((bits >> n) & 1) mass[n]! += probability;
  }
  return group.map((finding, n) => ({ finding, confidence: mass[n]! / total }));
}

/** From the findings that nothing reaches, one change at a time; each one's odds are those of the last change. */
function climbed(group: readonly Finding[], likelihood: Likelihood): Rival[] {
  const on = new Set<Finding>(group.filter(({ role }) => role === 'cause'));
  const flipped = (finding: Finding): Set<Finding> => {
    const other = new Set(on);
    if (!other.delete(finding)) other.add(finding);
    return other;
  };
  for (let current = likelihood(on); ; ) {
    const best = group
      .map((finding) => ({ finding, value: likelihood(flipped(finding)) }))
      .reduce((a, b) => (b.value > a.value ? b : a));
    if (best.value <= current + 1e-9) break;
    current = best.value;
    if (!on.delete(best.finding)) on.add(best.finding);
  }
  const current = likelihood(on);
  return group.map((finding) => {
    const odds = Math.exp(current - likelihood(flipped(finding)));
    return { finding, confidence: on.has(finding) ? odds / (1 + odds) : 1 / (1 + odds) };
  });
}
