import { captureKind, compareText, type Entity, type EntityKey, type EntityKind, entityKey } from '../model/entity.ts';
import { registryOf } from '../model/image-reference.ts';
import type { Signature } from '../model/signature.ts';
import type { Context } from './context.ts';
import type { Series } from './hits.ts';
import { entityOfResource } from './resource-entity.ts';

/** Hits that are about the same things: one candidate for a finding. */
export interface Group {
  /** The entities that tell this group from the others of its signature. */
  readonly entities: readonly Entity[];
  readonly series: readonly Series[];
}

/** Sorts the series of a signature by what they are about. */
export function groupSeries(signature: Signature, all: readonly Series[], context: Context): Group[] {
  const keyed = all.map((series) => ({ series, entities: keyEntities(signature, series, context) }));
  const groups = new Map<string, { entities: readonly Entity[]; series: Series[] }>();
  const full = keyed.filter(({ entities }) => entities.length === fullLength(signature, entities));
  for (const { series, entities } of full) {
    const key = keyOf(entities);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { entities, series: [series] });
    else group.series.push(series);
  }
  // A hit that lacks one of the kinds (a cluster-wide condition beside per-node lines) belongs to every group it fits.
  for (const { series, entities } of keyed.filter((entry) => !full.includes(entry))) {
    const fitting = [...groups.values()].filter((group) => contains(group.entities, entities));
    if (fitting.length > 0) for (const group of fitting) group.series.push(series);
    else groups.set(keyOf(entities), { entities, series: [series] });
  }
  return [...groups.entries()].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

function fullLength(signature: Signature, entities: readonly Entity[]): number {
  return signature.entities?.length ?? entities.length;
}

function keyOf(entities: readonly Entity[]): string {
  return entities.map(entityKey).join('|');
}

function contains(larger: readonly Entity[], smaller: readonly Entity[]): boolean {
  const keys = new Set<EntityKey>(larger.map(entityKey));
  return smaller.every((entity) => keys.has(entityKey(entity)));
}

function keyEntities(signature: Signature, series: Series, context: Context): Entity[] {
  const known = entitiesOf(series, context);
  if (signature.entities === undefined) {
    const main = mainEntity(series, known);
    return main === undefined ? [] : [main];
  }
  return signature.entities.flatMap((kind): Entity[] => {
    if (kind === 'cluster') return [{ kind, name: 'cluster' }];
    const entity = known.get(kind);
    return entity === undefined ? [] : [entity];
  });
}

/** All entities that a series is about, one of each kind; captures win over what the source says. */
export function entitiesOf(series: Series, context: Context): Map<EntityKind, Entity> {
  const known = new Map<EntityKind, Entity>();
  const put = (kind: EntityKind, name: string | undefined): void => {
    if (name !== undefined && name !== '') known.set(kind, { kind, name });
  };
  const { source, entity, resource } = series;
  if (source?.namespace !== undefined) put('namespace', source.namespace);
  if (source?.namespace !== undefined && source.pod !== undefined) {
    const pod = `${source.namespace}/${source.pod}`;
    put('pod', pod);
    put('node', context.names.nodeOfPod(pod));
    if (source.container !== undefined) put('container', `${pod}/${source.container}`);
  }
  if (source?.unit !== undefined) put('unit', source.unit);
  if (resource !== undefined) {
    const about = entityOfResource(resource);
    put(about.kind, about.name);
  }
  if (series.host !== undefined) put('node', context.names.node(series.host));
  if (entity !== undefined) put(entity.kind, entity.kind === 'node' ? context.names.node(entity.name) : entity.name);
  for (const [name, value] of Object.entries({ ...series.captures, ...series.keys })) {
    const kind = captureKind(name);
    if (kind === undefined) continue;
    const called = qualified(kind, value, series, known, context);
    // An address that leads to no host does not replace the id that does.
    if (kind !== 'baremetalhost' || called !== value || !known.has(kind)) put(kind, called);
  }
  const image = known.get('image')?.name;
  if (image !== undefined && !known.has('registry')) put('registry', registryOf(image));
  // Qualified last: a NIC is named by its node, which a capture may have named.
  const nic = known.get('nic');
  const host = known.get('node');
  if (nic !== undefined && host !== undefined && !nic.name.includes('/')) put('nic', `${host.name}/${nic.name}`);
  const pod = known.get('pod')?.name;
  const namespaced = pod?.includes('/') === true ? pod : known.get('volumeclaim')?.name;
  if (namespaced !== undefined && !known.has('namespace')) put('namespace', namespaced.split('/')[0]);
  if (known.has('pod') && !known.has('node')) put('node', context.names.nodeOfPod(known.get('pod')!.name));
  return known;
}

/** Entities that the series' captures named along the way, beside the last of each kind. */
export function namedEntities(series: Series, context: Context): Entity[] {
  const known = entitiesOf(series, context);
  return [...series.values].flatMap(([name, values]) => {
    const kind = captureKind(name);
    if (kind === undefined || kind === 'nic') return [];
    return [...values]
      .map((value) => ({ kind, name: qualified(kind, value, series, known, context) }))
      .filter((entity) => kind !== 'baremetalhost' || !isAddress(entity.name));
  });
}

function qualified(
  kind: EntityKind,
  value: string,
  series: Series,
  known: ReadonlyMap<EntityKind, Entity>,
  context: Context,
): string {
  if (kind === 'node') return context.names.node(value);
  const name = kind === 'baremetalhost' ? context.names.bareMetalHost(value) : value;
  if (kind === 'baremetalhost' && isAddress(name)) return name;
  if ((kind === 'pod' || kind === 'machine' || kind === 'baremetalhost') && !name.includes('/')) {
    const namespace = known.get('namespace')?.name ?? series.keys['namespace'] ?? defaultNamespace(kind);
    return namespace === undefined ? name : `${namespace}/${name}`;
  }
  return name;
}

/** Of a BMC whose host is not known. */
function isAddress(name: string): boolean {
  return /^[a-z][\w+.-]*:\/\/|^[\d.]+(?::\d+)?$|^\[/i.test(name);
}

function defaultNamespace(kind: EntityKind): string | undefined {
  return kind === 'pod' ? undefined : 'openshift-machine-api';
}

function mainEntity(series: Series, known: ReadonlyMap<EntityKind, Entity>): Entity | undefined {
  if (series.resource !== undefined) return entityOfResource(series.resource);
  if (series.entity !== undefined) return known.get(series.entity.kind) ?? series.entity;
  if (series.source?.kind === 'container') return known.get('pod');
  return known.get('node') ?? known.get('pod') ?? known.get('operator');
}
