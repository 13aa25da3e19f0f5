import type { Micros } from '../model/time.ts';
import type { Random } from './random.ts';
import { seconds } from './stamps.ts';

/** Any value of a Kubernetes object. Scenarios change objects in place before they are written. */
// biome-ignore lint/suspicious/noExplicitAny: objects of fifty kinds are plain data here
export type Json = any;

export interface Meta {
  name: string;
  namespace?: string;
  [field: string]: Json;
}

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  [field: string]: Json;
}

interface Kind {
  readonly plural: string;
  /** `single`: a file for each; `list`: one list a namespace (or for the cluster); `both`: as for ClusterOperators. */
  readonly layout: 'single' | 'list' | 'both';
}

const KINDS: Readonly<Record<string, Kind>> = {
  APIService: { plural: 'apiservices', layout: 'single' },
  BareMetalHost: { plural: 'baremetalhosts', layout: 'single' },
  CSIDriver: { plural: 'csidrivers', layout: 'single' },
  CertificateSigningRequest: { plural: 'certificatesigningrequests', layout: 'single' },
  ClusterOperator: { plural: 'clusteroperators', layout: 'both' },
  ClusterVersion: { plural: 'clusterversions', layout: 'both' },
  ConfigMap: { plural: 'configmaps', layout: 'list' },
  DNS: { plural: 'dnses', layout: 'list' },
  DaemonSet: { plural: 'daemonsets', layout: 'list' },
  Deployment: { plural: 'deployments', layout: 'list' },
  Endpoints: { plural: 'endpoints', layout: 'list' },
  Etcd: { plural: 'etcds', layout: 'single' },
  Event: { plural: 'events', layout: 'list' },
  ImageDigestMirrorSet: { plural: 'imagedigestmirrorsets', layout: 'single' },
  Infrastructure: { plural: 'infrastructures', layout: 'both' },
  Ingress: { plural: 'ingresses', layout: 'list' },
  IngressController: { plural: 'ingresscontrollers', layout: 'single' },
  KubeAPIServer: { plural: 'kubeapiservers', layout: 'single' },
  KubeControllerManager: { plural: 'kubecontrollermanagers', layout: 'single' },
  KubeScheduler: { plural: 'kubeschedulers', layout: 'single' },
  Lease: { plural: 'leases', layout: 'single' },
  Machine: { plural: 'machines', layout: 'single' },
  MachineConfig: { plural: 'machineconfigs', layout: 'single' },
  MachineConfigPool: { plural: 'machineconfigpools', layout: 'single' },
  MachineSet: { plural: 'machinesets', layout: 'single' },
  MutatingWebhookConfiguration: { plural: 'mutatingwebhookconfigurations', layout: 'single' },
  OAuth: { plural: 'oauths', layout: 'list' },
  PodDisruptionBudget: { plural: 'poddisruptionbudgets', layout: 'list' },
  Network: { plural: 'networks', layout: 'list' },
  Node: { plural: 'nodes', layout: 'single' },
  PersistentVolume: { plural: 'persistentvolumes', layout: 'single' },
  PersistentVolumeClaim: { plural: 'persistentvolumeclaims', layout: 'list' },
  Pod: { plural: 'pods', layout: 'list' },
  PodNetworkConnectivityCheck: { plural: 'podnetworkconnectivitychecks', layout: 'list' },
  Provisioning: { plural: 'provisionings', layout: 'single' },
  Proxy: { plural: 'proxies', layout: 'list' },
  ReplicaSet: { plural: 'replicasets', layout: 'list' },
  Secret: { plural: 'secrets', layout: 'list' },
  Service: { plural: 'services', layout: 'list' },
  StatefulSet: { plural: 'statefulsets', layout: 'list' },
  StorageClass: { plural: 'storageclasses', layout: 'single' },
  VolumeAttachment: { plural: 'volumeattachments', layout: 'single' },
  ValidatingWebhookConfiguration: { plural: 'validatingwebhookconfigurations', layout: 'single' },
};

export function groupOf(object: KubeObject): string {
  const slash = object.apiVersion.indexOf('/');
  return slash < 0 ? 'core' : object.apiVersion.slice(0, slash);
}

export interface Placement {
  readonly list?: string;
  readonly single?: string;
}

/** Where `oc adm inspect` would put an object, below the image directory; `lists`: each object in a list, once. */
export function placement(object: KubeObject, layout: 'full' | 'lists'): Placement {
  const kind = KINDS[object.kind];
  if (kind === undefined) throw new RangeError(`no layout for kind ${object.kind}`);
  const { name, namespace } = object.metadata;
  const scope = namespace === undefined ? 'cluster-scoped-resources' : `namespaces/${namespace}`;
  const base = `${scope}/${groupOf(object)}/${kind.plural}`;
  if (layout === 'lists') return { list: `${base}.yaml` };
  return {
    ...(kind.layout === 'single' ? {} : { list: `${base}.yaml` }),
    ...(kind.layout === 'list' ? {} : { single: `${base}/${name}.yaml` }),
  };
}

/** Metadata that the API server adds: uid, resourceVersion, creation. */
export function meta(random: Random, name: string, created: Micros, more: Partial<Meta> = {}): Meta {
  return {
    creationTimestamp: seconds(created),
    name,
    resourceVersion: String(random.int(11_000, 980_000)),
    uid: random.uuid(),
    ...more,
  };
}

export function condition(
  type: string,
  status: boolean | 'Unknown',
  since: Micros,
  reason?: string,
  message?: string,
): Record<string, string> {
  return {
    type,
    status: typeof status === 'string' ? status : status ? 'True' : 'False',
    lastTransitionTime: seconds(since),
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
}

/** Replaces the condition of the same type, or adds one. */
export function setCondition(object: KubeObject, next: Record<string, string>): void {
  const list: Record<string, string>[] = object['status'].conditions;
  const index = list.findIndex((held) => held['type'] === next['type']);
  if (index < 0) list.push(next);
  else list[index] = next;
}

/** One entry of managedFields: who wrote these fields, and when. */
export function managedBy(manager: string, time: Micros, fields: Json, apiVersion = 'v1', operation = 'Update'): Json {
  return { apiVersion, fieldsType: 'FieldsV1', fieldsV1: fields, manager, operation, time: seconds(time) };
}
