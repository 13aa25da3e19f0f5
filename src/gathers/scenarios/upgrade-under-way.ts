import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, find, type Gather, podsOf } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, setCondition } from '../kube.ts';
import { etcdLine } from '../noise/control-plane.ts';
import { event } from '../objects/events.ts';
import { rendered } from '../objects/nodes.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, operatorLog, operatorReports } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'upgrade-under-way',
  started: '2026-01-20T08:00:00Z',
  gathered: '2026-06-02T11:25:00Z',
  workers: 0,
});
const WANTED = '4.18.20';
const STARTED = at('2026-06-02T10:12:00Z');
/** etcd and the API servers go from master to master, a revision each. */
const ROLLOUT = STARTED + 6 * MINUTE;
/** master-0 has been rebooted into the new image, master-1 is being drained, master-2 waits. */
const POOL = at('2026-06-02T11:01:30Z');
const DRAINING = at('2026-06-02T11:19:10Z');

/** A compact cluster in the middle of an ordinary update: everything is on the move, and nothing is wrong. */
export const upgradeUnderWay: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    versionMoves(gather);
    operatorsMove(gather);
    poolUpdates(gather);
    membersRestart(gather);
    return { gather, beside: new Map() };
  },
};

function versionMoves(gather: Gather): void {
  const version = find(gather, 'ClusterVersion', 'version');
  const image = `quay.io/openshift-release-dev/ocp-release@sha256:${gather.random.fork('wanted').hex(64)}`;
  version['spec'].desiredUpdate = { architecture: '', force: false, image, version: WANTED };
  Object.assign(version['status'].desired, { image, version: WANTED });
  version['status'].history.unshift({
    completionTime: null,
    image,
    startedTime: seconds(STARTED),
    state: 'Partial',
    verified: true,
    version: WANTED,
  });
  const message = `Working towards ${WANTED}: 780 of 910 done (85% complete), waiting on machine-config`;
  setCondition(version, condition('Progressing', true, STARTED, 'ClusterOperatorUpdating', message));
}

/** Operators that the update has not reached yet. */
const WAITING: ReadonlySet<string> = new Set(['machine-config']);

function operatorsMove(gather: Gather): void {
  let turn = 0;
  for (const operator of gather.objects.filter((o) => o.kind === 'ClusterOperator')) {
    const { name } = operator.metadata;
    if (WAITING.has(name)) continue;
    operator['status'].versions = [{ name: 'operator', version: WANTED }];
    const done = ROLLOUT + 4 * MINUTE + (turn++ % 30) * MINUTE;
    setCondition(operator, condition('Progressing', false, done, 'AsExpected'));
  }
  operatorReports(gather, 'machine-config', {
    type: 'Progressing',
    status: true,
    since: POOL - MINUTE,
    reason: '',
    message: `Working towards ${WANTED}`,
  });
}

function poolUpdates(gather: Gather): void {
  const old = rendered(CLUSTER, 'master');
  const next = `rendered-master-${gather.random.fork('next').hex(32)}`;
  const annotate = (name: string, current: string, desired: string, state: string, drain: string, drained: string) =>
    Object.assign(find(gather, 'Node', name).metadata['annotations'], {
      'machineconfiguration.openshift.io/currentConfig': current,
      'machineconfiguration.openshift.io/desiredConfig': desired,
      'machineconfiguration.openshift.io/desiredDrain': drain,
      'machineconfiguration.openshift.io/lastAppliedDrain': drained,
      'machineconfiguration.openshift.io/state': state,
    });
  annotate('master-0', next, next, 'Done', `uncordon-${next}`, `uncordon-${next}`);
  annotate('master-1', old, next, 'Working', `drain-${next}`, `uncordon-${old}`);
  const draining = find(gather, 'Node', 'master-1');
  draining['spec'].unschedulable = true;
  draining['spec'].taints = [
    { effect: 'NoSchedule', key: 'node.kubernetes.io/unschedulable', timeAdded: seconds(DRAINING) },
  ];
  find(gather, 'Node', 'master-0')['status'].nodeInfo.kubeletVersion = 'v1.31.10';
  const pool = find(gather, 'MachineConfigPool', 'master');
  pool['spec'].configuration.name = next;
  setCondition(pool, condition('Updated', false, POOL, '', ''));
  setCondition(pool, condition('Updating', true, POOL, '', `All nodes are updating to MachineConfig ${next}`));
  Object.assign(pool['status'], { readyMachineCount: 1, unavailableMachineCount: 1, updatedMachineCount: 1 });
  const controller = podsOf(gather, 'openshift-machine-config-operator', 'machine-config-controller')[0];
  if (controller === undefined) return;
  gather.objects.push(
    event(gather.random.fork('drain'), {
      namespace: 'default',
      about: ['Node', 'master-1'],
      reason: 'Cordon',
      message: 'Cordoned node to apply update',
      component: 'machineconfigcontroller',
      first: DRAINING,
    }),
  );
}

/** What a rolling restart of etcd and the API servers leaves in the logs. */
function membersRestart(gather: Gather): void {
  const random = gather.random.fork('rolling');
  for (const [index, node] of CLUSTER.nodes.entries()) {
    const start = ROLLOUT + index * 5 * MINUTE;
    for (const peer of CLUSTER.nodes.filter(({ name }) => name !== node.name)) {
      addLog(gather, logOn(gather, 'openshift-etcd', 'etcd-', peer.name, 'etcd'), [
        ...[...spread(random, start, start + 90 * SECOND, 5 * SECOND)].map((time) =>
          prober(time, node.ip, random.hex(16)),
        ),
        etcdLine(
          start + 3 * SECOND,
          'info',
          'raft/node.go:333',
          `raft.node: ${random.hex(16)} elected leader ${random.hex(16)} at term ${5 + index}`,
          '',
        ),
      ]);
    }
    addLog(
      gather,
      logOn(gather, 'openshift-kube-apiserver', 'kube-apiserver-', node.name, 'kube-apiserver'),
      [...spread(random, start, start + 40 * SECOND, 1.5 * SECOND)].map((time) => ({
        at: time + 70,
        text: klog(
          'E',
          time,
          17,
          'status.go:71',
          '"Unhandled Error" err="apiserver received an error that is not an metav1.Status: rpctypes.EtcdError{code:0xe, desc:\\"etcdserver: leader changed\\"}: etcdserver: leader changed" logger="UnhandledError"',
        ),
      })),
    );
  }
  for (const [namespace, container] of [
    ['openshift-etcd-operator', 'etcd-operator'],
    ['openshift-kube-apiserver-operator', 'kube-apiserver-operator'],
  ] as const)
    addLog(
      gather,
      operatorLog(gather, namespace, container),
      [...spread(random, ROLLOUT, ROLLOUT + 16 * MINUTE, 40 * SECOND)].map((time) => ({
        at: time,
        text: klog(
          'E',
          time,
          1,
          'base_controller.go:279',
          `"Unhandled Error" err="GuardController reconciliation failed: Missing operand on node master-${Math.min(2, Math.floor((time - ROLLOUT) / (5 * MINUTE)))}"`,
        ),
      })),
    );
}

function prober(time: Micros, ip: string, peer: string) {
  return etcdLine(
    time,
    'warn',
    'rafthttp/probing_status.go:68',
    'prober detected unhealthy status',
    `"round-tripper-name":"ROUND_TRIPPER_RAFT_MESSAGE","remote-peer-id":"${peer}","rtt":"0s","error":"dial tcp ${ip}:2380: connect: connection refused"`,
  );
}
