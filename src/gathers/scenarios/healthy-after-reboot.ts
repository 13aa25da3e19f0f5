import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import type { NodeSpec } from '../cluster.ts';
import { addLog, addUnit, find, type Gather, type JournalEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { etcdLine } from '../noise/control-plane.ts';
import { kubeletJoin, systemdLine } from '../noise/kubelet.ts';
import { event } from '../objects/events.ts';
import { at, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import { keepLogs, lean, warns } from './node-steps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn } from './steps.ts';

const CLUSTER = siteCluster({
  scenario: 'healthy-after-reboot',
  started: '2025-05-12T08:00:00Z',
  gathered: '2025-09-03T14:30:00Z',
  name: 'pay',
  domain: 'fin.example',
  version: '4.18.20',
  platform: 'VSphere',
  network: '10.80.16',
  masters: ['pay-m1', 'pay-m2', 'pay-m3'],
  workers: ['pay-w1', 'pay-w2', 'pay-w3'],
});
/** A MachineConfig with a kernel argument reboots one node of each pool at a time. */
const FIRST = at('2025-09-03T12:02:10Z');
const TURN = 11 * MINUTE;
/** From the drain to the kernel, and from the kernel to Ready. */
const DRAIN = 95 * SECOND;
const READY = 4 * MINUTE;

/** Every node was rebooted by a MachineConfig, the last an hour and a half ago: all of it is over, nothing is wrong. */
export const healthyAfterReboot: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, lean(3, ['openshift-dns', 'openshift-monitoring']));
    for (const role of ['master', 'worker'] as const)
      CLUSTER.nodes
        .filter((node) => node.role === role)
        .forEach((node, index) => {
          rebooted(gather, node, FIRST + index * TURN);
        });
    poolIsDone(gather);
    return { gather, beside: new Map() };
  },
};

function poolIsDone(gather: Gather): void {
  const done = FIRST + 3 * TURN;
  for (const pool of ['master', 'worker'])
    for (const held of find(gather, 'MachineConfigPool', pool)['status'].conditions)
      if (held.type === 'Updated' || held.type === 'Updating') held.lastTransitionTime = seconds(done);
  for (const name of ['machine-config', 'network', 'etcd'])
    for (const held of find(gather, 'ClusterOperator', name)['status'].conditions)
      if (held.type === 'Progressing' || held.type === 'Degraded') held.lastTransitionTime = seconds(done);
}

function rebooted(gather: Gather, node: NodeSpec, cordoned: Micros): void {
  const down = cordoned + DRAIN;
  const up = down + 2 * MINUTE;
  const ready = up + READY;
  const object = find(gather, 'Node', node.name);
  const condition = object['status'].conditions.find((held: { type: string }) => held.type === 'Ready');
  condition.lastTransitionTime = seconds(ready);
  object['status'].nodeInfo.bootID = gather.random.fork(`boot/${node.name}`).uuid();
  nodeEvents(gather, node, cordoned, down, up, ready);
  journals(gather, node, down, up);
  podsCameBack(gather, node, up);
  if (node.role === 'master') etcdRestarted(gather, node, down, up);
}

function nodeEvents(gather: Gather, node: NodeSpec, cordoned: Micros, down: Micros, up: Micros, ready: Micros): void {
  const about = ['Node', node.name] as const;
  const told = (reason: string, message: string, component: string, first: Micros) =>
    gather.objects.push(
      event(gather.random.fork(`${reason}/${node.name}`), {
        namespace: 'default',
        about,
        reason,
        message,
        component,
        first,
      }),
    );
  told('Cordon', 'Cordoned node to apply update', 'machineconfigcontroller', cordoned);
  told('Drain', 'Draining node to update config.', 'machineconfigcontroller', cordoned + SECOND);
  told('Reboot', 'Node will reboot into config', 'machineconfigdaemon', down);
  told('NodeNotReady', `Node ${node.name} status is now: NodeNotReady`, 'node-controller', down + 50 * SECOND);
  told('Starting', 'Starting kubelet.', 'kubelet', up);
  told('NodeReady', `Node ${node.name} status is now: NodeReady`, 'kubelet', ready);
  told(
    'Uncordon',
    'Update completed for config and node has been uncordoned',
    'machineconfigcontroller',
    ready + 30 * SECOND,
  );
  warns(gather, {
    namespace: 'default',
    about,
    reason: 'Rebooted',
    message: `Node ${node.name} has been rebooted, boot id: ${gather.random.fork(`boot/${node.name}`).uuid()}`,
    component: 'kubelet',
    host: node.name,
    first: up + 2 * SECOND,
  });
  warns(gather, {
    namespace: 'openshift-dns',
    about: ['Pod', `dns-default-${gather.random.fork(`dns/${node.name}`).suffix(5)}`],
    reason: 'NetworkNotReady',
    message:
      'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: No CNI configuration file in /etc/kubernetes/cni/net.d/. Has your network provider started?',
    component: 'kubelet',
    host: node.name,
    first: up + 20 * SECOND,
    last: up + 2 * MINUTE,
    count: 9,
  });
}

/** The kubelet's first minutes after a boot read as they did when the node joined. */
function journals(gather: Gather, node: NodeSpec, down: Micros, up: Micros): void {
  for (const [unit, entries] of gather.units)
    gather.units.set(
      unit,
      entries.filter((held) => held.host !== node.name || held.at < down || held.at > up + 9 * MINUTE),
    );
  const random = gather.random.fork(`boot/${node.name}`);
  const stop: JournalEntry[] = [
    systemdLine(node.name, down, 'Stopping Kubernetes Kubelet...'),
    systemdLine(node.name, down + 900_000, 'Stopped Kubernetes Kubelet.'),
  ];
  addUnit(gather, 'kubelet', [...stop, ...kubeletJoin(CLUSTER, { ...node, joined: up + 30 * SECOND }, random)]);
}

function podsCameBack(gather: Gather, node: NodeSpec, up: Micros): void {
  const random = gather.random.fork(`pods/${node.name}`);
  for (const pod of gather.objects.filter((o) => o.kind === 'Pod' && o['spec'].nodeName === node.name)) {
    const started = up + random.int(40, 170) * SECOND;
    for (const held of pod['status'].conditions) held.lastTransitionTime = seconds(started + 20 * SECOND);
    for (const held of pod['status'].containerStatuses)
      Object.assign(held, {
        restartCount: 1,
        state: { running: { startedAt: seconds(started) } },
        lastState: {
          terminated: { exitCode: 255, reason: 'Unknown', startedAt: seconds(node.joined), finishedAt: seconds(up) },
        },
      });
  }
  // The logs of the containers that run now begin with the boot.
  keepLogs(gather, node.name, (time) => time > up + MINUTE);
}

/** The other members miss it for three minutes and say so. */
function etcdRestarted(gather: Gather, node: NodeSpec, down: Micros, up: Micros): void {
  for (const peer of CLUSTER.nodes.filter((held) => held.role === 'master' && held.name !== node.name)) {
    const key = logOn(gather, 'openshift-etcd', 'etcd', peer.name, 'etcd');
    const random = gather.random.fork(`peer/${node.name}/${peer.name}`);
    for (const time of spread(random, down + 5 * SECOND, up + 50 * SECOND, 5 * SECOND))
      addLog(gather, key, [
        etcdLine(
          time,
          'warn',
          'rafthttp/probing_status.go:68',
          'prober detected unhealthy status',
          `"round-tripper-name":"ROUND_TRIPPER_RAFT_MESSAGE","remote-peer-id":"${random.fork(node.name).hex(16)}","rtt":"0s","error":"dial tcp ${node.ip}:2380: connect: connection refused"`,
        ),
      ]);
    addLog(gather, key, [
      etcdLine(
        up + 70 * SECOND,
        'info',
        'rafthttp/peer_status.go:53',
        'peer became active',
        `"peer-id":"${random.fork(node.name).hex(16)}"`,
      ),
    ]);
  }
}
