import type { Entity, EntityKind } from '../model/entity.ts';
import { type Resource, readText } from '../model/resource.ts';

const KINDS: Readonly<Record<string, EntityKind>> = {
  Node: 'node',
  ClusterOperator: 'operator',
  Namespace: 'namespace',
  Pod: 'pod',
  Machine: 'machine',
  BareMetalHost: 'baremetalhost',
  MachineConfigPool: 'pool',
  CertificateSigningRequest: 'csr',
  MutatingWebhookConfiguration: 'webhook',
  ValidatingWebhookConfiguration: 'webhook',
  PersistentVolumeClaim: 'volumeclaim',
  PersistentVolume: 'volume',
  StorageClass: 'storageclass',
  CSIDriver: 'csidriver',
};

/** Operator CRs are about the ClusterOperator that they configure. */
const OPERATORS: Readonly<Record<string, string>> = {
  Etcd: 'etcd',
  KubeAPIServer: 'kube-apiserver',
  KubeControllerManager: 'kube-controller-manager',
  KubeScheduler: 'kube-scheduler',
  IngressController: 'ingress',
  CatalogSource: 'operator-lifecycle-manager-catalog',
  Provisioning: 'baremetal',
  ClusterCSIDriver: 'storage',
};

/** What an object is about, in the report's entity kinds. */
export function entityOfResource(resource: Resource): Entity {
  return entityOfObject(resource.kind, resource.namespace, resource.name, resource.group);
}

export function entityOfObject(kind: string, namespace: string | undefined, name: string, group = ''): Entity {
  const direct = KINDS[kind];
  if (direct !== undefined) return { kind: direct, name: namespaced(direct) ? `${namespace ?? ''}/${name}` : name };
  const operator = OPERATORS[kind] ?? (group === 'operator.openshift.io' ? operatorOfConfig(kind) : undefined);
  if (operator !== undefined) return { kind: 'operator', name: operator };
  if (namespace !== undefined) return { kind: 'namespace', name: namespace };
  return { kind: 'cluster', name: 'cluster' };
}

function namespaced(kind: EntityKind): boolean {
  return kind === 'pod' || kind === 'machine' || kind === 'baremetalhost' || kind === 'volumeclaim';
}

/** `operator.openshift.io/Network` configures ClusterOperator `network`. */
function operatorOfConfig(kind: string): string | undefined {
  return kind === 'Network' || kind === 'DNS' || kind === 'Authentication' || kind === 'Console' || kind === 'Storage'
    ? kind.toLowerCase()
    : undefined;
}

/** The entity of an Event's involved object, in both Event APIs. */
export function entityOfEvent(event: Resource): Entity | undefined {
  for (const field of ['involvedObject', 'regarding']) {
    const kind = readText(event.body, `${field}.kind`);
    const name = readText(event.body, `${field}.name`);
    if (kind === undefined || name === undefined) continue;
    return entityOfObject(kind, readText(event.body, `${field}.namespace`) ?? event.namespace, name);
  }
  return undefined;
}
