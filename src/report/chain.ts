import type { Report, ReportEdge, ReportFinding, RootCause } from '../model/report.ts';
import { entitiesInWords, unnamedEntities } from './words.ts';

/** A step of the chain below a root cause. */
export interface Step {
  readonly depth: number;
  readonly edge: ReportEdge;
  /** Undefined where the report names a finding that it does not hold. */
  readonly effect: ReportFinding | undefined;
  /** The effect was shown before, with all that follows from it. */
  readonly seen: boolean;
  /** Suspected rather than shown: what would follow from it is not drawn. */
  readonly weak: boolean;
  /** Rank of the root cause that the effect is itself: what follows is drawn there. */
  readonly rank: number | undefined;
  /** For each level above and its own: whether a sibling follows. */
  readonly more: readonly boolean[];
}

/** The report's findings and edges, ready to be walked. */
export interface Graph {
  readonly findings: ReadonlyMap<string, ReportFinding>;
  readonly effects: ReadonlyMap<string, readonly ReportEdge[]>;
  /** Ranks of the root causes, by finding. */
  readonly ranks: ReadonlyMap<string, number>;
}

/** Weaker edges are conjectures. */
const PROVEN = 0.5;

export function graphOf(report: Report): Graph {
  const effects = new Map<string, ReportEdge[]>();
  for (const edge of report.edges) {
    const known = effects.get(edge.cause);
    if (known === undefined) effects.set(edge.cause, [edge]);
    else known.push(edge);
  }
  return {
    findings: new Map(report.findings.map((finding) => [finding.id, finding])),
    effects,
    ranks: new Map(report.rootCauses.map((cause) => [cause.finding, cause.rank])),
  };
}

/**
 * What follows from a finding, depth first in the report's order. Every effect is expanded once, so cycles end; weak
 * edges and effects that are root causes themselves are shown and not followed.
 */
export function chainOf(graph: Graph, root: string): Step[] {
  const steps: Step[] = [];
  const seen = new Set([root]);
  const open: { readonly edges: readonly ReportEdge[]; next: number }[] = [];
  open.push({ edges: graph.effects.get(root) ?? [], next: 0 });
  while (open.length > 0) {
    const level = open[open.length - 1]!;
    const edge = level.edges[level.next++];
    if (edge === undefined) {
      open.pop();
      continue;
    }
    const known = seen.has(edge.effect);
    const weak = edge.strength < PROVEN;
    const rank = edge.effect === root ? undefined : graph.ranks.get(edge.effect);
    const followed = !known && !weak && rank === undefined;
    if (followed) seen.add(edge.effect);
    steps.push({
      depth: open.length,
      edge,
      effect: graph.findings.get(edge.effect),
      seen: known,
      weak,
      rank,
      more: open.map((each) => each.next < each.edges.length),
    });
    if (followed) open.push({ edges: graph.effects.get(edge.effect) ?? [], next: 0 });
  }
  return steps;
}

/** What a cause explains without an edge that leads there. */
export function explainedWithoutEdge(graph: Graph, cause: RootCause, chain: readonly Step[]): string[] {
  const drawn = new Set(chain.map((step) => step.edge.effect));
  return cause.explains.filter((id) => !drawn.has(id)).map((id) => titleOf(graph, id));
}

export function titleOf(graph: Graph, id: string): string {
  return graph.findings.get(id)?.title ?? id;
}

/** Ids of the findings that root causes and their chains show, and of the unexplained ones. */
export function shownElsewhere(report: Report, graph: Graph): Set<string> {
  const shown = new Set(report.unexplained);
  for (const cause of report.rootCauses) {
    shown.add(cause.finding);
    for (const id of cause.explains) shown.add(id);
    for (const step of chainOf(graph, cause.finding)) shown.add(step.edge.effect);
  }
  return shown;
}

/** The effects worth naming first: the most severe, in the report's order. */
export function topEffects(graph: Graph, cause: RootCause): ReportFinding[] {
  const rank = { critical: 0, error: 1, warning: 2, info: 3 } as const;
  return cause.explains
    .flatMap((id) => graph.findings.get(id) ?? [])
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** `title (pod a/b)`: with the entities that the title leaves out, so that findings of one signature can be told apart. */
export function stepTitle({ edge, effect }: Step): string {
  if (effect === undefined) return edge.effect;
  const also = unnamedEntities(effect);
  return also.length === 0 ? effect.title : `${effect.title} (${entitiesInWords(also, 2)})`;
}

/** What to say of a step that is not expanded. */
export function stepNote({ seen, rank, weak }: Step): string {
  if (rank !== undefined) return weak ? ` (root cause ${rank}; suspected, not proven)` : ` (root cause ${rank})`;
  if (weak) return ' (suspected, not proven)';
  return seen ? ' (see above)' : '';
}

export function becauseOf({ edge }: Step): string {
  return [...new Set(edge.because)].join('; ');
}
