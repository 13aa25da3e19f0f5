import { compareText } from '../model/entity.ts';
import type { Finding } from '../model/finding.ts';
import type { Edge } from './edges.ts';

/** Findings and the edges between them, without cycles. */
export interface CausalGraph {
  readonly edges: readonly Edge[];
  readonly effects: ReadonlyMap<Finding, readonly Edge[]>;
  readonly causes: ReadonlyMap<Finding, readonly Edge[]>;
}

/**
 * Failures feed back (API → etcd → controllers → API). Inside such a loop the edge that runs against the order of onset is
 * dropped, so that the earliest finding is the root of its loop.
 */
export function buildGraph(edges: readonly Edge[]): CausalGraph {
  const loops = components(edges);
  const kept = edges.filter(({ cause, effect }) => {
    const loop = loops.get(cause);
    return loop === undefined || loop !== loops.get(effect) || before(cause, effect) < 0;
  });
  return {
    edges: kept,
    effects: Map.groupBy(kept, (edge) => edge.cause),
    causes: Map.groupBy(kept, (edge) => edge.effect),
  };
}

const ROLE_ORDER = { cause: 0, symptom: 1, context: 2 } as const;

function before(a: Finding, b: Finding): number {
  const onset = (f: Finding): number =>
    f.timeless === true ? Number.NEGATIVE_INFINITY : (f.firstSeen ?? Number.MAX_SAFE_INTEGER);
  const left = onset(a);
  const right = onset(b);
  if (left !== right) return left < right ? -1 : 1;
  return ROLE_ORDER[a.role] - ROLE_ORDER[b.role] || compareText(a.id, b.id);
}

/** The strongly connected component (of two or more) of each finding that is in one: Tarjan's algorithm, without recursion. */
function components(edges: readonly Edge[]): Map<Finding, number> {
  const next = Map.groupBy(edges, (edge) => edge.cause);
  const index = new Map<Finding, number>();
  const low = new Map<Finding, number>();
  const stack: Finding[] = [];
  const onStack = new Set<Finding>();
  const result = new Map<Finding, number>();
  let loops = 0;
  const enter = (finding: Finding): { finding: Finding; at: number } => {
    index.set(finding, index.size);
    low.set(finding, index.get(finding)!);
    stack.push(finding);
    onStack.add(finding);
    return { finding, at: 0 };
  };
  for (const root of next.keys()) {
    if (index.has(root)) continue;
    const work = [enter(root)];
    while (work.length > 0) {
      const frame = work.at(-1)!;
      const edge = next.get(frame.finding)?.[frame.at++];
      if (edge !== undefined) {
        if (!index.has(edge.effect)) work.push(enter(edge.effect));
        else if (onStack.has(edge.effect)) lower(low, frame.finding, index.get(edge.effect)!);
        continue;
      }
      work.pop();
      if (work.length > 0) lower(low, work.at(-1)!.finding, low.get(frame.finding)!);
      if (low.get(frame.finding) !== index.get(frame.finding)) continue;
      const members = stack.splice(stack.indexOf(frame.finding));
      for (const member of members) onStack.delete(member);
      if (members.length > 1) for (const member of members) result.set(member, loops);
      loops++;
    }
  }
  return result;
}

function lower(low: Map<Finding, number>, finding: Finding, value: number): void {
  low.set(finding, Math.min(low.get(finding)!, value));
}

/** Everything that a finding leads to, with the probability of its most probable path. */
export function reach(graph: CausalGraph, from: Finding): Map<Finding, number> {
  const best = new Map<Finding, number>();
  for (const finding of downstream(graph, from)) {
    const probability = finding === from ? 1 : best.get(finding)!;
    for (const edge of graph.effects.get(finding) ?? []) {
      best.set(edge.effect, Math.max(best.get(edge.effect) ?? 0, probability * edge.strength));
    }
  }
  return best;
}

/** The finding and all below it, each behind everything that leads to it. */
function downstream(graph: CausalGraph, from: Finding): Finding[] {
  const order: Finding[] = [];
  const seen = new Set<Finding>([from]);
  const stack = [{ finding: from, at: 0 }];
  while (stack.length > 0) {
    const frame = stack.at(-1)!;
    const edge = graph.effects.get(frame.finding)?.[frame.at++];
    if (edge === undefined) {
      order.push(frame.finding);
      stack.pop();
    } else if (!seen.has(edge.effect)) {
      seen.add(edge.effect);
      stack.push({ finding: edge.effect, at: 0 });
    }
  }
  return order.reverse();
}
