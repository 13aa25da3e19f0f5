import type { Micros } from '../model/time.ts';

export interface NodeSpec {
  readonly name: string;
  readonly role: 'master' | 'worker';
  readonly ip: string;
  readonly mac: string;
  readonly bmc: string;
  readonly joined: Micros;
  /** Process id of the kubelet that runs at gather time. */
  readonly kubeletPid: number;
}

export type Platform = 'BareMetal' | 'VSphere' | 'AWS' | 'None';

/** What a cluster is, before anything happens to it. */
export interface Cluster {
  readonly scenario: string;
  readonly name: string;
  readonly domain: string;
  readonly id: string;
  readonly infraId: string;
  readonly version: string;
  readonly kubelet: string;
  /** Bare metal where absent. */
  readonly platform?: Platform;
  readonly apiVIP: string;
  readonly ingressVIP: string;
  readonly machineNetwork: string;
  readonly gateway: string;
  readonly serviceNetwork: string;
  readonly clusterNetwork: string;
  readonly installStarted: Micros;
  /** Absent where the installation never completed. */
  readonly installCompleted?: Micros;
  readonly gatheredAt: Micros;
  /** When the nodes were last started, where that is not when they joined: no log reaches further back. */
  readonly bootedAt?: Micros;
  readonly nodes: readonly NodeSpec[];
}

export function platformOf({ platform }: Cluster): Platform {
  return platform ?? 'BareMetal';
}

export function masters(cluster: Cluster): readonly NodeSpec[] {
  return cluster.nodes.filter((node) => node.role === 'master');
}

export function workers(cluster: Cluster): readonly NodeSpec[] {
  return cluster.nodes.filter((node) => node.role === 'worker');
}

export function nodeNamed(cluster: Cluster, name: string): NodeSpec {
  const node = cluster.nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new RangeError(`no node ${name}`);
  return node;
}

export function apiInt(cluster: Cluster): string {
  return `https://api-int.${cluster.name}.${cluster.domain}:6443`;
}
