import { HOUR, MINUTE, type Micros } from '../../model/time.ts';
import type { Cluster, NodeSpec, Platform } from '../cluster.ts';
import { randomFrom } from '../random.ts';
import { releaseOf } from '../release.ts';
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

export interface Site {
  readonly scenario: string;
  readonly started: string;
  readonly gathered: string;
  readonly name: string;
  readonly domain: string;
  readonly version: string;
  readonly platform: Platform;
  /** The first three bytes of the machine network, a /24; the gateway is .1, the VIPs are .5 and .6. */
  readonly network: string;
  readonly masters: readonly string[];
  readonly workers: readonly string[];
  readonly bootedAt?: string;
}

/** A cluster of any name, platform and size, of a release that `releaseOf` knows; installed in 80 minutes. */
export function siteCluster(site: Site): Cluster {
  const random = randomFrom(site.scenario).fork('cluster');
  const started = at(site.started);
  const node = (role: NodeSpec['role'], joined: Micros) => (name: string, index: number) => ({
    name,
    role,
    ip: `${site.network}.${(role === 'master' ? 51 : 71) + index}`,
    mac: `a4:bf:01:${random.hex(2)}:${random.hex(2)}:${(role === 'master' ? 51 : 71) + index}`,
    bmc: `172.22.${role === 'master' ? 1 : 2}.${11 + index}`,
    joined: joined + index * 2 * MINUTE,
    kubeletPid: random.int(2300, 4600),
  });
  const alone = site.masters.length === 1 ? `${site.network}.51` : undefined;
  return {
    scenario: site.scenario,
    name: site.name,
    domain: site.domain,
    id: random.uuid(),
    infraId: `${site.name}-${random.suffix(5)}`,
    version: site.version,
    kubelet: releaseOf(site.version).kubelet,
    platform: site.platform,
    apiVIP: alone ?? `${site.network}.5`,
    ingressVIP: alone ?? `${site.network}.6`,
    machineNetwork: `${site.network}.0/24`,
    gateway: `${site.network}.1`,
    serviceNetwork: '172.30.0.0/16',
    clusterNetwork: '10.128.0.0/14',
    installStarted: started,
    installCompleted: started + 80 * MINUTE,
    gatheredAt: at(site.gathered),
    ...(site.bootedAt === undefined ? {} : { bootedAt: at(site.bootedAt) }),
    nodes: [
      ...site.masters.map(node('master', started + 20 * MINUTE)),
      ...site.workers.map(node('worker', started + 50 * MINUTE)),
    ],
  };
}
