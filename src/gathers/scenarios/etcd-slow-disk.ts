import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { masters } from '../cluster.ts';
import { etcdMembers } from '../files.ts';
import { addLog, find, type Gather, type LogEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, setCondition } from '../kube.ts';
import { etcdLine, slowApply } from '../noise/control-plane.ts';
import { at, klog, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { alertsFire, logOn, operatorReports, saidAt } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'etcd-slow-disk',
  started: '2026-01-12T07:05:00Z',
  gathered: '2026-01-15T14:32:00Z',
});
const ONSET = at('2026-01-15T13:26:20Z');
const SLOW = 'master-1';
const CYCLE = 6 * MINUTE;

/** The disk under one etcd member takes seconds for each write; that member leads more often than not. */
export const etcdSlowDisk: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    let term = 5;
    for (let time = ONSET; time < CLUSTER.gatheredAt - 2 * MINUTE; time += CYCLE) stall(gather, time, term++);
    diskComplaints(gather);
    controllersRestart(gather);
    return { gather, beside: new Map() };
  },
};

/** One round: the disk stalls, heartbeats are late, the others elect a leader, the API waits. */
function stall(gather: Gather, start: Micros, term: number): void {
  const random = gather.random.fork(`stall/${term}`);
  const members = etcdMembers(CLUSTER, gather.random).map((m) => ({ ...m, hex: BigInt(m.id).toString(16) }));
  const slow = members.find((m) => m.name === SLOW)!;
  const next = members.find((m) => m.name !== SLOW)!;
  const syncs: LogEntry[] = [...spread(random, start, start + 5 * MINUTE, 25 * SECOND)].map((time) =>
    etcdLine(
      time,
      'warn',
      'wal/wal.go:805',
      'slow fdatasync',
      `"took":"${random.int(1, 3)}.${random.int(100000000, 999999999)}s","expected-duration":"1s"`,
    ),
  );
  const beats: LogEntry[] = [...spread(random, start + SECOND, start + MINUTE, 5 * SECOND)].map((time) =>
    etcdLine(
      time,
      'warn',
      'etcdserver/raft.go:416',
      'leader failed to send out heartbeat on time; took too long, leader is overloaded likely from slow disk',
      `"to":"${next.hex}","heartbeat-interval":"100ms","expected-duration":"200ms","exceeded-duration":"${random.int(400, 1900)}.${random.int(100000, 999999)}ms"`,
    ),
  );
  const applies: LogEntry[] = [...spread(random, start + 2 * SECOND, start + 5 * MINUTE, 11.5 * SECOND)].map((time) =>
    slowApply(time, random.int(900, 999), random),
  );
  addLog(gather, logOn(gather, 'openshift-etcd', 'etcd-', SLOW, 'etcd'), [...syncs, ...beats, ...applies]);
  for (const node of masters(CLUSTER)) {
    const self = members.find((m) => m.name === node.name)!;
    const vote = start + 70 * SECOND + random.int(0, 900) * 1000;
    addLog(gather, logOn(gather, 'openshift-etcd', 'etcd-', node.name, 'etcd'), [
      etcdLine(vote, 'info', 'raft/node.go:340', `raft.node: ${self.hex} lost leader ${slow.hex} at term ${term}`, ''),
      etcdLine(
        vote + 1_200_000,
        'info',
        'raft/node.go:333',
        `raft.node: ${self.hex} elected leader ${next.hex} at term ${term + 1}`,
        '',
      ),
    ]);
  }
  apiWaits(gather, 'master-0', start + 72 * SECOND);
}

function apiWaits(gather: Gather, node: string, start: Micros): void {
  const random = gather.random.fork(`api/${node}/${start}`);
  const say = (time: Micros, where: string, text: string): LogEntry => ({
    at: time + 70,
    text: klog('E', time, 17, where, text),
  });
  addLog(gather, logOn(gather, 'openshift-kube-apiserver', 'kube-apiserver-', node, 'kube-apiserver'), [
    ...[...spread(random, start, start + 20 * SECOND, SECOND)].map((time) =>
      say(
        time,
        'status.go:71',
        '"Unhandled Error" err="apiserver received an error that is not an metav1.Status: rpctypes.EtcdError{code:0xe, desc:\\"etcdserver: request timed out, possibly due to previous leader failure\\"}: etcdserver: request timed out, possibly due to previous leader failure" logger="UnhandledError"',
      ),
    ),
    ...[...spread(random, start, start + 100 * SECOND, 2.8 * SECOND)].map((time) =>
      say(
        time,
        'writers.go:131',
        '"Unhandled Error" err="apiserver was unable to write a JSON response: http: Handler timeout" logger="UnhandledError"',
      ),
    ),
  ]);
}

function diskComplaints(gather: Gather): void {
  const since = ONSET + 31 * MINUTE;
  const message = 'etcd disk metrics exceeded known thresholds:  fsync duration value: 2.418200, ';
  operatorReports(gather, 'etcd', {
    type: 'Degraded',
    status: true,
    since: since + 2 * MINUTE,
    reason: 'FSyncController_EtcdDiskMetricsExceededKnownThresholds',
    message: `FSyncControllerDegraded: ${message}\nEtcdMembersDegraded: No unhealthy members found`,
  });
  setCondition(
    find(gather, 'Etcd', 'cluster'),
    condition('FSyncControllerDegraded', true, since, 'EtcdDiskMetricsExceededKnownThresholds', message),
  );
  const since1 = '2026-01-15T13:41:30.000Z';
  const labels = { instance: '192.0.2.21:9979', job: 'etcd', namespace: 'openshift-etcd', pod: `etcd-${SLOW}` };
  alertsFire(
    gather,
    {
      name: 'etcdHighFsyncDurations',
      group: 'etcd',
      severity: 'critical',
      labels,
      summary: 'etcd cluster 99th percentile fsync durations are too high.',
      since: since1,
    },
    {
      name: 'etcdHighNumberOfLeaderChanges',
      group: 'etcd',
      severity: 'warning',
      labels: { job: 'etcd' },
      summary: 'etcd cluster has high number of leader changes.',
      since: since1,
    },
  );
}

/** The controller manager loses its lease while etcd has no leader, exits and comes back: a consequence that heals. */
function controllersRestart(gather: Gather): void {
  const key = logOn(
    gather,
    'openshift-kube-controller-manager',
    'kube-controller-manager-',
    'master-0',
    'kube-controller-manager',
  );
  const end = ONSET + 74 * SECOND;
  gather.previous.set(key, [
    ...saidAt(
      [end, end + 6 * SECOND, end + 12 * SECOND],
      'E',
      'leaderelection.go:429',
      'error retrieving resource lock kube-system/kube-controller-manager: etcdserver: request timed out, possibly due to previous leader failure',
    ),
    ...saidAt(
      [end + 20 * SECOND],
      'I',
      'leaderelection.go:297',
      'failed to renew lease kube-system/kube-controller-manager: timed out waiting for the condition',
    ),
    ...saidAt([end + 20 * SECOND + 80], 'E', 'controllermanager.go:332', '"leaderelection lost"'),
  ]);
  const pod = find(gather, 'Pod', 'kube-controller-manager-master-0', 'openshift-kube-controller-manager');
  const status = pod['status'].containerStatuses[0];
  status.restartCount = 1;
  status.lastState = {
    terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-15T13:27:54Z', startedAt: '2026-01-12T07:40:00Z' },
  };
  status.state = { running: { startedAt: '2026-01-15T13:27:56Z' } };
}
