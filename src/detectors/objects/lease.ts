import type { Resource } from '../../model/resource.ts';
import { MINUTE, type Micros } from '../../model/time.ts';
import { newest, timeAt } from './age.ts';

/** A gather may take this long: an object read at its start looks that old at its end. */
export const GATHER_LASTS = 15 * MINUTE;

export function renewedAt(lease: Resource): Micros | undefined {
  return timeAt(lease.body, 'spec.renewTime');
}

/**
 * How long a lease had not been renewed when it was read. Other leases of its namespace were read in the same moment,
 * so the freshest of them tells the time better than the end of the gather does.
 * @returns undefined where neither is known; negative never.
 */
export function staleness(
  lease: Resource,
  leases: readonly Resource[],
  gatheredAt: Micros | undefined,
): number | undefined {
  const renewed = renewedAt(lease);
  if (renewed === undefined) return undefined;
  const peers = leases.filter((other) => other !== lease && other.namespace === lease.namespace);
  const freshest = newest(peers.map(renewedAt));
  if (freshest !== undefined && freshest > renewed) return freshest - renewed;
  if (freshest !== undefined && (gatheredAt === undefined || gatheredAt - freshest <= GATHER_LASTS)) return 0;
  return gatheredAt === undefined ? undefined : Math.max(0, gatheredAt - renewed - GATHER_LASTS);
}
