import { namespacedName, type Resource, readList } from '../model/resource.ts';

/** How the pods of well-known CSI drivers are called, up to `-controller`, `-node` and the like. */
const DRIVERS: readonly (readonly [prefix: string, driver: string])[] = [
  ['aws-ebs-csi-driver', 'ebs.csi.aws.com'],
  ['aws-efs-csi-driver', 'efs.csi.aws.com'],
  ['azure-disk-csi-driver', 'disk.csi.azure.com'],
  ['azure-file-csi-driver', 'file.csi.azure.com'],
  ['gcp-pd-csi-driver', 'pd.csi.storage.gke.io'],
  ['gcp-filestore-csi-driver', 'filestore.csi.storage.gke.io'],
  ['vmware-vsphere-csi-driver', 'csi.vsphere.vmware.com'],
  ['openstack-cinder-csi-driver', 'cinder.csi.openstack.org'],
  ['ibm-vpc-block-csi', 'vpc.block.csi.ibm.io'],
  ['ibm-powervs-block-csi-driver', 'powervs.csi.ibm.com'],
  ['smb-csi-driver', 'smb.csi.k8s.io'],
  ['topolvm', 'topolvm.io'],
  ['vg-manager', 'topolvm.io'],
  ['lvms', 'topolvm.io'],
];

/** `--kubelet-registration-path=/var/lib/kubelet/plugins/ebs.csi.aws.com/csi.sock` */
const REGISTRATION = /--kubelet-registration-path=\/\S*\/plugins\/([A-Za-z0-9.-]{3,120})\/[\w.-]+\.sock/;

/** The driver that a pod, as `namespace/name`, is part of: by what its registrar announces, by its siblings, by its name. */
export function driversOfPods(pods: readonly Resource[]): (pod: string) => string | undefined {
  const announced = new Map<string, string>();
  for (const pod of pods) {
    const driver = driverAnnounced(pod);
    if (driver === undefined) continue;
    announced.set(namespacedName(pod), driver);
    // `nfs-csi-node-7xk2p` and `nfs-csi-controller-0`: a driver's pods are called alike.
    const stem = /^(.{3,}?)-(?:node|nodeplugin|plugin|daemon)s?(?:-|$)/.exec(pod.name)?.[1];
    if (stem !== undefined) announced.set(`${pod.namespace ?? ''}/${stem}-controller`, driver);
  }
  return (pod) => {
    const [namespace = '', name = ''] = pod.split('/');
    const controller = /^(.{3,}?-controller)(?:-|$)/.exec(name)?.[1];
    return (
      announced.get(pod) ??
      (controller === undefined ? undefined : announced.get(`${namespace}/${controller}`)) ??
      DRIVERS.find(([prefix]) => name.startsWith(`${prefix}-`) && !name.includes('-operator-'))?.[1] ??
      cephDriver(namespace, name)
    );
  };
}

function driverAnnounced(pod: Resource): string | undefined {
  for (const container of readList(pod.body, 'spec.containers')) {
    for (const text of [...readList(container, 'args'), ...readList(container, 'command')]) {
      const driver = typeof text === 'string' ? REGISTRATION.exec(text)?.[1] : undefined;
      if (driver !== undefined) return driver;
    }
  }
  return undefined;
}

/** `csi-rbdplugin-provisioner-5d9…` in openshift-storage is part of openshift-storage.rbd.csi.ceph.com. */
function cephDriver(namespace: string, name: string): string | undefined {
  const part = /^csi-(rbd|cephfs)plugin-/.exec(name)?.[1] ?? /\.(rbd|cephfs)\.csi\.ceph\.com-/.exec(name)?.[1];
  return part === undefined ? undefined : `${namespace}.${part}.csi.ceph.com`;
}
