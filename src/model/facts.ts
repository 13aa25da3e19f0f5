import type { Resource, Value } from './resource.ts';
import type { Source } from './source.ts';
import type { Interval, Micros, Stamp } from './time.ts';

/** Kinds of Kubernetes objects that ingest keeps. Others are read past without being parsed. */
export const RESOURCE_KINDS = [
  'AdminNetworkPolicy',
  'APIServer',
  'APIService',
  'BareMetalHost',
  'CSIDriver',
  'CertificateSigningRequest',
  'ClusterCSIDriver',
  'ClusterOperator',
  'ClusterServiceVersion',
  'ClusterVersion',
  'ConfigMap',
  'ControllerConfig',
  'DNS',
  'DaemonSet',
  'Deployment',
  'Endpoints',
  'Etcd',
  'FeatureGate',
  'ImageContentSourcePolicy',
  'ImageDigestMirrorSet',
  'ImageTagMirrorSet',
  'InstallPlan',
  'Infrastructure',
  'Ingress',
  'IngressController',
  'Job',
  'KubeAPIServer',
  'KubeControllerManager',
  'KubeScheduler',
  'KubeletConfig',
  'Lease',
  'Machine',
  'MachineConfig',
  'MachineConfigPool',
  'MachineHealthCheck',
  'MachineSet',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Network',
  'Node',
  'NodeNetworkState',
  'OAuth',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'PodNetworkConnectivityCheck',
  'Provisioning',
  'Proxy',
  'ReplicaSet',
  'ResourceQuota',
  'Route',
  'Secret',
  'Service',
  'StatefulSet',
  'StorageClass',
  'Subscription',
  'CatalogSource',
  'CSINode',
  'VolumeAttachment',
  'ValidatingWebhookConfiguration',
] as const;

export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** JSON files of a gather that are no Kubernetes objects. */
export const DOCUMENT_FAMILIES = [
  'etcd-member-list',
  'etcd-endpoint-status',
  'etcd-endpoint-health',
  'etcd-alarm-list',
  'etcd-object-count',
  'prometheus-rules',
  'prometheus-targets',
  'install-config',
  'kubeconfig',
  'insights-gathers',
  'log-bundle-services',
  'assisted-metadata',
] as const;

export type DocumentFamily = (typeof DOCUMENT_FAMILIES)[number];

export interface Document {
  readonly family: DocumentFamily;
  readonly path: string;
  /** JSON pointer or data key inside the file where the document is embedded. */
  readonly pointer: string;
  readonly body: Value;
  lineOf(pointer: string): number;
}

/** One host's share of one log: when it first and last spoke there. */
export interface HostLog {
  readonly source: Source;
  readonly host: string;
  readonly first?: Micros;
  readonly last?: Micros;
}

/** How a boot ended: by a shutdown, by a panic of the kernel, or by a watchdog that found it stuck. */
export type BootEnding = 'clean' | 'panic' | 'watchdog';

export interface Boot {
  readonly host: string;
  readonly id?: string;
  readonly from?: Micros;
  /** Its last line. */
  readonly to?: Micros;
  /** `unknown` where its lines break off (power loss, reset); absent for the last boot, which may still run. */
  readonly ending?: BootEnding | 'unknown';
  /** What came last. */
  readonly last?: { readonly source: string; readonly line?: number; readonly offset?: number; readonly text: string };
  readonly source: string;
  readonly line?: number;
}

/** A file of the input, whatever became of it. */
export interface FileRecord {
  readonly path: string;
  /** Path family (`clusteroperators`, `container-log`, `unit-log`, `etcd-info`, ...). */
  readonly family: string;
  readonly bytes: number;
  readonly lines: number;
}

/** When the same lines are normal: a cluster that is being installed, upgraded or booted is noisy. */
export interface Phases {
  /** From ClusterVersion creation to the first completed version; open-ended where it never completed. */
  readonly install?: { readonly from: Micros; readonly to?: Micros };
  readonly upgrades: readonly Interval[];
}

/** Facts beside the resources that a detector can declare. */
export interface ExtraFacts {
  readonly documents: ReadonlyMap<DocumentFamily, readonly Document[]>;
  readonly files: readonly FileRecord[];
  readonly hostLogs: readonly HostLog[];
  readonly boots: readonly Boot[];
  readonly phases: Phases;
}

export type FactName = ResourceKind | keyof ExtraFacts;

type FactOf<N extends FactName> = N extends keyof ExtraFacts ? ExtraFacts[N] : readonly Resource[];

/** Exactly the facts that were asked for. */
export type Facts<N extends FactName> = { readonly [K in N]: FactOf<K> };

export type AllFacts = Facts<FactName>;

/** A time of a source's line on the common clock; undefined where it cannot be placed. */
export type PlaceTime = (sourcePath: string, host: string | undefined, stamp: Stamp) => Micros | undefined;
