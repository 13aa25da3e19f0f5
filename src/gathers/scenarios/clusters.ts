import { HOUR, MINUTE, type Micros } from '../../model/time.ts';
import type { Cluster, NodeSpec } from '../cluster.ts';
import { randomFrom } from '../random.ts';
import { at } from '../stamps.ts';

export interface Plan {
  readonly scenario: string;
  readonly started: string;
  readonly gathered: string;
  readonly masters?: number;
  readonly workers?: number;
}

/** A bare-metal cluster with three masters and two workers on documentation addresses, installed in 70 minutes. */
export function labCluster(plan: Plan): Cluster {
  const random = randomFrom(plan.scenario).fork('cluster');
  const started = at(plan.started);
  const node = (role: NodeSpec['role'], index: number, joined: Micros): NodeSpec => ({
    name: `${role}-${index}`,
    role,
    ip: `192.0.2.${(role === 'master' ? 20 : 30) + index}`,
    mac: `b8:3f:d2:${random.hex(2)}:${random.hex(2)}:${(role === 'master' ? 20 : 30) + index}`,
    bmc: `198.51.100.${(role === 'master' ? 20 : 30) + index}`,
    joined,
    kubeletPid: random.int(2500, 4200),
  });
  return {
    scenario: plan.scenario,
    name: 'lab',
    domain: 'example.com',
    id: random.uuid(),
    infraId: `lab-${random.suffix(5)}`,
    version: '4.18.14',
    kubelet: 'v1.31.8',
    apiVIP: '192.0.2.10',
    ingressVIP: '192.0.2.11',
    machineNetwork: '192.0.2.0/24',
    gateway: '192.0.2.1',
    serviceNetwork: '172.30.0.0/16',
    clusterNetwork: '10.128.0.0/14',
    installStarted: started,
    installCompleted: started + 70 * MINUTE,
    gatheredAt: at(plan.gathered),
    nodes: [
      ...Array.from({ length: plan.masters ?? 3 }, (_, index) =>
        node('master', index, started + (20 + index) * MINUTE),
      ),
      ...Array.from({ length: plan.workers ?? 2 }, (_, index) =>
        node('worker', index, started + 0.8 * HOUR + index * MINUTE),
      ),
    ],
  };
}
