/** What a finding is about. */
export const ENTITY_KINDS = [
  'cluster',
  'node',
  'operator',
  'namespace',
  'pod',
  'container',
  'machine',
  'baremetalhost',
  'pool',
  'csr',
  'etcd-member',
  'vip',
  'network',
  'nic',
  'disk',
  'image',
  'certificate',
  'webhook',
  'unit',
  'process',
  'release',
  'volumeclaim',
  'volume',
  'storageclass',
  'csidriver',
  'registry',
] as const;

export type EntityKind = (typeof ENTITY_KINDS)[number];

/**
 * `name` follows the report contract: `namespace/name` for namespaced kinds, `node/pci-address` or `node/interface`
 * for a NIC, the Node object's own name for a node, `host` or `host:port` for a registry.
 */
export interface Entity {
  readonly kind: EntityKind;
  readonly name: string;
}

export type EntityKey = `${EntityKind}:${string}`;

export const CLUSTER: Entity = { kind: 'cluster', name: 'cluster' };

export function entityKey(entity: Entity): EntityKey {
  return `${entity.kind}:${entity.name}`;
}

const KIND_SET: ReadonlySet<string> = new Set(ENTITY_KINDS);

export function isEntityKind(text: string): text is EntityKind {
  return KIND_SET.has(text);
}

/** Captures that are not called like the entity that they name. */
const CAPTURES: ReadonlyMap<string, EntityKind> = new Map([
  ['etcdMember', 'etcd-member'],
  // The address of a BMC stands for the host that it controls.
  ['bmc', 'baremetalhost'],
]);

/** The entity kind that a regular expression's capture names (`etcdMember` stands for `etcd-member`). */
export function captureKind(capture: string): EntityKind | undefined {
  return CAPTURES.get(capture) ?? (isEntityKind(capture) ? capture : undefined);
}

export function compareEntities(a: Entity, b: Entity): number {
  return a.kind === b.kind ? compareText(a.name, b.name) : compareText(a.kind, b.kind);
}

/** Code-unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
