import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { masters } from '../cluster.ts';
import { etcdInfo, etcdMembers } from '../files.ts';
import { addLog, find, type Gather, type JournalEntry, type LogEntry } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, setCondition } from '../kube.ts';
import { etcdLine, slowApply } from '../noise/control-plane.ts';
import { kubeletDay } from '../noise/kubelet.ts';
import { journalText } from '../render.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { alertsFire, logOn, operatorReports } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'etcd-partition',
  started: '2026-03-16T06:10:00Z',
  gathered: '2026-03-19T22:45:00Z',
});
const HOST = 'master-2';
const ONSET = at('2026-03-19T21:31:40Z');
/** How often the cut-off member is leader again and loses it again. */
const ROUND = 7 * MINUTE;
const END = CLUSTER.gatheredAt - 100 * SECOND;

/** The link of one master goes up and down: its etcd member is cut off from the others for most of the time. */
export const etcdPartition: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    for (const node of masters(CLUSTER)) peersLost(gather, node.name);
    let term = 6;
    for (let time = ONSET + 30 * SECOND; time < END - 6 * MINUTE; time += ROUND) election(gather, time, term++);
    memberUnhealthy(gather, term);
    return { gather, beside: new Map([[`${HOST}-journal.log`, journalText(hostJournal(gather))]]) };
  },
};

function hostJournal(gather: Gather): JournalEntry[] {
  const random = gather.random.fork('link');
  const node = CLUSTER.nodes.find(({ name }) => name === HOST)!;
  const lines = kubeletDay(node, random.fork('kubelet'), ONSET - 90 * MINUTE, END);
  const say = (time: Micros, text: string) => lines.push({ at: time, host: HOST, identifier: 'kernel', text });
  for (const time of spread(random, ONSET, END, 42 * SECOND)) {
    say(time, 'mlx5_core 0000:5e:00.0 ens2f0np0: Link down');
    say(time + random.int(9, 30) * SECOND, 'mlx5_core 0000:5e:00.0 ens2f0np0: Link up');
  }
  return lines;
}

/** Who is cut off loses both peers; the others lose one. */
function peersLost(gather: Gather, self: string): void {
  const random = gather.random.fork(`peers/${self}`);
  const lost = etcdMembers(CLUSTER, gather.random).filter(
    ({ name }) => name !== self && (self === HOST || name === HOST),
  );
  const lines = lost.flatMap((peer): LogEntry[] =>
    [...spread(random, ONSET, END, 10 * SECOND)].map((time) =>
      etcdLine(
        time,
        'warn',
        'rafthttp/probing_status.go:68',
        'prober detected unhealthy status',
        `"round-tripper-name":"ROUND_TRIPPER_RAFT_MESSAGE","remote-peer-id":"${BigInt(peer.id).toString(16)}","rtt":"0s","error":"dial tcp ${peer.ip}:2380: i/o timeout"`,
      ),
    ),
  );
  const buffer = etcdMembers(CLUSTER, gather.random).find(({ name }) => name === HOST)!;
  const dropped =
    self === HOST
      ? []
      : [...spread(random, ONSET + MINUTE, END, 55 * SECOND)].map((time) =>
          etcdLine(
            time,
            'warn',
            'rafthttp/peer.go:255',
            'dropped internal Raft message since sending buffer is full (overloaded network)',
            `"message-type":"MsgHeartbeat","local-member-id":"${random.hex(16)}","from":"${random.hex(16)}","remote-peer-id":"${BigInt(buffer.id).toString(16)}","remote-peer-name":"pipeline","remote-peer-active":false`,
          ),
        );
  addLog(gather, logOn(gather, 'openshift-etcd', 'etcd-', self, 'etcd'), [...lines, ...dropped]);
}

/** The cut-off member led; the two others agree on another leader, and for a moment no request is answered. */
function election(gather: Gather, start: Micros, term: number): void {
  const random = gather.random.fork(`election/${term}`);
  const members = etcdMembers(CLUSTER, gather.random).map((m) => ({ ...m, hex: BigInt(m.id).toString(16) }));
  const cut = members.find(({ name }) => name === HOST)!;
  const next = members.find(({ name }) => name !== HOST)!;
  for (const self of members) {
    const vote = start + random.int(0, 700_000);
    addLog(gather, logOn(gather, 'openshift-etcd', 'etcd-', self.name, 'etcd'), [
      etcdLine(vote, 'info', 'raft/node.go:340', `raft.node: ${self.hex} lost leader ${cut.hex} at term ${term}`, ''),
      etcdLine(
        vote + 1_400_000,
        'info',
        'raft/node.go:333',
        `raft.node: ${self.hex} elected leader ${next.hex} at term ${term + 1}`,
        '',
      ),
    ]);
  }
  addLog(
    gather,
    logOn(gather, 'openshift-etcd', 'etcd-', HOST, 'etcd'),
    [...spread(random, start, start + 5 * MINUTE, 11 * SECOND)].flatMap((time) => [
      etcdLine(
        time,
        'warn',
        'etcdserver/v3_server.go:897',
        'waiting for ReadIndex response took too long, retrying',
        `"sent-request-id":${random.int(1e12, 9e12)},"retry-timeout":"500ms"`,
      ),
      slowApply(time + 900_000, random.int(700, 999), random),
    ]),
  );
  const say = (time: Micros, where: string, text: string): LogEntry => ({
    at: time + 70,
    text: klog('E', time, 17, where, text),
  });
  addLog(gather, logOn(gather, 'openshift-kube-apiserver', 'kube-apiserver-', HOST, 'kube-apiserver'), [
    ...[...spread(random, start, start + 40 * SECOND, 1.5 * SECOND)].map((time) =>
      say(
        time,
        'status.go:71',
        '"Unhandled Error" err="apiserver received an error that is not an metav1.Status: rpctypes.EtcdError{code:0xe, desc:\\"etcdserver: request timed out\\"}: etcdserver: request timed out" logger="UnhandledError"',
      ),
    ),
    ...[...spread(random, start, start + 2 * MINUTE, 3 * SECOND)].map((time) =>
      say(
        time,
        'writers.go:131',
        '"Unhandled Error" err="apiserver was unable to write a JSON response: http: Handler timeout" logger="UnhandledError"',
      ),
    ),
  ]);
}

function memberUnhealthy(gather: Gather, term: number): void {
  const members = etcdMembers(CLUSTER, gather.random).map((m) =>
    m.name === HOST ? { ...m, healthy: false, took: '5.001442017s' } : m,
  );
  for (const [path, text] of etcdInfo(members, term, 512_877)) gather.files.set(path, text);
  const since = ONSET + 3 * MINUTE;
  const message = `2 of 3 members are available, ${HOST} is unhealthy`;
  setCondition(
    find(gather, 'Etcd', 'cluster'),
    condition('EtcdMembersDegraded', true, since, 'UnhealthyMembers', message),
  );
  operatorReports(gather, 'etcd', {
    type: 'Degraded',
    status: true,
    since: since + 2 * MINUTE,
    reason: 'EtcdMembers_UnhealthyMembers',
    message: `EtcdMembersDegraded: ${message}`,
  });
  alertsFire(gather, {
    name: 'etcdMembersDown',
    group: 'etcd',
    severity: 'critical',
    labels: { job: 'etcd', namespace: 'openshift-etcd' },
    summary: 'etcd cluster members are down.',
    since: seconds(since + 20 * MINUTE).replace('Z', '.000Z'),
  });
}
