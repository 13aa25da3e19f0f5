import { MINUTE, SECOND } from '../../model/time.ts';
import { type Cluster, masters, type NodeSpec, workers } from '../cluster.ts';
import { condition, type Json, type KubeObject, managedBy, meta } from '../kube.ts';
import type { Random } from '../random.ts';
import { seconds } from '../stamps.ts';

/** One workload of the platform. `logged` names the containers whose logs the miniature gather holds. */
export interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'static' | 'guard' | 'daemonset' | 'deployment' | 'statefulset';
  readonly on: 'masters' | 'workers' | 'all';
  readonly replicas?: number;
  readonly containers: readonly string[];
  readonly logged?: readonly string[];
}

const STATIC: readonly Workload[] = [
  {
    namespace: 'openshift-etcd',
    name: 'etcd',
    kind: 'static',
    on: 'masters',
    containers: ['etcdctl', 'etcd', 'etcd-metrics', 'etcd-readyz', 'etcd-rev'],
    logged: ['etcd'],
  },
  {
    namespace: 'openshift-kube-apiserver',
    name: 'kube-apiserver',
    kind: 'static',
    on: 'masters',
    containers: ['kube-apiserver', 'kube-apiserver-cert-syncer', 'kube-apiserver-check-endpoints'],
    logged: ['kube-apiserver'],
  },
  {
    namespace: 'openshift-kube-controller-manager',
    name: 'kube-controller-manager',
    kind: 'static',
    on: 'masters',
    containers: ['kube-controller-manager', 'cluster-policy-controller'],
    logged: ['kube-controller-manager'],
  },
  {
    namespace: 'openshift-kube-scheduler',
    name: 'openshift-kube-scheduler',
    kind: 'static',
    on: 'masters',
    containers: ['kube-scheduler', 'kube-scheduler-cert-syncer'],
    logged: ['kube-scheduler'],
  },
  {
    namespace: 'openshift-kni-infra',
    name: 'keepalived',
    kind: 'static',
    on: 'all',
    containers: ['keepalived', 'keepalived-monitor'],
    logged: ['keepalived', 'keepalived-monitor'],
  },
  {
    namespace: 'openshift-kni-infra',
    name: 'haproxy',
    kind: 'static',
    on: 'masters',
    containers: ['haproxy', 'haproxy-monitor'],
    logged: ['haproxy', 'haproxy-monitor'],
  },
  {
    namespace: 'openshift-kni-infra',
    name: 'coredns',
    kind: 'static',
    on: 'all',
    containers: ['coredns', 'coredns-monitor'],
    logged: ['coredns'],
  },
  ...['etcd', 'kube-apiserver', 'kube-controller-manager', 'openshift-kube-scheduler'].map(
    (name): Workload => ({
      namespace: name.startsWith('openshift') ? name : `openshift-${name}`,
      name: `${name}-guard`,
      kind: 'guard',
      on: 'masters',
      containers: ['guard'],
    }),
  ),
];

function operator(namespace: string, name: string, logged = true): Workload {
  return {
    namespace,
    name,
    kind: 'deployment',
    on: 'masters',
    replicas: 1,
    containers: [name],
    ...(logged ? { logged: [name] } : {}),
  };
}

const OTHERS: readonly Workload[] = [
  operator('openshift-etcd-operator', 'etcd-operator'),
  operator('openshift-kube-apiserver-operator', 'kube-apiserver-operator'),
  operator('openshift-kube-controller-manager-operator', 'kube-controller-manager-operator'),
  operator('openshift-network-operator', 'network-operator'),
  operator('openshift-authentication-operator', 'authentication-operator'),
  operator('openshift-ingress-operator', 'ingress-operator'),
  operator('openshift-console-operator', 'console-operator', false),
  operator('openshift-machine-config-operator', 'machine-config-operator'),
  operator('openshift-machine-config-operator', 'machine-config-controller'),
  operator('openshift-cluster-version', 'cluster-version-operator'),
  operator('openshift-dns-operator', 'dns-operator', false),
  operator('openshift-monitoring', 'cluster-monitoring-operator'),
  operator('openshift-operator-lifecycle-manager', 'olm-operator', false),
  operator('openshift-machine-api', 'machine-api-operator', false),
  operator('openshift-machine-api', 'cluster-baremetal-operator'),
  {
    namespace: 'openshift-cluster-machine-approver',
    name: 'machine-approver',
    kind: 'deployment',
    on: 'masters',
    replicas: 1,
    containers: ['kube-rbac-proxy', 'machine-approver-controller'],
    logged: ['machine-approver-controller'],
  },
  {
    namespace: 'openshift-machine-api',
    name: 'metal3',
    kind: 'deployment',
    on: 'masters',
    replicas: 1,
    containers: ['metal3-httpd', 'metal3-ironic', 'metal3-ramdisk-logs', 'metal3-static-ip-manager'],
    logged: ['metal3-ironic', 'metal3-ramdisk-logs'],
  },
  {
    namespace: 'openshift-machine-api',
    name: 'metal3-baremetal-operator',
    kind: 'deployment',
    on: 'masters',
    replicas: 1,
    containers: ['metal3-baremetal-operator'],
    logged: ['metal3-baremetal-operator'],
  },
  {
    namespace: 'openshift-apiserver',
    name: 'apiserver',
    kind: 'deployment',
    on: 'masters',
    replicas: 3,
    containers: ['openshift-apiserver', 'openshift-apiserver-check-endpoints'],
  },
  {
    namespace: 'openshift-oauth-apiserver',
    name: 'apiserver',
    kind: 'deployment',
    on: 'masters',
    replicas: 3,
    containers: ['oauth-apiserver'],
  },
  {
    namespace: 'openshift-authentication',
    name: 'oauth-openshift',
    kind: 'deployment',
    on: 'masters',
    replicas: 3,
    containers: ['oauth-openshift'],
  },
  {
    namespace: 'openshift-console',
    name: 'console',
    kind: 'deployment',
    on: 'masters',
    replicas: 2,
    containers: ['console'],
  },
  {
    namespace: 'openshift-ingress',
    name: 'router-default',
    kind: 'deployment',
    on: 'workers',
    replicas: 2,
    containers: ['router'],
    logged: ['router'],
  },
  {
    namespace: 'openshift-ingress-canary',
    name: 'ingress-canary',
    kind: 'daemonset',
    on: 'workers',
    containers: ['serve-healthcheck-canary'],
  },
  {
    namespace: 'openshift-dns',
    name: 'dns-default',
    kind: 'daemonset',
    on: 'all',
    containers: ['dns', 'kube-rbac-proxy'],
  },
  {
    namespace: 'openshift-multus',
    name: 'multus',
    kind: 'daemonset',
    on: 'all',
    containers: ['kube-multus'],
    logged: ['kube-multus'],
  },
  {
    namespace: 'openshift-ovn-kubernetes',
    name: 'ovnkube-node',
    kind: 'daemonset',
    on: 'all',
    containers: [
      'ovn-controller',
      'ovn-acl-logging',
      'kube-rbac-proxy-node',
      'northd',
      'nbdb',
      'sbdb',
      'ovnkube-controller',
    ],
    logged: ['ovn-controller', 'ovnkube-controller'],
  },
  {
    namespace: 'openshift-ovn-kubernetes',
    name: 'ovnkube-control-plane',
    kind: 'deployment',
    on: 'masters',
    replicas: 2,
    containers: ['kube-rbac-proxy', 'ovnkube-cluster-manager'],
  },
  {
    namespace: 'openshift-machine-config-operator',
    name: 'machine-config-daemon',
    kind: 'daemonset',
    on: 'all',
    containers: ['machine-config-daemon', 'kube-rbac-proxy'],
    logged: ['machine-config-daemon'],
  },
  {
    namespace: 'openshift-machine-config-operator',
    name: 'machine-config-server',
    kind: 'daemonset',
    on: 'masters',
    containers: ['machine-config-server'],
  },
  {
    namespace: 'openshift-monitoring',
    name: 'prometheus-k8s',
    kind: 'statefulset',
    on: 'workers',
    replicas: 2,
    containers: ['prometheus', 'config-reloader', 'thanos-sidecar'],
  },
  {
    namespace: 'openshift-monitoring',
    name: 'alertmanager-main',
    kind: 'statefulset',
    on: 'workers',
    replicas: 2,
    containers: ['alertmanager'],
  },
  {
    namespace: 'openshift-monitoring',
    name: 'node-exporter',
    kind: 'daemonset',
    on: 'all',
    containers: ['node-exporter', 'kube-rbac-proxy'],
  },
];

export const WORKLOADS: readonly Workload[] = [...STATIC, ...OTHERS];

/** Controllers and pods of every workload, all running. */
export function workloadObjects(cluster: Cluster, random: Random): KubeObject[] {
  return WORKLOADS.flatMap((workload) =>
    workloadSet(cluster, workload, random.fork(`${workload.namespace}/${workload.name}`)),
  );
}

/** The objects of one workload: its controllers and its pods. */
export function workloadSet(cluster: Cluster, workload: Workload, random: Random): KubeObject[] {
  const hosts = hostsOf(cluster, workload);
  const count =
    workload.kind === 'deployment' || workload.kind === 'statefulset'
      ? Math.min(workload.replicas ?? 1, hosts.length)
      : hosts.length;
  const created = cluster.installStarted + random.int(12, 40) * MINUTE;
  const hash = random.suffix(10);
  const chosen = Array.from(
    { length: count },
    (_, index) => hosts[(index + random.int(0, 1) * (count < hosts.length ? 1 : 0)) % hosts.length]!,
  );
  const pods = chosen.map((node, index) =>
    pod(
      workload,
      node,
      podName(workload, node, index, hash, random),
      Math.max(created, node.joined + 2 * MINUTE),
      random,
    ),
  );
  return [...controllers(workload, count, hash, created, random), ...pods];
}

function hostsOf(cluster: Cluster, workload: Workload): readonly NodeSpec[] {
  if (workload.on === 'all') return cluster.nodes;
  if (workload.on === 'masters') return masters(cluster);
  return workers(cluster).length > 0 ? workers(cluster) : masters(cluster);
}

function podName(workload: Workload, node: NodeSpec, index: number, hash: string, random: Random): string {
  if (workload.kind === 'static' || workload.kind === 'guard') return `${workload.name}-${node.name}`;
  if (workload.kind === 'daemonset') return `${workload.name}-${random.suffix(5)}`;
  if (workload.kind === 'statefulset') return `${workload.name}-${index}`;
  return `${workload.name}-${hash}-${random.suffix(5)}`;
}

/** A running pod. */
export function pod(workload: Workload, node: NodeSpec, name: string, started: number, random: Random): KubeObject {
  const hostNetwork =
    workload.kind === 'static' || /ovnkube-node|machine-config|multus|node-exporter/.test(workload.name);
  const ip = hostNetwork ? node.ip : `10.128.${random.int(0, 9)}.${random.int(5, 240)}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(random, name, started, {
      annotations:
        workload.kind === 'static'
          ? {
              'kubernetes.io/config.hash': random.hex(32),
              'kubernetes.io/config.mirror': random.hex(32),
              'kubernetes.io/config.seen': seconds(started),
              'kubernetes.io/config.source': 'file',
            }
          : { 'openshift.io/scc': 'privileged' },
      labels: { app: workload.name },
      managedFields: [
        {
          ...managedBy('kubelet', started + 40 * SECOND, { 'f:status': { 'f:containerStatuses': {}, 'f:phase': {} } }),
          subresource: 'status',
        },
      ],
      namespace: workload.namespace,
      ownerReferences: [
        {
          apiVersion: workload.kind === 'static' ? 'v1' : 'apps/v1',
          controller: true,
          kind: ownerKind(workload),
          name:
            workload.kind === 'deployment'
              ? name.replace(/-[^-]+$/, '')
              : workload.kind === 'static'
                ? node.name
                : workload.name,
          uid: random.uuid(),
        },
      ],
    }),
    spec: {
      containers: workload.containers.map((container) => ({
        image: `quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:${random.hex(64)}`,
        imagePullPolicy: 'IfNotPresent',
        name: container,
      })),
      ...(hostNetwork ? { hostNetwork: true } : {}),
      nodeName: node.name,
      priorityClassName: 'system-node-critical',
      restartPolicy: 'Always',
    },
    status: {
      conditions: [
        podCondition('Initialized', started),
        podCondition('Ready', started + 40 * SECOND),
        podCondition('ContainersReady', started + 40 * SECOND),
        podCondition('PodScheduled', started),
      ],
      containerStatuses: workload.containers.map((container) => ({
        containerID: `cri-o://${random.hex(64)}`,
        image: '',
        lastState: {},
        name: container,
        ready: true,
        restartCount: random.chance(0.15) ? 1 : 0,
        started: true,
        state: { running: { startedAt: seconds(started + 20 * SECOND) } },
      })),
      hostIP: node.ip,
      phase: 'Running',
      podIP: ip,
      podIPs: [{ ip }],
      qosClass: 'Burstable',
      startTime: seconds(started),
    },
  };
}

function podCondition(type: string, since: number): Json {
  return { ...condition(type, true, since), lastProbeTime: null };
}

function ownerKind(workload: Workload): string {
  return {
    static: 'Node',
    guard: 'Node',
    daemonset: 'DaemonSet',
    deployment: 'ReplicaSet',
    statefulset: 'StatefulSet',
  }[workload.kind];
}

function controllers(workload: Workload, count: number, hash: string, created: number, random: Random): KubeObject[] {
  const { namespace, name, kind } = workload;
  const labels = { matchLabels: { app: name } };
  const base = (object: string, of: string) => ({
    apiVersion: 'apps/v1',
    kind: of,
    metadata: meta(random, object, created, { generation: 1, namespace }),
  });
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: workload.containers.map((container) => ({ name: container })) },
  };
  if (kind === 'daemonset') {
    return [
      {
        ...base(name, 'DaemonSet'),
        spec: { selector: labels, template },
        status: {
          currentNumberScheduled: count,
          desiredNumberScheduled: count,
          numberAvailable: count,
          numberMisscheduled: 0,
          numberReady: count,
          observedGeneration: 1,
          updatedNumberScheduled: count,
        },
      },
    ];
  }
  if (kind === 'statefulset') {
    return [
      {
        ...base(name, 'StatefulSet'),
        spec: { replicas: count, selector: labels, template },
        status: {
          availableReplicas: count,
          observedGeneration: 1,
          readyReplicas: count,
          replicas: count,
          updatedReplicas: count,
        },
      },
    ];
  }
  if (kind !== 'deployment') return [];
  const replicas = { availableReplicas: count, observedGeneration: 1, readyReplicas: count, replicas: count };
  return [
    {
      ...base(name, 'Deployment'),
      spec: {
        progressDeadlineSeconds: 600,
        replicas: count,
        selector: labels,
        strategy: { type: 'RollingUpdate' },
        template,
      },
      status: {
        ...replicas,
        conditions: [
          {
            ...condition(
              'Available',
              true,
              created + MINUTE,
              'MinimumReplicasAvailable',
              'Deployment has minimum availability.',
            ),
            lastUpdateTime: seconds(created + MINUTE),
          },
          {
            ...condition(
              'Progressing',
              true,
              created,
              'NewReplicaSetAvailable',
              `ReplicaSet "${name}-${hash}" has successfully progressed.`,
            ),
            lastUpdateTime: seconds(created + MINUTE),
          },
        ],
        updatedReplicas: count,
      },
    },
    {
      ...base(`${name}-${hash}`, 'ReplicaSet'),
      spec: { replicas: count, selector: labels, template },
      status: { ...replicas, fullyLabeledReplicas: count },
    },
  ];
}
