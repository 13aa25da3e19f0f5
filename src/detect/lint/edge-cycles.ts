import type { CauseEdge } from '../../model/signature.ts';

/** What the search for cycles reads of a signature or a detector. */
export interface Linked {
  readonly id: string;
  readonly causes?: readonly CauseEdge[] | undefined;
  readonly timeless?: boolean | undefined;
}

/**
 * Circles of strong edges without any time: each would explain the next, and the root cause would be whichever is looked at
 * first. Edges with `within` cannot close one, for an effect never begins before its cause; nor do those from configuration.
 */
export function untimedCycles(all: readonly Linked[]): (readonly string[])[] {
  const next = new Map(all.map((one) => [one.id, untimedEffects(one)]));
  return components(next).filter((ids) => ids.length > 1);
}

function untimedEffects({ causes, timeless }: Linked): string[] {
  if (timeless === true) return [];
  return (causes ?? [])
    .filter((edge) => edge.strength === 'strong' && edge.within === undefined)
    .map((edge) => edge.effect);
}

/** Tarjan's strongly connected components. */
function components(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (id: string): void => {
    order.set(id, order.size);
    low.set(id, order.get(id)!);
    open.push(id);
    for (const effect of next.get(id) ?? []) {
      if (!next.has(effect)) continue;
      if (!order.has(effect)) visit(effect);
      if (open.includes(effect)) low.set(id, Math.min(low.get(id)!, low.get(effect)!));
    }
    if (low.get(id) === order.get(id)) found.push(open.splice(open.indexOf(id)));
  };
  for (const id of next.keys()) if (!order.has(id)) visit(id);
  return found;
}
