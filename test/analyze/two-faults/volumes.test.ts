import { addLog, type Gather } from '../../../src/gathers/gather.ts';
import { healthyGather } from '../../../src/gathers/healthy.ts';
import { condition, type KubeObject, meta } from '../../../src/gathers/kube.ts';
import { workloadSet } from '../../../src/gathers/objects/workloads.ts';
import { labCluster } from '../../../src/gathers/scenarios/clusters.ts';
import { fallsSilent, lean, warns } from '../../../src/gathers/scenarios/node-steps.ts';
import { waitsForVolumes } from '../../../src/gathers/scenarios/steps.ts';
import { klog, seconds, spread } from '../../../src/gathers/stamps.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { notMixed } from '../../support/two-faults.ts';

const CLUSTER = labCluster({
  scenario: 'two-volumes',
  started: '2026-05-04T10:00:00Z',
  gathered: '2026-05-12T07:45:00Z',
  workers: 4,
});
const SINCE = CLUSTER.gatheredAt - 100 * MINUTE;
const LAST = CLUSTER.gatheredAt - 4 * MINUTE;
const DRIVERS = 'openshift-cluster-csi-drivers';
const made = () => {
  const gather = healthyGather(
    CLUSTER,
    lean(2, ['openshift-monitoring', 'openshift-logging', 'openshift-storage', DRIVERS]),
  );
  storage(gather, 'thin-csi', 'csi.vsphere.vmware.com');
  storage(gather, 'ocs-storagecluster-ceph-rbd', 'openshift-storage.rbd.csi.ceph.com');
  return gather;
};

function storage(gather: Gather, name: string, provisioner: string): void {
  gather.objects.push({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: meta(gather.random.fork(name), name, CLUSTER.installStarted),
    provisioner,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  });
}

interface Store {
  readonly namespace: string;
  readonly name: string;
  readonly storageClass: string;
}

/** A StatefulSet whose only pod mounts a claim. */
function store(gather: Gather, { namespace, name, storageClass }: Store, volume?: string, driver = ''): KubeObject {
  const random = gather.random.fork(`${namespace}/${name}`);
  const set = workloadSet(
    CLUSTER,
    { namespace, name, kind: 'statefulset', on: 'workers', replicas: 1, containers: ['store'] },
    random,
  );
  const pod = set.find(({ kind }) => kind === 'Pod')!;
  pod['spec'].volumes = [{ name: 'data', persistentVolumeClaim: { claimName: `data-${name}-0` } }];
  gather.objects.push(...set, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: meta(random, `data-${name}-0`, SINCE, { namespace }),
    spec: { storageClassName: storageClass, ...(volume === undefined ? {} : { volumeName: volume }) },
    status: { phase: volume === undefined ? 'Pending' : 'Bound' },
  });
  if (volume !== undefined)
    gather.objects.push({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: meta(random, volume, SINCE),
      spec: {
        storageClassName: storageClass,
        csi: { driver, volumeHandle: volume },
        claimRef: { namespace, name: `data-${name}-0` },
      },
      status: { phase: 'Bound' },
    });
  return pod;
}

const unbound = (held: Store, provisioner: string, error: string) => {
  const { namespace, name, storageClass } = held;
  const claim = `data-${name}-0`;
  return {
    happens(gather: Gather) {
      const pod = store(gather, held);
      delete pod['spec'].nodeName;
      pod['status'] = {
        phase: 'Pending',
        conditions: [
          condition(
            'PodScheduled',
            false,
            SINCE,
            'Unschedulable',
            '0/7 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/7 nodes are available',
          ),
        ],
      };
      warns(gather, {
        namespace,
        about: ['PersistentVolumeClaim', claim],
        reason: 'ProvisioningFailed',
        message: `failed to provision volume with StorageClass "${storageClass}": ${error}`,
        component: provisioner,
        first: SINCE,
        last: LAST,
        count: 14,
      });
      const times = [...spread(gather.random.fork(claim), SINCE, LAST, 6 * MINUTE)];
      addLog(
        gather,
        `${DRIVERS}/${provisioner}-controller-7d9f5c5b8-x2k4q/csi-provisioner`,
        times.map((time) => ({
          at: time,
          text: klog(
            'I',
            time,
            1,
            'event.go:298',
            `Event(v1.ObjectReference{Kind:"PersistentVolumeClaim", Namespace:"${namespace}", Name:"${claim}", APIVersion:"v1"}): type: 'Warning' reason: 'ProvisioningFailed' failed to provision volume with StorageClass "${storageClass}": ${error}`,
          ),
        })),
      );
    },
    cause: `csi-provision-failed storageclass:${storageClass}`,
    effects: [`pvc-pending volumeclaim:${namespace}/${claim}`, `failed-scheduling namespace:${namespace}`],
  };
};

const full = unbound(
  { namespace: 'openshift-logging', name: 'lokistack-ingester', storageClass: 'thin-csi' },
  'vmware-vsphere-csi-driver',
  'rpc error: code = ResourceExhausted desc = failed to provision volume: no datastore has enough free space',
);
const slow = unbound(
  { namespace: 'openshift-monitoring', name: 'thanos-ruler', storageClass: 'ocs-storagecluster-ceph-rbd' },
  'csi-rbdplugin',
  'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
);
notMixed('two storage classes that give no volumes', made, full, slow);

/** The class fails because of what stands behind its driver. */
const behind = (fault: typeof full, cause: string, key: string, line: (time: number) => string) => ({
  happens(gather: Gather) {
    fault.happens(gather);
    addLog(
      gather,
      key,
      [...spread(gather.random.fork(key), SINCE - 5 * MINUTE, LAST, 5 * MINUTE)].map((time) => ({
        at: time,
        text: line(time),
      })),
    );
  },
  cause,
  effects: [fault.cause, ...fault.effects],
});
notMixed(
  'two storage systems that fail',
  made,
  behind(
    full,
    'vsphere-login-failed',
    `${DRIVERS}/vmware-vsphere-csi-driver-controller-7d9f5c5b8-x2k4q/csi-driver`,
    (time) =>
      klog(
        'E',
        time,
        1,
        'session.go:61',
        'failed to login to vCenter: ServerFaultCode: Cannot complete login due to an incorrect user name or password.',
      ),
  ),
  behind(
    slow,
    'ceph-daemons-down',
    'openshift-storage/rook-ceph-mon-a-6d8f7c9b4-pl2mz/mon',
    (time) =>
      `debug ${seconds(time).replace('Z', '.120+0000')} 7f1c2b7fe700 0 log_channel(cluster) log [ERR] : Health check update: Reduced data availability: 64 pgs inactive (PG_AVAILABILITY)`,
  ),
);

/** A node dies and keeps the volume of a pod that moved elsewhere. */
const dead = (node: string, elsewhere: string, name: string) => ({
  happens(gather: Gather) {
    const volume = `pvc-${gather.random.fork(name).uuid()}`;
    const pod = store(gather, { namespace: 'shop', name, storageClass: 'thin-csi' }, volume, 'csi.vsphere.vmware.com');
    waitsForVolumes(pod, elsewhere, SINCE + 8 * MINUTE);
    fallsSilent(gather, node, SINCE);
    gather.objects.push({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: meta(gather.random.fork(volume), `csi-${name}`, SINCE - 60 * MINUTE),
      spec: { attacher: 'csi.vsphere.vmware.com', nodeName: node, source: { persistentVolumeName: volume } },
      status: { attached: true },
    });
    warns(gather, {
      namespace: 'shop',
      about: ['Pod', `${name}-0`],
      reason: 'FailedAttachVolume',
      message: `Multi-Attach error for volume "${volume}" Volume is already exclusively attached to one node and can't be attached to another`,
      component: 'attachdetach-controller',
      first: SINCE + 8 * MINUTE,
      last: LAST,
      count: 12,
    });
  },
  cause: `node-status-unknown node:${node}`,
  effects: [`multi-attach pod:shop/${name}-0`],
});
notMixed(
  'two dead nodes that keep volumes',
  made,
  dead('worker-0', 'worker-2', 'orders'),
  dead('worker-1', 'worker-3', 'ledger'),
);
