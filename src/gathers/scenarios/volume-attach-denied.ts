import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, find, type Gather } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { type KubeObject, meta } from '../kube.ts';
import { event } from '../objects/events.ts';
import type { Workload } from '../objects/workload-catalogue.ts';
import { workloadSet } from '../objects/workloads.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { alertsFire, logOn, operatorReports, waitsForVolumes } from './steps.ts';

const named = (...numbers: number[]) => numbers.map((n) => `ip-10-0-88-${n}.us-east-2.compute.internal`);
const [HOME, OTHER] = named(131, 140) as [string, string];
const CLUSTER = siteCluster({
  scenario: 'volume-attach-denied',
  started: '2025-09-01T08:10:00Z',
  gathered: '2026-02-26T15:02:00Z',
  name: 'claims',
  domain: 'aws.example.org',
  version: '4.17.14',
  platform: 'AWS',
  network: '10.0.88',
  masters: named(21, 22, 23),
  workers: [HOME, OTHER, ...named(152)],
});
const DENIED = at('2026-02-26T13:05:00Z');
const DRIVERS = 'openshift-cluster-csi-drivers';

interface Mover {
  readonly namespace: string;
  readonly pod: KubeObject;
  readonly to: string;
  readonly since: Micros;
}

/** A policy of the cloud account forbids the storage driver to attach; what moves to another node waits. */
export const volumeAttachDenied: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: ['openshift-monitoring', DRIVERS, 'openshift-kube-controller-manager', 'openshift-cluster-version'],
      hours: 3,
      layout: 'lists',
    });
    const driver = driverPod(gather);
    const database = addWorkload(gather, {
      namespace: 'claims-prod',
      name: 'ledger',
      kind: 'statefulset',
      on: 'workers',
      replicas: 1,
      containers: ['postgresql'],
    });
    const alertmanager = find(gather, 'Pod', 'alertmanager-main-1', 'openshift-monitoring');
    const movers: readonly Mover[] = [
      { namespace: 'openshift-monitoring', pod: alertmanager, to: HOME, since: DENIED + 14 * MINUTE },
      { namespace: 'claims-prod', pod: database, to: OTHER, since: DENIED + 31 * MINUTE },
    ];
    for (const mover of movers) isRefused(gather, mover, driver);
    setShort(gather, 'alertmanager-main', 1);
    setShort(gather, 'ledger', 0);
    monitoringWaits(gather, movers[0]!.since);
    return { gather, beside: new Map() };
  },
};

function addWorkload(gather: Gather, workload: Workload): KubeObject {
  const set = workloadSet(CLUSTER, workload, gather.random.fork(`added/${workload.name}`));
  gather.objects.push(...set);
  return set.find((object) => object.kind === 'Pod')!;
}

/** The driver's controller, whose logs hold what it does on quiet days. */
function driverPod(gather: Gather): string {
  const containers = ['csi-driver', 'csi-provisioner', 'csi-attacher', 'csi-resizer', 'csi-snapshotter'];
  const pod = addWorkload(gather, {
    namespace: DRIVERS,
    name: 'aws-ebs-csi-driver-controller',
    kind: 'deployment',
    on: 'masters',
    replicas: 1,
    containers,
  });
  const key = `${DRIVERS}/${pod.metadata.name}`;
  const beats = [...spread(gather.random.fork('beats'), DENIED - 60 * MINUTE, CLUSTER.gatheredAt - MINUTE, 7 * MINUTE)];
  addLog(
    gather,
    `${key}/csi-attacher`,
    beats.map((time) => ({
      at: time,
      text: klog(
        'I',
        time,
        1,
        'reflector.go:808',
        'k8s.io/client-go/informers/factory.go:160: Watch close - *v1.VolumeAttachment total 4 items received',
      ),
    })),
  );
  return key;
}

function isRefused(gather: Gather, mover: Mover, driver: string): void {
  const { namespace, pod, to, since } = mover;
  const random = gather.random.fork(`refused/${pod.metadata.name}`);
  waitsForVolumes(pod, to, since);
  const claim = `pvc-${random.uuid()}`;
  const volume = `vol-0${random.hex(16)}`;
  const instance = `i-0${random.hex(16)}`;
  const what = `Could not attach volume "${volume}" to node "${instance}": could not attach volume "${volume}" to node "${instance}": operation error EC2: AttachVolume, https response error StatusCode: 403, RequestID: ${random.uuid()}, api error UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:iam::000000000000:user/${CLUSTER.infraId}-aws-ebs-csi-driver-operator is not authorized to perform: ec2:AttachVolume on resource: arn:aws:ec2:us-east-2:000000000000:instance/${instance} with an explicit deny in a service control policy`;
  const refused = `rpc error: code = Internal desc = ${what}`;
  const attachment = `csi-${random.hex(64)}`;
  const last = CLUSTER.gatheredAt - 3 * MINUTE;
  const tries = [...spread(random, since + SECOND, last, 2 * MINUTE)];
  gather.objects.push({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: meta(random, attachment, since + SECOND),
    spec: { attacher: 'ebs.csi.aws.com', nodeName: to, source: { persistentVolumeName: claim } },
    status: { attached: false, attachError: { message: refused, time: seconds(tries.at(-1)!) } },
  });
  const told = (reason: string, message: string, component: string, first: Micros, count: number) =>
    event(random.fork(reason), {
      namespace,
      about: ['Pod', pod.metadata.name],
      reason,
      message,
      type: 'Warning',
      component,
      first,
      last,
      count,
    });
  gather.objects.push(
    told(
      'FailedAttachVolume',
      `AttachVolume.Attach failed for volume "${claim}" : ${refused}`,
      'attachdetach-controller',
      since + 2 * SECOND,
      tries.length,
    ),
    told(
      'FailedMount',
      'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition',
      'kubelet',
      since + 2 * MINUTE,
      31,
    ),
  );
  const quoted = refused.replaceAll('"', '\\"');
  const says = (key: string, level: 'I' | 'E', where: string, text: string) =>
    addLog(
      gather,
      key,
      tries.map((time) => ({ at: time + 300, text: klog(level, time, 1, where, text) })),
    );
  says(`${driver}/csi-driver`, 'E', 'driver.go:108', `"GRPC error" err="${quoted}"`);
  says(
    `${driver}/csi-attacher`,
    'I',
    'csi_handler.go:251',
    `"Error processing" driver="ebs.csi.aws.com" VolumeAttachment="${attachment}" err="failed to attach: ${quoted}"`,
  );
  says(
    logOn(
      gather,
      'openshift-kube-controller-manager',
      'kube-controller-manager-',
      CLUSTER.nodes[0]!.name,
      'kube-controller-manager',
    ),
    'E',
    'nestedpendingoperations.go:348',
    `Operation for "{volumeName:kubernetes.io/csi/ebs.csi.aws.com^${volume} podName: nodeName:${to}}" failed. No retries permitted. Error: AttachVolume.Attach failed for volume "${claim}" (UniqueName: "kubernetes.io/csi/ebs.csi.aws.com^${volume}") from node "${to}" : ${refused}`,
  );
}

function setShort(gather: Gather, name: string, ready: number): void {
  Object.assign(find(gather, 'StatefulSet', name)['status'], { availableReplicas: ready, readyReplicas: ready });
}

function monitoringWaits(gather: Gather, since: Micros): void {
  const failed =
    'waiting for Alertmanager object changes failed: waiting for Alertmanager openshift-monitoring/main: context deadline exceeded: condition Available: status is "False"';
  const message = `UpdatingAlertmanager: ${failed}`;
  operatorReports(
    gather,
    'monitoring',
    { type: 'Degraded', status: true, since: since + 20 * MINUTE, reason: 'UpdatingAlertmanagerFailed', message },
    {
      type: 'Available',
      status: false,
      since: since + 20 * MINUTE,
      reason: 'UpdatingAlertmanagerFailed',
      message,
    },
  );
  alertsFire(gather, {
    name: 'KubeContainerWaiting',
    group: 'kubernetes-apps',
    severity: 'warning',
    labels: { namespace: 'openshift-monitoring', pod: 'alertmanager-main-1', container: 'alertmanager' },
    since: seconds(since + 60 * MINUTE),
    summary: 'Pod container waiting longer than 1 hour',
  });
}
