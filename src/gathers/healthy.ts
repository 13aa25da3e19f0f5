import { DAY, HOUR, MINUTE } from '../model/time.ts';
import { type Cluster, masters, type NodeSpec } from './cluster.ts';
import { etcdInfo, etcdMembers, prometheusRules } from './files.ts';
import type { Gather, LogEntry, Scope } from './gather.ts';
import type { KubeObject } from './kube.ts';
import { etcdDay, etcdStart, kubeApiserverDay, leaderDay, type Span } from './noise/control-plane.ts';
import { crioDay, kubeletDay, kubeletJoin } from './noise/kubelet.ts';
import { bareMetalOperatorDay, ironicDay, ramdiskDay } from './noise/metal.ts';
import {
  corednsDay,
  haproxyDay,
  keepalivedDay,
  keepalivedMonitorDay,
  multusDay,
  ovnControllerDay,
  ovnkubeControllerDay,
  routerDay,
} from './noise/network.ts';
import {
  clusterVersionDay,
  ingressOperatorDay,
  libraryGoDay,
  machineApproverDay,
  machineConfigDaemonDay,
  networkOperatorDay,
} from './noise/operators.ts';
import { configObjects } from './objects/config.ts';
import { quietEvents } from './objects/events.ts';
import { machineObjects } from './objects/machines.ts';
import { nodeObjects } from './objects/nodes.ts';
import { clusterOperators } from './objects/operators.ts';
import { staticPodObjects } from './objects/static-pods.ts';
import { workloadsOf } from './objects/workload-choice.ts';
import { workloadObjects } from './objects/workloads.ts';
import { type Random, randomFrom } from './random.ts';

/** The gather of a cluster to which nothing has happened: where every scenario starts. */
export function healthyGather(cluster: Cluster, scope: Scope = {}): Gather {
  const gathered = ({ metadata: { namespace } }: KubeObject) =>
    namespace === undefined || (scope.namespaces?.includes(namespace) ?? true);
  const random = randomFrom(cluster.scenario);
  const fork = (name: string) => random.fork(name);
  const gather: Gather = {
    cluster,
    scope,
    random,
    objects: [
      ...configObjects(cluster, fork('config')),
      ...clusterOperators(cluster, fork('operators')),
      ...nodeObjects(cluster, random),
      ...machineObjects(cluster, random),
      ...staticPodObjects(cluster, fork('static-pods')),
      ...workloadObjects(cluster, fork('workloads')),
      ...quietEvents(cluster, fork('events')),
    ].filter(gathered),
    logs: new Map(),
    previous: new Map(),
    units: new Map(),
    files: new Map(),
    remarks: [],
    complaints: [],
  };
  fillLogs(gather);
  fillUnits(gather);
  forgetOld(gather);
  const members = etcdMembers(cluster, random);
  for (const [path, text] of etcdInfo(members, 4, 381_204)) gather.files.set(path, text);
  gather.files.set('monitoring/prometheus/rules.json', prometheusRules(cluster, []));
  gather.files.set('monitoring/prometheus/rules.stderr', '');
  return gather;
}

/** No log reaches back behind the last boot or the hours asked for; of the units only the last week is collected. */
function forgetOld({ cluster, scope, logs, units }: Gather): void {
  const asked = scope.hours === undefined ? 0 : cluster.gatheredAt - scope.hours * HOUR;
  const boot = Math.max(cluster.bootedAt ?? 0, asked);
  const since = Math.max(boot, cluster.gatheredAt - 7 * DAY);
  for (const [key, entries] of logs)
    logs.set(
      key,
      entries.filter((entry) => entry.at >= boot),
    );
  for (const [unit, entries] of units)
    units.set(
      unit,
      entries.filter((entry) => entry.at >= since),
    );
}

/** What a miniature keeps of the workers' logs. */
const WORKER_LOGS: ReadonlySet<string> = new Set(['ovnkube-node', 'machine-config-daemon', 'router-default']);

function fillLogs(gather: Gather): void {
  const { cluster } = gather;
  const span: Span = { from: cluster.gatheredAt - 4 * HOUR, to: cluster.gatheredAt - 4 * MINUTE };
  const workloads = workloadsOf(cluster);
  for (const pod of gather.objects.filter((o) => o.kind === 'Pod')) {
    const workload = workloads.find(
      (w) => w.namespace === pod.metadata.namespace && w.name === pod.metadata['labels'].app,
    );
    const node = cluster.nodes.find((candidate) => candidate.name === pod['spec'].nodeName)!;
    const logged = node?.role === 'worker' && !WORKER_LOGS.has(workload?.name ?? '') ? [] : (workload?.logged ?? []);
    for (const container of logged) {
      const key = `${pod.metadata.namespace}/${pod.metadata.name}/${container}`;
      gather.logs.set(key, containerDay(gather, container, node, gather.random.fork(key), span));
    }
  }
}

function containerDay(gather: Gather, container: string, node: NodeSpec, random: Random, span: Span): LogEntry[] {
  const { cluster } = gather;
  const leads = masters(cluster)[0]?.name === node.name;
  switch (container) {
    case 'etcd': {
      const member = etcdMembers(cluster, gather.random).find((m) => m.name === node.name)!;
      return [...etcdStart(node, member.id, random), ...etcdDay(random, span)];
    }
    case 'kube-apiserver':
      return kubeApiserverDay(cluster, node, random, span);
    case 'kube-controller-manager':
    case 'kube-scheduler':
      return leaderDay(cluster, container, leads, node, random, span);
    case 'keepalived':
      return keepalivedDay(cluster, node, leads, random, span);
    case 'keepalived-monitor':
      return keepalivedMonitorDay(cluster, node, random, span);
    case 'haproxy':
      return haproxyDay(cluster, node, random, span);
    case 'coredns':
      return corednsDay(cluster, random, span);
    case 'ovn-controller':
      return ovnControllerDay(random, span);
    case 'ovnkube-controller':
    case 'ovnkube-node':
      return ovnkubeControllerDay(node, random, span);
    case 'kube-multus':
      return multusDay(node);
    case 'router':
      return routerDay(cluster, random, span);
    case 'metal3-ironic':
      return ironicDay(cluster, random, span);
    case 'metal3-ramdisk-logs':
      return ramdiskDay(cluster, random);
    case 'metal3-baremetal-operator':
      return bareMetalOperatorDay(cluster, random, span);
    case 'network-operator':
      return networkOperatorDay(random, span);
    case 'ingress-operator':
      return ingressOperatorDay(cluster, random, span);
    case 'cluster-version-operator':
      return clusterVersionDay(cluster, random, span);
    case 'machine-approver-controller':
      return machineApproverDay(cluster, random, span);
    case 'machine-config-daemon':
      return machineConfigDaemonDay(cluster, random, span);
    default:
      return container.endsWith('-operator')
        ? libraryGoDay(cluster, container.replace(/-operator$/, ''), random, span)
        : [];
  }
}

function fillUnits(gather: Gather): void {
  const { cluster, random, units } = gather;
  const day = { from: cluster.gatheredAt - 6 * HOUR, to: cluster.gatheredAt - 6 * MINUTE };
  const perNode = <T>(unit: string, lines: (node: NodeSpec, own: Random) => T[]) =>
    cluster.nodes.flatMap((node) => lines(node, random.fork(`${unit}/${node.name}`)));
  units.set(
    'kubelet',
    perNode('kubelet', (node, own) => {
      const up = cluster.bootedAt === undefined ? node.joined : cluster.bootedAt + 4 * MINUTE;
      return [
        ...kubeletJoin(cluster, { ...node, joined: up }, own),
        ...kubeletDay(node, own, Math.max(day.from, up + 20 * MINUTE), day.to),
      ];
    }),
  );
  units.set(
    'crio',
    perNode('crio', (node, own) => crioDay(node, own, Math.max(day.from, node.joined), day.to)),
  );
  units.set('ostree-finalize-staged', []);
}
