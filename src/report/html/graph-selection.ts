import type { Report, ReportEdge } from '../../model/report.ts';

export interface GraphPart {
  /** Finding ids, causes first. */
  readonly nodes: readonly string[];
  readonly edges: readonly ReportEdge[];
  /** Findings that edges name and the picture leaves out. */
  readonly left: number;
}

/** More boxes than this are no picture any more, and their layout takes seconds. */
const MOST_NODES = 120;
/** Edges beyond this make a ball of wool. */
const MOST_EDGES = 400;

/**
 * The part of the causal graph to draw: the root causes and what follows from them, breadth first by strength, then the
 * other findings that edges connect. Only findings that the report holds.
 */
export function graphPart(report: Report): GraphPart {
  const known = new Set(report.findings.map(({ id }) => id));
  const edges = unique(
    report.edges.filter(({ cause, effect }) => cause !== effect && known.has(cause) && known.has(effect)),
  );
  const effects = Map.groupBy(edges, ({ cause }) => cause);
  const nodes = new Set<string>();
  const connected = new Set(edges.flatMap(({ cause, effect }) => [cause, effect]));
  const queue = report.rootCauses.map(({ finding }) => finding).filter((id) => known.has(id));
  for (const id of connected) if (!queue.includes(id) && queue.length < MOST_NODES) queue.push(id);
  for (const start of queue) {
    const open = [start];
    for (const id of open) {
      if (nodes.size >= MOST_NODES) break;
      if (nodes.has(id)) continue;
      nodes.add(id);
      for (const { effect } of byStrength(effects.get(id) ?? [])) open.push(effect);
    }
  }
  const drawn = edges.filter(({ cause, effect }) => nodes.has(cause) && nodes.has(effect));
  return {
    nodes: [...nodes],
    edges: byStrength(drawn).slice(0, MOST_EDGES),
    left: [...connected].filter((id) => !nodes.has(id)).length,
  };
}

function byStrength(edges: readonly ReportEdge[]): ReportEdge[] {
  return edges.toSorted((a, b) => b.strength - a.strength);
}

function unique(edges: readonly ReportEdge[]): ReportEdge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify([edge.cause, edge.effect]), edge])).values()];
}
