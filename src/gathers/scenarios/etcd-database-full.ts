import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { masters } from '../cluster.ts';
import { etcdInfo, etcdMembers } from '../files.ts';
import { addLog, type Gather } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { etcdLine } from '../noise/control-plane.ts';
import { at, klog, micros, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, saidAt } from './steps.ts';

const CLUSTER = siteCluster({
  scenario: 'etcd-database-full',
  started: '2025-03-03T10:00:00Z',
  gathered: '2026-05-21T09:40:00Z',
  name: 'sim',
  domain: 'lab.example.edu',
  version: '4.15.36',
  platform: 'None',
  network: '10.3.77',
  masters: ['sim-0', 'sim-1', 'sim-2'],
  workers: [],
});
const FULL = at('2026-05-21T08:52:07Z');
const QUOTA = 8 * 1024 ** 3;
const EXCEEDED = 'etcdserver: mvcc: database space exceeded';

/** A custom operator writes until etcd reaches its quota; from then on every write is refused. */
export const etcdDatabaseFull: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: [
        'kube-node-lease',
        'kube-system',
        'openshift-etcd',
        'openshift-kube-apiserver',
        'openshift-kube-controller-manager',
        'openshift-kube-scheduler',
      ],
      hours: 4,
      layout: 'lists',
      tool: 'inspect',
    });
    nothingIsWritten(gather);
    for (const node of masters(CLUSTER)) refuses(gather, node.name);
    leadersEnd(gather);
    return { gather, beside: new Map(askedByHand(gather)) };
  },
};

/** Leases and heartbeats stand still; the node controller cannot even say that it noticed. */
function nothingIsWritten(gather: Gather): void {
  for (const object of gather.objects) {
    const random = gather.random.fork(`last/${object.metadata.name}`);
    const last = FULL - random.int(1, 9) * SECOND;
    if (object.kind === 'Lease') object['spec'].renewTime = micros(last);
    if (object.kind === 'Node')
      for (const held of object['status'].conditions) held.lastHeartbeatTime = seconds(last - 2 * MINUTE);
  }
}

function refuses(gather: Gather, node: string): void {
  const random = gather.random.fork(`refuses/${node}`);
  const times = (every: number) => spread(random, FULL, CLUSTER.gatheredAt - 30 * SECOND, every);
  const first = BigInt(etcdMembers(CLUSTER, gather.random)[0]!.id).toString(16);
  addLog(gather, logOn(gather, 'openshift-etcd', 'etcd-', node, 'etcd'), [
    etcdLine(FULL, 'warn', 'etcdserver/apply.go:779', 'alarm raised', `"alarm":"NOSPACE","from":"${first}"`),
    ...[...times(15 * SECOND)].map((time) =>
      etcdLine(
        time,
        'warn',
        'etcdserver/util.go:123',
        'failed to apply request',
        `"took":"${random.int(4, 30)}.${random.int(100, 999)}µs","request":"header:<ID:${random.int(1e12, 9e12)} > txn:<compare:<target:MOD key:\\"/kubernetes.io/leases/kube-node-lease/${node}\\" mod_revision:${random.int(9e8, 9.9e8)} > success:<request_put:<key:\\"/kubernetes.io/leases/kube-node-lease/${node}\\" value_size:530 >> >","response":"size:6","error":"etcdserver: no space"`,
      ),
    ),
  ]);
  addLog(
    gather,
    logOn(gather, 'openshift-kube-apiserver', 'kube-apiserver-', node, 'kube-apiserver'),
    [...times(14 * SECOND)].map((time) => ({
      at: time + 70,
      text: klog(
        'E',
        time,
        17,
        'status.go:71',
        `apiserver received an error that is not an metav1.Status: &status.Error{s:(*status.Status)(0xc03a${random.hex(6)})}: rpc error: code = ResourceExhausted desc = ${EXCEEDED}`,
      ),
    })),
  );
}

function leadersEnd(gather: Gather): void {
  const key = logOn(
    gather,
    'openshift-kube-controller-manager',
    'kube-controller-manager-',
    'sim-0',
    'kube-controller-manager',
  );
  const update = `error retrieving or updating lease lock kube-system/kube-controller-manager: ${EXCEEDED}`;
  const until: Micros = FULL + 107 * SECOND;
  const random = gather.random.fork('leader');
  addLog(gather, key, saidAt(spread(random, FULL, until, 26 * SECOND), 'E', 'leaderelection.go:332', update));
}

/** What a person asked etcdctl for. */
function* askedByHand(gather: Gather): Generator<[string, string]> {
  const members = etcdMembers(CLUSTER, gather.random);
  const info = etcdInfo(members, 11, 962_118_340);
  for (const [path, text] of info) {
    if (path.endsWith('endpoint_status.json'))
      yield [
        path,
        text
          .replaceAll('"dbSize":98213888', `"dbSize":${QUOTA + 4096}`)
          .replaceAll('"dbSizeInUse":61204480', `"dbSizeInUse":${QUOTA - 81_920}`),
      ];
    if (path.endsWith('member_list.json')) yield [path, text];
    if (path.endsWith('alarm_list.json'))
      yield [path, text.replace(/\}\}\n$/, `},"alarms":[{"memberID":${members[0]!.id},"alarm":1}]}\n`)];
  }
}
