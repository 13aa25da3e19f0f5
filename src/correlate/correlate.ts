import type { Knowledge, Names, OutcomeRecord } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { Report, ReportEdge } from '../model/report.ts';
import type { Sights } from '../model/sights.ts';
import type { Duration, Micros } from '../model/time.ts';
import { affected } from './affected.ts';
import type { Skew } from './clock-samples.ts';
import { Clocks, wordSkews } from './clocks.ts';
import { clusterFacts } from './cluster.ts';
import { configurationOf } from './configuration.ts';
import { earlierOf, recoveryOf } from './course.ts';
import { drawEdges, type Edge } from './edges.ts';
import { EffectIndex } from './effect-index.ts';
import { peerDifferences, wordDifferences } from './etcd-clocks.ts';
import { explain } from './explain.ts';
import { buildGraph } from './graph.ts';
import { impactOf } from './impact.ts';
import { inferEdges, wordInferred } from './inferred.ts';
import { Relations } from './relations.ts';
import { wordRootCauses } from './root-causes.ts';
import { Sight } from './sight.ts';
import { buildTimeline } from './timeline.ts';
import { isUpdateUnjudged } from './updates.ts';
import { judgeCluster } from './verdict.ts';

export type Correlated = Pick<
  Report,
  | 'cluster'
  | 'verdict'
  | 'rootCauses'
  | 'edges'
  | 'unexplained'
  | 'timeline'
  | 'impact'
  | 'clockSkews'
  | 'inferred'
  | 'configuration'
>;

export interface CorrelateInput {
  readonly findings: readonly Finding[];
  readonly outcomes: readonly OutcomeRecord[];
  /** What is known of every signature and detector, by id. */
  readonly knowledge: ReadonlyMap<string, Knowledge>;
  readonly facts: AllFacts;
  readonly names: Names;
  readonly gatheredAt: Micros | undefined;
  /** How far the hosts' clocks are off, as far as it could be measured. */
  readonly skews?: readonly Skew[];
  /** How far apart the clocks are by which operators write, as far as that could be measured. */
  readonly operatorSpread?: Duration | undefined;
  readonly sights?: Sights;
}

/** From findings to causes: draws the edges that hold, chooses the smallest explanation, and says how it stands. */
export function correlate(input: CorrelateInput): Correlated {
  const { findings, knowledge, facts, skews = [], sights } = input;
  const relations = new Relations(input.names, facts);
  const differences = peerDifferences(findings, facts.documents, input.names);
  const index = new EffectIndex(
    findings,
    relations,
    new Clocks({ skews, differences, operatorSpread: input.operatorSpread }),
  );
  const sight = new Sight(input.outcomes, sights, (finding) => index.around(finding));
  const drawn = drawEdges(findings, knowledge, index);
  const inferred = inferEdges(findings, drawn, knowledge, sight, index);
  const graph = buildGraph([...drawn, ...inferred]);
  const kept = new Set(graph.edges);
  const links = wordInferred(inferred.filter((edge) => kept.has(edge)));
  const explanation = explain(findings, graph, relations);
  const timeline = buildTimeline(findings, facts, input.gatheredAt);
  const rootCauses = wordRootCauses(explanation, graph, { knowledge, sight, relations }).map((cause, index) => {
    const { finding } = explanation.roots[index]!;
    const recovered = recoveryOf(finding, findings, timeline, facts);
    const earlier = earlierOf(finding);
    return { ...cause, ...(recovered && { recovered }), ...(earlier && { earlier }) };
  });
  const cluster = clusterFacts(facts);
  const impact = impactOf(explanation.roots, affected(facts, findings, knowledge), input.gatheredAt);
  return {
    cluster,
    verdict: judgeCluster(rootCauses, findings, explanation.unexplained, cluster, isUpdateUnjudged(facts)),
    rootCauses,
    edges: graph.edges.map(wordEdge).sort((a, b) => compareText(a.cause, b.cause) || compareText(a.effect, b.effect)),
    unexplained: explanation.unexplained.map((finding) => finding.id).sort(compareText),
    timeline,
    ...(impact !== undefined && { impact }),
    ...(links.length > 0 && { inferred: links }),
    clockSkews: [...wordSkews(skews), ...wordDifferences(differences)],
    configuration: configurationOf(facts),
  };
}

function wordEdge(edge: Edge): ReportEdge {
  return {
    cause: edge.cause.id,
    effect: edge.effect.id,
    strength: edge.strength,
    ...(edge.lag !== undefined && { lagMs: Math.round(edge.lag / 1000) }),
    because: [...edge.because],
  };
}
