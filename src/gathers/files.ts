import { Buffer } from 'node:buffer';
import { type Cluster, masters } from './cluster.ts';
import type { Random } from './random.ts';

export interface EtcdMember {
  readonly id: string;
  readonly name: string;
  readonly ip: string;
  readonly healthy: boolean;
  readonly took: string;
}

export function etcdMembers(cluster: Cluster, random: Random): EtcdMember[] {
  return masters(cluster).map((node) => {
    const own = random.fork(`etcd/${node.name}`);
    return {
      id: memberId(own),
      name: node.name,
      ip: node.ip,
      healthy: true,
      took: `${own.int(4, 14)}.${own.int(100000, 999999)}ms`,
    };
  });
}

/** Larger than 2^53, as real ones are: written as text so that no digit is lost. */
function memberId(random: Random): string {
  return String(BigInt(`0x${random.pick(['8', '9', 'a', 'b', 'c'])}${random.hex(15)}`));
}

/** `etcd_info/*.json` as etcdctl prints them: one line each. */
export function etcdInfo(members: readonly EtcdMember[], term: number, revision: number): Map<string, string> {
  const cluster = '14841639068965178418';
  const header = (id: string, more = '') => `{"cluster_id":${cluster},"member_id":${id}${more},"raft_term":${term}}`;
  const leader = members[0]!.id;
  const url = (ip: string, port: number) => `https://${ip}:${port}`;
  const list = members.map(
    (m) => `{"ID":${m.id},"name":"${m.name}","peerURLs":["${url(m.ip, 2380)}"],"clientURLs":["${url(m.ip, 2379)}"]}`,
  );
  const health = members.map(
    (m) =>
      `{"endpoint":"${url(m.ip, 2379)}","health":${m.healthy},"took":"${m.took}"${m.healthy ? '' : ',"error":"context deadline exceeded"'}}`,
  );
  const status = members
    .filter((m) => m.healthy)
    .map(
      (m) =>
        `{"Endpoint":"${url(m.ip, 2379)}","Status":{"header":${header(m.id, `,"revision":${revision}`)},"version":"3.5.18","dbSize":98213888,"leader":${leader},"raftIndex":${revision + 40211},"raftTerm":${term},"raftAppliedIndex":${revision + 40211},"dbSizeInUse":61204480}}`,
    );
  return new Map([
    ['etcd_info/member_list.json', `{"header":${header(leader)},"members":[${list.join(',')}]}\n`],
    ['etcd_info/endpoint_health.json', `[${health.join(',')}]\n`],
    ['etcd_info/endpoint_status.json', `[${status.join(',')}]\n`],
    ['etcd_info/alarm_list.json', `{"header":${header(leader, `,"revision":${revision}`)}}\n`],
    [
      'etcd_info/object_count.json',
      '{"etcd_resources":[{"object_count":"1203","object_name":"/kubernetes.io/events","object_size":"1.1M"},{"object_count":"911","object_name":"/kubernetes.io/secrets","object_size":"7.2M"}]}\n',
    ],
  ]);
}

export interface AlertSpec {
  readonly name: string;
  readonly group: string;
  readonly severity: 'none' | 'info' | 'warning' | 'critical';
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly since: string;
  readonly state?: 'firing' | 'pending';
}

const QUIET_RULES: readonly (readonly [
  group: string,
  name: string,
  severity: AlertSpec['severity'],
  summary: string,
])[] = [
  ['etcd', 'etcdHighFsyncDurations', 'critical', 'etcd cluster 99th percentile fsync durations are too high.'],
  ['etcd', 'etcdMembersDown', 'critical', 'etcd cluster members are down.'],
  ['kubernetes-apps', 'KubePodCrashLooping', 'warning', 'Pod is crash looping.'],
  ['cluster-version', 'ClusterOperatorDegraded', 'warning', 'Cluster operator has been degraded for 30 minutes.'],
  ['kubernetes-system-kubelet', 'KubeNodeNotReady', 'warning', 'Node is not ready.'],
  [
    'node-exporter',
    'NodeFilesystemSpaceFillingUp',
    'warning',
    'Filesystem is predicted to run out of space within the next 24 hours.',
  ],
];

/** `monitoring/prometheus/rules.json`: Watchdog always fires, and so does the reminder that no receiver is set. */
export function prometheusRules(cluster: Cluster, alerts: readonly AlertSpec[]): string {
  const since = new Date((cluster.installCompleted ?? cluster.installStarted) / 1000 + 1_800_000).toISOString();
  const firing: AlertSpec[] = [
    {
      name: 'Watchdog',
      group: 'general.rules',
      severity: 'none',
      summary: 'An alert that should always be firing to certify that Alertmanager is working properly.',
      since,
    },
    {
      name: 'AlertmanagerReceiversNotConfigured',
      group: 'openshift-kubernetes.rules',
      severity: 'warning',
      summary: 'Receivers (notification integrations) are not configured on Alertmanager',
      since,
    },
    ...alerts,
  ];
  const groups = new Map<string, object[]>();
  const put = (group: string, rule: object) => groups.set(group, [...(groups.get(group) ?? []), rule]);
  for (const alert of firing) {
    const labels = { severity: alert.severity };
    put(alert.group, {
      state: alert.state ?? 'firing',
      name: alert.name,
      query: 'vector(1)',
      duration: 0,
      labels,
      annotations: { summary: alert.summary },
      alerts: [
        {
          labels: { alertname: alert.name, ...labels, ...alert.labels },
          annotations: { summary: alert.summary },
          state: alert.state ?? 'firing',
          activeAt: alert.since,
          value: '1e+00',
        },
      ],
      health: 'ok',
      type: 'alerting',
    });
  }
  for (const [group, name, severity, summary] of QUIET_RULES) {
    if (alerts.some((alert) => alert.name === name)) continue;
    put(group, {
      state: 'inactive',
      name,
      query: 'vector(0) > 0',
      duration: 900,
      labels: { severity },
      annotations: { summary },
      alerts: [],
      health: 'ok',
      type: 'alerting',
    });
  }
  const data = {
    groups: [...groups].map(([name, rules]) => ({
      name,
      file: `/etc/prometheus/rules/prometheus-k8s-rulefiles-0/${name}.yaml`,
      rules,
      interval: 30,
    })),
  };
  return `${JSON.stringify({ status: 'success', data })}\n`;
}

export function imageDirectory(random: Random): string {
  return `quay-io-openshift-release-dev-ocp-v4-0-art-dev-sha256-${random.fork('gather-image').hex(64)}`;
}

/** `must-gather.local.<int>`: a large whole number. */
export function gatherDirectory(random: Random): string {
  const own = random.fork('gather-directory');
  let digits = String(own.int(1, 8));
  while (digits.length < 19) digits += own.int(0, 9);
  return `must-gather.local.${digits}`;
}

export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
