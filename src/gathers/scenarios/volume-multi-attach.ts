import { MINUTE, type Micros } from '../../model/time.ts';
import { addLog, find, type Gather } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { type KubeObject, meta } from '../kube.ts';
import { event } from '../objects/events.ts';
import type { Workload } from '../objects/workload-catalogue.ts';
import { workloadSet } from '../objects/workloads.ts';
import { at, klog, micros, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, operatorReports, waitsForVolumes } from './steps.ts';

const named = (...numbers: number[]) => numbers.map((n) => `ip-10-0-53-${n}.eu-central-1.compute.internal`);
const [HOME, DEAD] = named(41, 42) as [string, string];
const CLUSTER = siteCluster({
  scenario: 'volume-multi-attach',
  started: '2025-05-20T06:00:00Z',
  gathered: '2025-11-08T03:31:00Z',
  name: 'orders',
  domain: 'eu.example.com',
  version: '4.16.33',
  platform: 'AWS',
  network: '10.0.53',
  masters: named(11, 12, 13),
  workers: [HOME, DEAD, ...named(43)],
});
const LOST = at('2025-11-08T01:12:20Z');
const EVICTED = LOST + 6 * MINUTE;

/** A worker's instance dies; its volumes stay attached to it, and the pods that should take over wait for them. */
export const volumeMultiAttach: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: [
        'default',
        'kube-node-lease',
        'kube-system',
        'openshift-etcd',
        'openshift-kube-controller-manager',
        'openshift-cluster-version',
      ],
      hours: 4,
      layout: 'lists',
    });
    nodeDies(gather);
    for (const workload of MOVED) takesOver(gather, workload);
    operatorReports(
      gather,
      'image-registry',
      {
        type: 'Available',
        status: false,
        since: EVICTED + 2 * MINUTE,
        reason: 'NoReplicasAvailable',
        message:
          'Available: The deployment does not have available replicas\nNodeCADaemonAvailable: The daemon set node-ca has available replicas',
      },
      {
        type: 'Progressing',
        status: true,
        since: EVICTED,
        reason: 'DeploymentNotCompleted',
        message: 'Progressing: The deployment has not completed',
      },
    );
    return { gather, beside: new Map() };
  },
};

function nodeDies(gather: Gather): void {
  const node = find(gather, 'Node', DEAD);
  for (const held of node['status'].conditions)
    Object.assign(held, {
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastHeartbeatTime: seconds(LOST - 100_000_000),
      lastTransitionTime: seconds(LOST + 50_000_000),
    });
  node['spec'].taints = ['NoSchedule', 'NoExecute'].map((effect) => ({
    effect,
    key: 'node.kubernetes.io/unreachable',
    timeAdded: seconds(LOST + 51_000_000),
  }));
  find(gather, 'Lease', DEAD, 'kube-node-lease')['spec'].renewTime = micros(LOST - 4_000_000);
  for (const [unit, entries] of gather.units)
    gather.units.set(
      unit,
      entries.filter((entry) => entry.host !== DEAD),
    );
  gather.objects.push(
    event(gather.random.fork('not-ready'), {
      namespace: 'default',
      about: ['Node', DEAD],
      reason: 'NodeNotReady',
      message: `Node ${DEAD} status is now: NodeNotReady`,
      component: 'node-controller',
      first: LOST + 50_000_000,
    }),
  );
}

const MOVED: readonly Workload[] = [
  {
    namespace: 'openshift-image-registry',
    name: 'image-registry',
    kind: 'deployment',
    on: 'workers',
    replicas: 1,
    containers: ['registry'],
  },
  { namespace: 'orders', name: 'postgres', kind: 'deployment', on: 'workers', replicas: 1, containers: ['postgres'] },
];

function takesOver(gather: Gather, workload: Workload): void {
  const { namespace, name } = workload;
  const random = gather.random.fork(`moved/${name}`);
  const set = workloadSet(CLUSTER, workload, random);
  const old = set.find((object) => object.kind === 'Pod')!;
  const pod = structuredClone(old) as KubeObject;
  old['spec'].nodeName = DEAD;
  Object.assign(old.metadata, { deletionTimestamp: seconds(EVICTED + 30_000_000), deletionGracePeriodSeconds: 30 });
  pod.metadata.name = old.metadata.name.replace(/.{5}$/, random.suffix(5));
  pod.metadata['uid'] = random.uuid();
  waitsForVolumes(pod, HOME, EVICTED);
  for (const object of set) {
    if (object.kind === 'Deployment' || object.kind === 'ReplicaSet')
      Object.assign(object['status'], { readyReplicas: 0, availableReplicas: 0, unavailableReplicas: 1 });
  }
  gather.objects.push(...set, pod);
  volumeStays(gather, pod, `pvc-${random.uuid()}`, { namespace, name });
}

function volumeStays(gather: Gather, pod: KubeObject, volume: string, of: { namespace: string; name: string }): void {
  const random = gather.random.fork(volume);
  const refused = `Multi-Attach error for volume "${volume}" Volume is already exclusively attached to one node and can't be attached to another`;
  const warn = (reason: string, message: string, component: string, first: Micros, count: number) =>
    event(random.fork(reason), {
      namespace: of.namespace,
      about: ['Pod', pod.metadata.name],
      reason,
      message,
      type: 'Warning',
      component,
      first,
      last: CLUSTER.gatheredAt - 5 * MINUTE,
      count,
    });
  gather.objects.push(
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: meta(random, `csi-${random.hex(64)}`, CLUSTER.installStarted + 90 * MINUTE),
      spec: { attacher: 'ebs.csi.aws.com', nodeName: DEAD, source: { persistentVolumeName: volume } },
      status: { attached: true },
    },
    warn('FailedAttachVolume', refused, 'attachdetach-controller', EVICTED + 1_000_000, 12),
    warn(
      'FailedMount',
      `Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition`,
      'kubelet',
      EVICTED + 2 * MINUTE,
      54,
    ),
  );
  const namespace = 'openshift-kube-controller-manager';
  const key = logOn(gather, namespace, 'kube-controller-manager-', CLUSTER.nodes[0]!.name, 'kube-controller-manager');
  addLog(
    gather,
    key,
    [...spread(random, EVICTED, CLUSTER.gatheredAt - 3 * MINUTE, 6 * MINUTE)].map((time) => ({
      at: time + 40,
      text: klog(
        'W',
        time,
        1,
        'reconciler.go:392',
        `"Multi-Attach error" logger="persistentvolume-attach-detach-controller" attachedTo=["${DEAD}"] volume={"VolumeToAttach":{"VolumeName":"kubernetes.io/csi/ebs.csi.aws.com^vol-0${random.hex(16)}"}}`,
      ),
    })),
  );
}
