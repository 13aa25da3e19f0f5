import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { find, type Gather, type JournalEntry, podOn, type Scope } from '../gather.ts';
import { NO_CNI } from '../noise/kubelet.ts';
import { type EventSpec, event } from '../objects/events.ts';
import { micros, nanos, seconds } from '../stamps.ts';
import { nodeReady, operatorReports, waiting } from './steps.ts';

/** Steps of scenarios in which one host fails. */

const CORE = [
  'default',
  'kube-system',
  'kube-node-lease',
  'openshift-cluster-version',
  'openshift-etcd',
  'openshift-kube-apiserver',
  'openshift-machine-config-operator',
  'openshift-network-operator',
  'openshift-ovn-kubernetes',
];

/** The namespaces that most incidents of a node need, and others that this one does. */
export function lean(hours: number, more: readonly string[] = [], scope: Scope = {}): Scope {
  return { namespaces: [...CORE, ...more], hours, layout: 'lists', ...scope };
}

export function said(host: string, identifier: string, pid?: number) {
  return (time: Micros, text: string): JournalEntry => ({
    at: time,
    host,
    identifier,
    text,
    ...(pid === undefined ? {} : { pid }),
  });
}

/** One line of NetworkManager, which stamps its own time. */
export function networkManager(host: string, time: Micros, level: 'info' | 'warn', text: string): JournalEntry {
  const stamp = `${Math.floor(time / SECOND)}.${nanos(time).slice(20, 24)}`;
  return said(host, 'NetworkManager', 1187)(time, `<${level}>  [${stamp}] ${text}`);
}

/** One line of CRI-O (logrus). */
export function crioLine(host: string, time: Micros, level: string, msg: string, more = ''): JournalEntry {
  const stamp = nanos(time).replace('T', ' ');
  return said(host, 'crio', 2177)(time, `time="${stamp}" level=${level} msg="${msg}"${more}`);
}

export function warns(gather: Gather, spec: Omit<EventSpec, 'type'>): void {
  const random = gather.random.fork(`event/${spec.reason}/${spec.about.join('/')}/${spec.first}`);
  gather.objects.push(event(random, { ...spec, type: 'Warning' }));
}

/** The node's log ends here: what `oc adm node-logs` could not fetch afterwards is not in the gather. */
function logEnds(gather: Gather, host: string, end: Micros): void {
  for (const [unit, entries] of gather.units)
    gather.units.set(
      unit,
      entries.filter((entry) => entry.host !== host || entry.at < end),
    );
}

/** The node controller has heard nothing of a kubelet: Unknown after the grace period, unreachable taints, an event. */
export function fallsSilent(gather: Gather, host: string, lastSeen: Micros, grace = 50 * SECOND): void {
  const unknown = seconds(lastSeen + grace);
  const node = find(gather, 'Node', host);
  for (const held of node['status'].conditions)
    Object.assign(held, {
      lastHeartbeatTime: seconds(lastSeen),
      lastTransitionTime: unknown,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
  node['spec'].taints = [
    ...(node['spec'].taints ?? []),
    { effect: 'NoSchedule', key: 'node.kubernetes.io/unreachable', timeAdded: unknown },
    { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', timeAdded: unknown },
  ];
  find(gather, 'Lease', host, 'kube-node-lease')['spec'].renewTime = micros(lastSeen);
  for (const pod of gather.objects.filter((o) => o.kind === 'Pod' && o['spec'].nodeName === host)) {
    const ready = pod['status'].conditions.find((held: { type: string }) => held.type === 'Ready');
    Object.assign(ready, { status: 'False', lastTransitionTime: unknown });
  }
  logEnds(gather, host, lastSeen);
  keepLogs(gather, host, (time) => time < lastSeen);
  becameNotReady(gather, host, lastSeen + grace);
}

/** Keeps of the containers' logs on a host what was written at these times. */
export function keepLogs(gather: Gather, host: string, kept: (time: Micros) => boolean): void {
  for (const pod of gather.objects.filter((o) => o.kind === 'Pod' && o['spec'].nodeName === host)) {
    const prefix = `${pod.metadata.namespace}/${pod.metadata.name}/`;
    for (const [key, entries] of gather.logs)
      if (key.startsWith(prefix))
        gather.logs.set(
          key,
          entries.filter((entry) => kept(entry.at)),
        );
  }
}

export function becameNotReady(gather: Gather, host: string, time: Micros): void {
  gather.objects.push(
    event(gather.random.fork(`not-ready/${host}/${time}`), {
      namespace: 'default',
      about: ['Node', host],
      reason: 'NodeNotReady',
      message: `Node ${host} status is now: NodeNotReady`,
      component: 'node-controller',
      first: time,
    }),
  );
}

/** The kubelet lives, reaches the API, and says that it has no CNI configuration. */
export function networkNotReady(gather: Gather, host: string, since: Micros): void {
  const time = seconds(since);
  const message = `container runtime network not ready: ${NO_CNI}`;
  nodeReady(find(gather, 'Node', host), 'False', time, 'KubeletNotReady', message);
  for (const pod of gather.objects)
    if (pod.kind === 'Pod' && pod['spec'].nodeName === host && pod['spec'].hostNetwork !== true)
      waiting(pod, time, 'ContainerCreating', '');
}

/** One pod of a DaemonSet is down, and the network operator says so. */
export function networkOperatorWaits(gather: Gather, since: Micros, hung?: { host: string; at: Micros }): void {
  const status = find(gather, 'DaemonSet', 'ovnkube-node')['status'];
  const less = status.desiredNumberScheduled - 1;
  Object.assign(status, { numberAvailable: less, numberReady: less, numberUnavailable: 1 });
  const set = 'DaemonSet "/openshift-ovn-kubernetes/ovnkube-node"';
  operatorReports(gather, 'network', {
    type: 'Progressing',
    status: true,
    since,
    reason: 'Deploying',
    message: `${set} is not available (awaiting 1 nodes)`,
  });
  if (hung === undefined) return;
  const { name } = podOn(gather, 'openshift-ovn-kubernetes', 'ovnkube-node', hung.host).metadata;
  operatorReports(gather, 'network', {
    type: 'Degraded',
    status: true,
    since: hung.at,
    reason: 'RolloutHung',
    message: `${set} rollout is not making progress - pod ${name} is in CrashLoopBackOff State\n${set} rollout is not making progress - last change ${seconds(since)}`,
  });
}

/** The start times of a container that ends after `lives`: the back-off is 10 s, doubled up to five minutes. */
export function restarts(first: Micros, until: Micros, lives: number): Micros[] {
  const times: Micros[] = [];
  let pause = 10 * SECOND;
  for (let time = first; time < until; time += pause + lives) {
    times.push(time);
    pause = Math.min(2 * pause, 5 * MINUTE);
  }
  return times;
}
