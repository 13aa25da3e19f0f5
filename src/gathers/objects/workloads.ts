import { MINUTE, SECOND } from '../../model/time.ts';
import { type Cluster, masters, type NodeSpec, workers } from '../cluster.ts';
import { condition, type Json, type KubeObject, managedBy, meta } from '../kube.ts';
import type { Random } from '../random.ts';
import { seconds } from '../stamps.ts';
import type { Workload } from './workload-catalogue.ts';
import { workloadsOf } from './workload-choice.ts';

/** Controllers and pods of every workload, all running. */
export function workloadObjects(cluster: Cluster, random: Random): KubeObject[] {
  return workloadsOf(cluster).flatMap((workload) =>
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
