import { HOUR, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { apiInt, type Cluster, type NodeSpec } from '../cluster.ts';
import type { LogEntry } from '../gather.ts';
import type { Random } from '../random.ts';
import { klog, micros, spread } from '../stamps.ts';

export interface Span {
  readonly from: Micros;
  readonly to: Micros;
}

/** One line of etcd: zap's JSON. */
export function etcdLine(
  time: Micros,
  level: 'info' | 'warn' | 'error',
  caller: string,
  msg: string,
  fields: string,
): LogEntry {
  return {
    at: time + 120,
    text: `{"level":"${level}","ts":"${micros(time)}","caller":"${caller}","msg":${JSON.stringify(msg)}${fields === '' ? '' : `,${fields}`}}`,
  };
}

/** `apply request took too long`: etcd says so of anything slower than 100 ms, and now and then something is. */
export function slowApply(time: Micros, tookMs: number, random: Random): LogEntry {
  const key = random.pick([
    '/kubernetes.io/leases/openshift-machine-api/cluster-api-provider-machineset-leader',
    '/kubernetes.io/pods/openshift-monitoring/prometheus-k8s-0',
    '/kubernetes.io/configmaps/openshift-kube-scheduler/serviceaccount-ca',
  ]);
  return etcdLine(
    time,
    'warn',
    'txn/util.go:93',
    'apply request took too long',
    `"took":"${tookMs}.${random.int(100000, 999999)}ms","expected-duration":"200ms","prefix":"read-only range ","request":"key:\\"${key}\\" ","response":"range_response_count:1 size:${random.int(400, 3000)}"`,
  );
}

export function etcdDay(random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  let revision = random.int(30_000, 40_000);
  for (const time of spread(random, span.from, span.to, 5 * MINUTE)) {
    const before = revision;
    revision += random.int(1200, 2600);
    const hash = random.int(100_000_000, 4_000_000_000);
    lines.push(etcdLine(time, 'info', 'mvcc/index.go:214', 'compact tree index', `"revision":${revision}`));
    lines.push(
      etcdLine(
        time + 150_000,
        'info',
        'mvcc/kvstore_compaction.go:72',
        'finished scheduled compaction',
        `"compact-revision":${revision},"took":"${random.int(60, 180)}.${random.int(100000, 999999)}ms","hash":${hash},"current-db-size-bytes":98213888,"current-db-size":"98 MB","current-db-size-in-use-bytes":61204480,"current-db-size-in-use":"61 MB"`,
      ),
    );
    lines.push(
      etcdLine(
        time + 150_900,
        'info',
        'mvcc/hash.go:151',
        'storing new hash',
        `"hash":${hash},"revision":${revision},"compact-revision":${before}`,
      ),
    );
  }
  for (const time of spread(random, span.from, span.to, 2.5 * HOUR))
    lines.push(slowApply(time, random.int(201, 260), random));
  for (const time of spread(random, span.from, span.to, 3 * HOUR)) {
    lines.push(
      etcdLine(
        time,
        'warn',
        'embed/config_logging.go:170',
        'rejected connection on client endpoint',
        `"remote-addr":"127.0.0.1:${random.int(30000, 60000)}","server-name":"","error":"EOF"`,
      ),
    );
  }
  return lines;
}

/** A member's first minutes: it waits for its peers and an election settles who leads. */
export function etcdStart(node: NodeSpec, id: string, random: Random): LogEntry[] {
  const start = node.joined + 5 * MINUTE;
  const hex = BigInt(id).toString(16);
  return [
    etcdLine(
      start,
      'info',
      'etcdmain/etcd.go:73',
      'Running: ',
      `"args":["etcd","--logger=zap","--log-level=info","--initial-advertise-peer-urls=https://${node.ip}:2380"]`,
    ),
    etcdLine(start + 2 * SECOND, 'info', 'raft/raft.go:971', `${hex} is starting a new election at term 1`, ''),
    etcdLine(start + 3 * SECOND, 'info', 'raft/raft.go:865', `${hex} became follower at term 2`, ''),
    etcdLine(
      start + 3 * SECOND + 500,
      'info',
      'raft/node.go:330',
      `raft.node: ${hex} elected leader ${hex} at term 2`,
      '',
    ),
    ...[4, 9, 14].map((s) =>
      etcdLine(
        start + s * SECOND,
        'warn',
        'rafthttp/probing_status.go:68',
        'prober detected unhealthy status',
        `"round-tripper-name":"ROUND_TRIPPER_SNAPSHOT","remote-peer-id":"${random.hex(16)}","rtt":"0s","error":"dial tcp: connect: connection refused"`,
      ),
    ),
    etcdLine(
      start + 20 * SECOND,
      'info',
      'etcdserver/server.go:2137',
      'published local member to cluster through raft',
      `"local-member-id":"${hex}"`,
    ),
    etcdLine(
      start + 21 * SECOND,
      'info',
      'embed/serve.go:250',
      'serving client traffic securely',
      `"traffic":"grpc+http","address":"[::]:2379"`,
    ),
  ];
}

const CACHED = [
  'ingresses.config.openshift.io',
  'machineconfigs.machineconfiguration.openshift.io',
  'proxies.config.openshift.io',
  'baremetalhosts.metal3.io',
];

export function kubeApiserverDay(cluster: Cluster, node: NodeSpec, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const pid = 16 + random.int(0, 4);
  const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
    lines.push({ at: time + 80, text: klog(level, time, pid, where, text) });
  const start = node.joined + 12 * MINUTE;
  for (const name of CACHED)
    say(start + random.int(1, 20) * SECOND, 'I', 'cacher.go:463', `cacher (${name}): initialized`);
  for (const time of spread(random, start, start + 8 * MINUTE, 20 * SECOND)) {
    say(
      time,
      'W',
      'logging.go:55',
      `[core] [Channel #${random.int(1, 90)} SubChannel #${random.int(91, 200)}]grpc: addrConn.createTransport failed to connect to {Addr: "${node.ip}:2379", ServerName: "${node.ip}:2379", }. Err: connection error: desc = "transport: Error while dialing: dial tcp ${node.ip}:2379: connect: connection refused"`,
    );
  }
  for (const time of spread(random, span.from, span.to, 35 * MINUTE)) {
    say(
      time,
      'I',
      'log.go:245',
      `http: TLS handshake error from 10.128.0.${random.int(2, 90)}:${random.int(30000, 60000)}: EOF`,
    );
  }
  for (const time of spread(random, span.from, span.to, 10 * MINUTE)) {
    say(
      time,
      'I',
      'controller.go:624',
      `quota admission added evaluator for: ${random.pick(['jobs.batch', 'installplans.operators.coreos.com', 'replicasets.apps'])}`,
    );
  }
  for (const time of spread(random, span.from, span.to, 90 * MINUTE)) {
    say(
      time,
      'I',
      'trace.go:236',
      `Trace[${random.int(1000000, 2000000000)}]: "List" accept:application/json, */*,audit-id:${random.uuid()},client:10.128.0.${random.int(3, 90)},api-group:,api-version:v1,name:,subresource:,namespace:,protocol:HTTP/2.0,resource:secrets,scope:cluster,url:/api/v1/secrets,user-agent:cluster-kube-apiserver-operator/v0.0.0,verb:LIST (total time: ${random.int(510, 900)}ms):`,
    );
  }
  say(
    span.to - 40 * SECOND,
    'I',
    'cidrallocator.go:278',
    `updated ClusterIP allocator for Service CIDR ${cluster.serviceNetwork}`,
  );
  return lines;
}

/** kube-controller-manager or kube-scheduler: the leader works, the others wait. */
export function leaderDay(
  cluster: Cluster,
  name: string,
  leads: boolean,
  node: NodeSpec,
  random: Random,
  span: Span,
): LogEntry[] {
  const lines: LogEntry[] = [];
  const say = (time: Micros, level: 'I' | 'W' | 'E', where: string, text: string) =>
    lines.push({ at: time + 80, text: klog(level, time, 1, where, text) });
  const start = node.joined + 14 * MINUTE;
  const resource = name === 'kube-scheduler' ? 'openshift-kube-scheduler/kube-scheduler' : `kube-system/${name}`;
  for (const time of spread(random, start, start + 3 * MINUTE, 15 * SECOND)) {
    say(
      time,
      'E',
      'leaderelection.go:429',
      `error retrieving resource lock ${resource}: Get "${apiInt(cluster)}/apis/coordination.k8s.io/v1/namespaces/${resource.replace('/', '/leases/')}?timeout=53.5s": dial tcp ${cluster.apiVIP}:6443: connect: connection refused`,
    );
  }
  say(start + 4 * MINUTE, 'I', 'leaderelection.go:254', `attempting to acquire leader lease ${resource}...`);
  if (!leads) return lines;
  say(start + 5 * MINUTE, 'I', 'leaderelection.go:268', `successfully acquired lease ${resource}`);
  for (const time of spread(random, span.from, span.to, 8 * MINUTE)) {
    if (name === 'kube-scheduler')
      say(
        time,
        'I',
        'schedule_one.go:302',
        `"Successfully bound pod to node" pod="openshift-marketplace/redhat-operators-${random.suffix(5)}" node="${node.name}" evaluatedNodes=${cluster.nodes.length} feasibleNodes=1`,
      );
    else
      say(
        time,
        'I',
        'replica_set.go:679',
        `"Finished syncing" logger="replicaset-controller" kind="ReplicaSet" key="openshift-oauth-apiserver/apiserver-${random.suffix(10)}" duration="${random.int(50, 130)}.${random.int(1, 9)}µs"`,
      );
  }
  return lines;
}
