import type { AllFacts } from '../model/facts.ts';
import { namespacedName, type Resource, readList, readText } from '../model/resource.ts';
import { driversOfPods } from './storage-drivers.ts';

/** How pods come to their volumes, by the names of the entities. */
export interface VolumeLinks {
  /** Claims, as `namespace/name`, that a pod mounts. */
  readonly claimsOfPod: ReadonlyMap<string, readonly string[]>;
  readonly volumeOfClaim: ReadonlyMap<string, string>;
  readonly classOfClaim: ReadonlyMap<string, string>;
  readonly claimOfVolume: ReadonlyMap<string, string>;
  readonly classOfVolume: ReadonlyMap<string, string>;
  readonly driverOfVolume: ReadonlyMap<string, string>;
  /** Nodes that a volume is attached to. */
  readonly holdersOfVolume: ReadonlyMap<string, readonly string[]>;
  readonly driverOfClass: ReadonlyMap<string, string>;
  /** The driver that a pod is part of; also of pods whose objects were not gathered. */
  driverOfPod(pod: string): string | undefined;
  /** Drivers of the storage system that runs in a namespace. */
  readonly driversOfNamespace: ReadonlyMap<string, readonly string[]>;
}

type VolumeFacts = Pick<
  AllFacts,
  'Pod' | 'PersistentVolume' | 'PersistentVolumeClaim' | 'StorageClass' | 'VolumeAttachment' | 'CSIDriver'
>;

export function volumeLinks(facts: VolumeFacts): VolumeLinks {
  const { PersistentVolume: volumes, PersistentVolumeClaim: claims, StorageClass: classes } = facts;
  const usual = classes.find(isDefault)?.name;
  const driverOfVolume = mapOf(volumes, ({ name, body }) => [name, readText(body, 'spec.csi.driver')]);
  const driverOfClass = mapOf(classes, ({ name, body }) => [name, readText(body, 'provisioner')]);
  const drivers = [...driverOfVolume.values(), ...driverOfClass.values(), ...facts.CSIDriver.map(({ name }) => name)];
  return {
    claimsOfPod: new Map(facts.Pod.flatMap(claimsOf)),
    volumeOfClaim: mapOf(claims, (claim) => [namespacedName(claim), readText(claim.body, 'spec.volumeName')]),
    classOfClaim: mapOf(claims, (claim) => [
      namespacedName(claim),
      readText(claim.body, 'spec.storageClassName') ?? usual,
    ]),
    claimOfVolume: mapOf(volumes, ({ name, body }) => [name, claimRef(body)]),
    classOfVolume: mapOf(volumes, ({ name, body }) => [name, readText(body, 'spec.storageClassName')]),
    driverOfVolume,
    driverOfClass,
    holdersOfVolume: holders(facts.VolumeAttachment),
    driverOfPod: driversOfPods(facts.Pod),
    driversOfNamespace: cephDrivers(drivers),
  };
}

function mapOf(
  resources: readonly Resource[],
  entry: (resource: Resource) => [string, string | undefined],
): Map<string, string> {
  return new Map(
    resources.map(entry).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  );
}

function isDefault({ body }: Resource): boolean {
  return readText(body, 'metadata.annotations."storageclass.kubernetes.io/is-default-class"') === 'true';
}

function claimsOf(pod: Resource): [string, string[]][] {
  const claims = readList(pod.body, 'spec.volumes').flatMap((volume) => {
    const claim = readText(volume, 'persistentVolumeClaim.claimName');
    return claim === undefined ? [] : [`${pod.namespace ?? ''}/${claim}`];
  });
  return claims.length === 0 ? [] : [[namespacedName(pod), claims]];
}

function claimRef(body: Resource['body']): string | undefined {
  const name = readText(body, 'spec.claimRef.name');
  return name === undefined ? undefined : `${readText(body, 'spec.claimRef.namespace') ?? ''}/${name}`;
}

/** One that is only wished for (`status.attached: false`) holds nothing. */
function holders(attachments: readonly Resource[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { body } of attachments) {
    const volume = readText(body, 'spec.source.persistentVolumeName');
    const node = readText(body, 'spec.nodeName');
    if (volume === undefined || node === undefined || readText(body, 'status.attached') !== 'true') continue;
    found.set(volume, [...(found.get(volume) ?? []), node]);
  }
  return found;
}

/** Rook names its drivers after the namespace of the cluster: `openshift-storage.rbd.csi.ceph.com`. */
function cephDrivers(drivers: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const driver of new Set(drivers)) {
    const namespace = /^(.+)\.(?:rbd|cephfs|nfs)\.csi\.ceph\.com$/.exec(driver)?.[1];
    if (namespace !== undefined) found.set(namespace, [...(found.get(namespace) ?? []), driver]);
  }
  return found;
}
