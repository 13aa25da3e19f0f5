import type { Knowledge } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import { type Finding, severityRank } from '../model/finding.ts';
import type { InferredLink } from '../model/report.ts';
import type { CauseEdge, JoinKind } from '../model/signature.ts';
import { draw, type Edge, type InferredEdge, STRENGTH } from './edges.ts';
import type { EffectIndex } from './effect-index.ts';
import type { Sight } from './sight.ts';

/** Of a way over something that nobody saw, this much of its strength is left. */
const UNSEEN = 0.8;
/** Ways looked at for one effect. */
const MOST_WAYS = 16;
/** An effect that has such a cause needs no other. */
const EXPLAINED = 0.4;

/**
 * Joins a cause to a symptom that nothing explains over one finding that was not gathered: the cause leads to it, it leads
 * to the symptom, and the input holds nothing in which it could be seen. What was looked for and is absent is no link.
 */
export function inferEdges(
  findings: readonly Finding[],
  edges: readonly Edge[],
  knowledge: ReadonlyMap<string, Knowledge>,
  sight: Sight,
  index: EffectIndex,
): InferredEdge[] {
  const explained = new Set(edges.filter(({ strength }) => strength >= EXPLAINED).map(({ effect }) => effect));
  const drawn = new Set(edges.map(({ cause, effect }) => `${cause.id} ${effect.id}`));
  const best = new Map<Finding, InferredEdge[]>();
  for (const cause of findings) {
    if (cause.role !== 'cause' || cause.status !== 'active') continue;
    for (const first of knowledge.get(cause.signature)?.causes ?? []) {
      const through = knowledge.get(first.effect);
      if (through === undefined || !sight.isUnseen(through.id, cause, first.join)) continue;
      for (const second of through.causes ?? []) {
        const whole = both(first, second);
        if (whole === undefined) continue;
        for (const effect of index.candidates(cause, whole)) {
          if (explained.has(effect) || !isOpen(effect) || drawn.has(`${cause.id} ${effect.id}`)) continue;
          if ((best.get(effect)?.length ?? 0) >= MOST_WAYS) continue;
          for (const edge of draw(cause, effect, whole, index)) {
            const inferred = { ...edge, strength: strengthOf(first, second), through };
            best.set(effect, [...(best.get(effect) ?? []), inferred]);
          }
        }
      }
    }
  }
  return [...best.values()].flatMap(strongest);
}

function isOpen({ role, status, severity }: Finding): boolean {
  return role === 'symptom' && status === 'active' && severityRank(severity) >= 1;
}

/** One way for each cause; of several equally strong ones the first by name. */
function strongest(edges: readonly InferredEdge[]): InferredEdge[] {
  return [...Map.groupBy(edges, ({ cause }) => cause).values()].map(
    (ways) => ways.toSorted((a, b) => b.strength - a.strength || compareText(a.through.id, b.through.id))[0]!,
  );
}

function strengthOf(first: CauseEdge, second: CauseEdge): number {
  return Math.round(STRENGTH[first.strength] * STRENGTH[second.strength] * UNSEEN * 100) / 100;
}

/** The two edges as one; undefined where nothing says that their far ends are about the same thing. */
function both(first: CauseEdge, second: CauseEdge): CauseEdge | undefined {
  if (strengthOf(first, second) < EXPLAINED) return undefined;
  const common = first.join.filter((kind) => second.join.includes(kind) && kind !== 'cluster');
  const isWide = ({ join }: CauseEdge): boolean => join.every((kind) => kind === 'cluster');
  if (common.length === 0 && !(isWide(first) && isWide(second))) return undefined;
  const join: JoinKind[] = common.length > 0 ? common : ['cluster'];
  const because = `${first.because}; and ${second.because}`;
  const agree = [...new Set([...(first.agree ?? []), ...(second.agree ?? [])])];
  return { effect: second.effect, join, ...(agree.length > 0 && { agree }), strength: 'likely', because };
}

/** The unseen links of the edges that were kept, for the report. */
export function wordInferred(edges: readonly InferredEdge[]): InferredLink[] {
  return edges
    .map(({ cause, effect, strength, because, through }) => ({
      id: `inferred:${through.id}:${cause.id}:${effect.id}`,
      title: through.title,
      signature: through.id,
      entities: cause.entities
        .filter((entity) => effect.entities.some(({ kind, name }) => kind === entity.kind && name === entity.name))
        .map((entity) => ({ ...entity })),
      cause: cause.id,
      effect: effect.id,
      strength,
      because: [...because],
      collectNext: [...(through.collect ?? [])],
    }))
    .sort((a, b) => compareText(a.id, b.id));
}
