import type { FileRecord } from '../model/facts.ts';
import type { InputKind } from '../model/ingest.ts';

export interface Missing {
  readonly what: string;
  readonly why: string;
  readonly matters: string;
}

/** Families that only a must-gather has beside the plain output of `oc adm inspect`. */
const MUST_GATHER_FAMILIES = [
  'audit-listing',
  'ceph-log',
  'etcd-info',
  'gather-log',
  'haproxy-config',
  'network-file',
  'unit-log',
  'version',
];

interface Expected {
  readonly what: string;
  readonly path: RegExp;
  readonly matters: string;
  /** Kind of object that must have come of it. */
  readonly kind?: string;
  /** A hosted control plane runs in another cluster: nothing of it is in this one's gather. */
  readonly ofControlPlane?: true;
}

/** What a complete platform must-gather holds, and what cannot be told without it. */
const EXPECTED: readonly Expected[] = [
  {
    what: 'ClusterVersion',
    kind: 'ClusterVersion',
    path: /\/config\.openshift\.io\/clusterversions(?:\/[^/]+)?\.ya?ml$/,
    matters: 'version, update history and whether an update is failing',
  },
  {
    what: 'ClusterOperators',
    kind: 'ClusterOperator',
    path: /\/config\.openshift\.io\/clusteroperators(?:\/[^/]+)?\.ya?ml$/,
    matters: 'which operators are degraded or unavailable, and since when',
  },
  {
    what: 'Nodes',
    kind: 'Node',
    path: /\/core\/nodes(?:\/[^/]+)?\.ya?ml$/,
    matters: 'which nodes are not ready, their addresses and their roles',
  },
  {
    what: 'namespace openshift-etcd',
    ofControlPlane: true,
    path: /(?:^|\/)namespaces\/openshift-etcd\/./,
    matters: 'the logs and pods of etcd',
  },
  {
    what: 'kubelet logs of the control plane',
    ofControlPlane: true,
    path: /\/host_service_logs\/masters\/kubelet_service\.log(?:\.gz)?$/,
    matters: 'what the kubelets saw before pods and nodes failed',
  },
  {
    what: 'etcd_info',
    ofControlPlane: true,
    path: /(?:^|\/)etcd_info\/[^/]+\.json$/,
    matters: 'members, leader, alarms and database size of etcd',
  },
  {
    what: 'monitoring',
    path: /(?:^|\/)monitoring\/./,
    matters: 'which alerts were firing and which targets were down',
  },
];

/** What kind of bundle the files of one input make up. */
export function inputKind(files: readonly FileRecord[]): InputKind {
  const families = new Set(files.map((file) => file.family));
  const holds = (pattern: RegExp): boolean => files.some((file) => pattern.test(file.path));
  const objects = holds(/(?:^|\/)(?:cluster-scoped-resources|namespaces)\//);
  if (objects && MUST_GATHER_FAMILIES.some((family) => families.has(family))) return 'must-gather';
  if (holds(/(?:^|\/)insights-operator\/gathers\.json$/)) return 'insights';
  if (objects) return 'inspect';
  if (holds(/(?:^|\/)sos_commands\//)) return 'sosreport';
  if (holds(/(?:^|\/)agent-gather\//)) return 'agent-gather';
  if (holds(/(?:^|\/)(?:bootstrap|control-plane\/[^/]+)\/journals\//)) return 'log-bundle';
  const logs = files.filter((file) => LOG_FAMILIES.has(file.family));
  if (logs.length === 0) return 'unknown';
  return logs.every((file) => JOURNAL_FAMILIES.has(file.family)) ? 'journal' : 'log';
}

const JOURNAL_FAMILIES: ReadonlySet<string> = new Set(['binary-journal', 'journal', 'node-log', 'unit-log']);

const LOG_FAMILIES: ReadonlySet<string> = new Set([
  ...JOURNAL_FAMILIES,
  'assisted-log',
  'audit-log',
  'console',
  'container-file',
  'container-log',
  'dmesg',
  'gather-log',
  'host-log',
  'installer-log',
  'rotated-log',
  'syslog',
  'termination-log',
  'text',
]);

/** What the objects of all inputs say about them. */
export interface Seen {
  /** Kinds of objects that came of them. */
  readonly kinds: ReadonlySet<string>;
  /** Kinds that were looked for. */
  readonly wanted: ReadonlySet<string>;
  /** The control plane is hosted in another cluster. */
  readonly hosted: boolean;
}

/** What a complete gather would have held and this one does not, over all inputs. */
export function missingParts(kinds: readonly InputKind[], files: readonly FileRecord[], seen: Seen): Missing[] {
  const expected = EXPECTED.filter((part) => !(seen.hosted && part.ofControlPlane === true));
  if (!kinds.includes('must-gather')) return missingState(kinds, files, seen);
  const platform = files.some((file) =>
    /\/clusteroperators(?:\/|\.)|(?:^|\/)(?:host_service_logs|etcd_info)\//.test(file.path),
  );
  if (!platform) {
    return [
      {
        what: 'platform must-gather',
        why: 'the gather is that of an add-on, without operators and host logs',
        matters: 'the state of the cluster beneath the add-on',
      },
    ];
  }
  return expected.flatMap((part) => {
    const { what, path, matters, kind } = part;
    if (isThere(part, files, seen)) return [];
    const found = files.filter((file) => path.test(file.path));
    const filled = kind !== undefined && found.some((file) => file.bytes > 0);
    const why = filled ? 'its files hold none' : found.length === 0 ? 'not in the gather' : 'empty in the gather';
    return [{ what, why, matters }];
  });
}

function isThere({ kind, path }: Expected, files: readonly FileRecord[], seen: Seen): boolean {
  if (kind !== undefined && seen.wanted.has(kind)) return seen.kinds.has(kind);
  return files.some((file) => file.bytes > 0 && path.test(file.path));
}

/** Of anything but a must-gather only the cluster's own state is to be expected. */
function missingState(kinds: readonly InputKind[], files: readonly FileRecord[], seen: Seen): Missing[] {
  const state = EXPECTED.filter((part) => part.kind !== undefined);
  const absent = state.filter((part) => !isThere(part, files, seen));
  if (absent.length < state.length) {
    return absent.map(({ what, matters }) => ({ what, why: 'not in the input', matters }));
  }
  return [
    {
      what: 'cluster state',
      why: `no ClusterVersion, ClusterOperator or Node object is in the input (${[...new Set(kinds)].join(', ')})`,
      matters: 'version, operators and nodes, and whether a fault in the logs is still there',
    },
  ];
}

/** Notes on families of which files are empty: created, but never filled. */
export function emptyNotes(files: readonly FileRecord[]): string[] {
  const byFamily = new Map<string, { empty: number; all: number }>();
  for (const { family, bytes } of files) {
    const count = byFamily.get(family) ?? { empty: 0, all: 0 };
    count.all++;
    if (bytes === 0) count.empty++;
    byFamily.set(family, count);
  }
  return [...byFamily]
    .filter(([family, { empty }]) => empty > 0 && MATTERS_EMPTY.has(family))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([family, { empty, all }]) =>
        `${empty} of ${all} files of family ${family} are empty: not collected or never written.`,
    );
}

const MATTERS_EMPTY: ReadonlySet<string> = new Set([
  ...LOG_FAMILIES,
  'clusteroperators',
  'clusterversions',
  'etcd-info',
  'events',
  'monitoring',
  'nodes',
  'pods',
]);
