/**
 * What becomes of a field: `drop` leaves it out, `blank` keeps its name with `null` for its value, `short` does so where the
 * value is a text that is longer than `MAX_PEM_CHARACTERS`.
 */
export type Fate = Projection | 'drop' | 'blank' | 'short';

/** Which fields of an object are left out. A field that is not named stays whole. */
export interface Projection {
  readonly fields?: ReadonlyMap<string, Fate>;
  /** Fate of the fields that `fields` does not name. */
  readonly others?: Fate;
  /** For the items of a list. */
  readonly items?: Projection;
}

/** Field name to fate; `'*'` for those not named, `'[]'` for the items of a list, `keep` for one that stays whole. */
interface Table {
  readonly [field: string]: Table | 'drop' | 'blank' | 'short' | 'keep';
}

const METADATA: Table = {
  managedFields: 'drop',
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': 'drop',
    // A token in plain text.
    'openshift.io/token-secret.value': 'drop',
  },
};

const CONTAINER: Table = {
  env: 'drop',
  envFrom: 'drop',
  volumeMounts: 'drop',
  volumeDevices: 'drop',
  securityContext: 'drop',
  terminationMessagePath: 'drop',
  resources: { '*': 'drop', limits: { '*': 'drop', memory: 'keep' } },
};

/** Which claims a pod mounts. */
const VOLUME: Table = {
  '*': 'drop',
  persistentVolumeClaim: { '*': 'drop', ...kept('claimName') },
};

const POD_SPEC: Table = {
  volumes: { '[]': VOLUME },
  tolerations: 'drop',
  containers: { '[]': CONTAINER },
  initContainers: { '[]': CONTAINER },
  ephemeralContainers: { '[]': CONTAINER },
};

const POD_TEMPLATE: Table = { spec: { template: { spec: { ...POD_SPEC, volumes: 'drop' } } } };

/** All that matching an Event, and telling when it was, asks for. */
const EVENT: Table = {
  '*': 'drop',
  ...kept('apiVersion', 'kind', 'type', 'reason', 'message', 'note'),
  ...kept('count', 'deprecatedCount', 'eventTime', 'firstTimestamp', 'lastTimestamp'),
  ...kept('deprecatedFirstTimestamp', 'deprecatedLastTimestamp'),
  metadata: { '*': 'drop', ...kept('name', 'namespace', 'creationTimestamp') },
  series: { '*': 'drop', ...kept('count', 'lastObservedTime') },
  source: { '*': 'drop', ...kept('host') },
  deprecatedSource: { '*': 'drop', ...kept('host') },
  involvedObject: { '*': 'drop', ...kept('kind', 'namespace', 'name') },
  regarding: { '*': 'drop', ...kept('kind', 'namespace', 'name') },
};

function kept(...fields: readonly string[]): Table {
  return Object.fromEntries(fields.map((field) => [field, 'keep' as const]));
}

const CERTIFICATE_KEYS = ['tls.crt', 'ca.crt', 'ca-bundle.crt', 'service-ca.crt'];

/** Bulk that nobody asks for, and secrets that must not be kept, by kind. */
const TABLES: Readonly<Record<string, Table>> = {
  Event: EVENT,
  Pod: { spec: POD_SPEC },
  DaemonSet: POD_TEMPLATE,
  Deployment: POD_TEMPLATE,
  ReplicaSet: POD_TEMPLATE,
  StatefulSet: POD_TEMPLATE,
  Job: POD_TEMPLATE,
  Secret: {
    '*': 'drop',
    apiVersion: 'keep',
    kind: 'keep',
    type: 'keep',
    data: { '*': 'drop', ...Object.fromEntries(CERTIFICATE_KEYS.map((key) => [key, 'keep' as const])) },
  },
  MachineConfig: { spec: { config: { passwd: 'drop', storage: { files: { '[]': { contents: 'drop' } } } } } },
  ControllerConfig: { spec: { internalRegistryPullSecret: 'drop' } },
  ClusterServiceVersion: {
    metadata: { annotations: { 'alm-examples': 'drop' } },
    spec: { icon: 'drop', description: 'drop', customresourcedefinitions: 'drop', install: { spec: 'drop' } },
  },
};

const CONFIG_MAP_NAMES: Table = { data: { '*': 'blank' }, binaryData: { '*': 'blank' } };
const CONFIG_MAP_DATA: Table = { binaryData: { '*': 'blank' } };
/** The operators copy the public roots, a quarter of a megabyte, into dozens of namespaces. */
const CONFIG_MAP_CERTIFICATES: Table = { data: { '*': 'short' }, binaryData: { '*': 'blank' } };

/** ConfigMaps whose data is read: what the cluster was installed with, and certificates. */
export const READ_CONFIG_MAPS = /ca.*bundle|trusted-ca|^kube-root-ca\.crt$|^etcd-|-ca$|kubeconfig/;

function ofConfigMap(namespace: string | undefined, name: string | undefined): Projection {
  if (name === undefined) return NAMES_ONLY;
  if (isClusterConfig(namespace, name) || name.includes('kubeconfig')) return WITH_DATA;
  return READ_CONFIG_MAPS.test(name) ? WITH_CERTIFICATES : NAMES_ONLY;
}

export function isClusterConfig(namespace: string | undefined, name: string | undefined): boolean {
  return namespace === 'kube-system' && name === 'cluster-config-v1';
}

const WHOLE: Projection = {};
const COMMON = compile({});
const BY_KIND = new Map(Object.entries(TABLES).map(([kind, table]) => [kind, compile(table)]));
const NAMES_ONLY = compile(CONFIG_MAP_NAMES);
const WITH_DATA = compile(CONFIG_MAP_DATA);
const WITH_CERTIFICATES = compile(CONFIG_MAP_CERTIFICATES);

/** What to leave out of an object. The same arguments give the same (identical) projection. */
export function projectionOf(kind: string, namespace: string | undefined, name: string | undefined): Projection {
  if (kind === 'ConfigMap') return ofConfigMap(namespace, name);
  return BY_KIND.get(kind) ?? COMMON;
}

function compile(table: Table): Projection {
  return convert(merge({ metadata: METADATA }, table));
}

function merge(a: Table, b: Table): Table {
  const merged: Record<string, Table[string]> = { ...a };
  for (const [field, fate] of Object.entries(b)) {
    const known = merged[field];
    merged[field] = typeof known === 'object' && typeof fate === 'object' ? merge(known, fate) : fate;
  }
  return merged;
}

function convert(table: Table): Projection {
  const fields = new Map<string, Fate>();
  for (const [field, fate] of Object.entries(table)) {
    if (field !== '*' && field !== '[]') fields.set(field, fateOf(fate));
  }
  const items = table['[]'];
  return {
    fields,
    ...(table['*'] === undefined ? {} : { others: fateOf(table['*']) }),
    ...(typeof items === 'object' ? { items: convert(items) } : {}),
  };
}

function fateOf(fate: Table[string]): Fate {
  if (fate === 'keep') return WHOLE;
  return typeof fate === 'object' ? convert(fate) : fate;
}
