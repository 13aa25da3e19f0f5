import type { Resource } from '../../model/resource.ts';
import { readText } from '../../model/resource.ts';
import { DAY, HOUR, MINUTE, type Micros } from '../../model/time.ts';
import { newest, timeAt } from './age.ts';
import { renewedAt, staleness } from './lease.ts';

/** An idle kubelet writes its Node status every 5 minutes and renews its lease every 10 seconds. */
const STATUS_STALE = 12 * MINUTE;
const LEASE_STALE = 5 * MINUTE;
/** Insights archives and collections for tests mix records of years: so old a status tells of another time. */
const OTHER_TIME = 90 * DAY;

export interface Silence {
  readonly node: Resource;
  /** The kubelet's last sign of life. */
  readonly last: Micros;
  readonly lasting: number;
  /** Where that sign stands: the Lease, or a path in the Node. */
  readonly at: { readonly resource: Resource; readonly path: string };
}

/** Nodes that the API calls Ready although their kubelets fell silent. */
export function readyButSilent(
  nodes: readonly Resource[],
  leases: readonly Resource[],
  gatheredAt: Micros | undefined,
): Silence[] {
  const nodeLeases = leases.filter(({ namespace }) => namespace === 'kube-node-lease');
  const beats = nodes.map(heartbeat);
  return nodes.flatMap((node) => {
    if (readText(node.body, 'status.conditions[type=Ready].status') !== 'True') return [];
    const lease = nodeLeases.find(({ name }) => name === node.name);
    const byLease = lease === undefined ? undefined : staleness(lease, nodeLeases, gatheredAt);
    if (lease !== undefined && byLease !== undefined) {
      if (byLease <= LEASE_STALE) return [];
      return [
        { node, last: renewedAt(lease) as Micros, lasting: byLease, at: { resource: lease, path: 'spec.renewTime' } },
      ];
    }
    return bySilentStatus(node, beats, gatheredAt);
  });
}

/** Nodes are read in one moment: the freshest of them tells the time, and for a lone node the gather does. */
function bySilentStatus(
  node: Resource,
  beats: readonly (Micros | undefined)[],
  gatheredAt: Micros | undefined,
): Silence[] {
  const last = heartbeat(node);
  const freshest = newest(beats);
  if (last === undefined || freshest === undefined) return [];
  const behind = freshest - last;
  const age = gatheredAt === undefined ? 0 : gatheredAt - last;
  const lasting = behind > STATUS_STALE ? behind : age > HOUR + STATUS_STALE ? age : undefined;
  if (lasting === undefined || age > OTHER_TIME) return [];
  return [{ node, last, lasting, at: { resource: node, path: 'status.conditions[type=Ready].lastHeartbeatTime' } }];
}

function heartbeat(node: Resource): Micros | undefined {
  return timeAt(node.body, 'status.conditions[type=Ready].lastHeartbeatTime');
}
