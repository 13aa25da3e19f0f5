import type { Knowledge, Names, OutcomeRecord } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { Report, ReportEdge } from '../model/report.ts';
import type { Micros } from '../model/time.ts';
import { affected } from './affected.ts';
import { clusterFacts } from './cluster.ts';
import { drawEdges, type Edge } from './edges.ts';
import { explain } from './explain.ts';
import { buildGraph } from './graph.ts';
import { impactOf } from './impact.ts';
import { Relations } from './relations.ts';
import { wordRootCauses } from './root-causes.ts';
import { buildTimeline } from './timeline.ts';
import { judgeCluster } from './verdict.ts';

export type Correlated = Pick<
  Report,
  'cluster' | 'verdict' | 'rootCauses' | 'edges' | 'unexplained' | 'timeline' | 'impact' | 'clockSkews' | 'inferred'
>;

export interface CorrelateInput {
  readonly findings: readonly Finding[];
  readonly outcomes: readonly OutcomeRecord[];
  /** What is known of every signature and detector, by id. */
  readonly knowledge: ReadonlyMap<string, Knowledge>;
  readonly facts: AllFacts;
  readonly names: Names;
  readonly gatheredAt: Micros | undefined;
}

/** From findings to causes: draws the edges that hold, chooses the smallest explanation, and says how it stands. */
export function correlate(input: CorrelateInput): Correlated {
  const { findings, knowledge, facts } = input;
  const relations = new Relations(input.names, facts);
  const graph = buildGraph(drawEdges(findings, knowledge, relations));
  const explanation = explain(findings, graph, relations);
  const outcomes = new Map(input.outcomes.map((record) => [record.signature, record.outcome]));
  const rootCauses = wordRootCauses(explanation, graph, { knowledge, outcomes, relations });
  const cluster = clusterFacts(facts);
  const impact = impactOf(explanation.roots, affected(facts, findings, knowledge), input.gatheredAt);
  return {
    cluster,
    verdict: judgeCluster(rootCauses, findings, explanation.unexplained, cluster),
    rootCauses,
    edges: graph.edges.map(wordEdge).sort((a, b) => compareText(a.cause, b.cause) || compareText(a.effect, b.effect)),
    unexplained: explanation.unexplained.map((finding) => finding.id).sort(compareText),
    timeline: buildTimeline(findings, facts, input.gatheredAt),
    ...(impact !== undefined && { impact }),
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
