import { type Fields, isFields, type Value } from '../../model/resource.ts';
import type { ResourceFile } from './resource-file.ts';

/** What tells one object from another; undefined where nothing says it. */
export interface Identity {
  readonly group: string | undefined;
  readonly kind: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

export function identityOf(body: Fields): Identity {
  const metadata = own(body, 'metadata');
  const fields = isFields(metadata) ? metadata : {};
  const apiVersion = textOf(own(body, 'apiVersion'));
  return {
    group: apiVersion === undefined ? undefined : groupOf(apiVersion),
    kind: textOf(own(body, 'kind')),
    namespace: textOf(own(fields, 'namespace')),
    name: textOf(own(fields, 'name')),
  };
}

/** A field of the object itself: data may name it like something that every object inherits. */
export function own(fields: Fields, key: string): Value | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Objects that live in no namespace though their path may name one (`namespaces/<ns>/<ns>.yaml`). */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set(['Namespace', 'Node', 'PersistentVolume', 'ClusterOperator']);

/** Fills the gaps of an object's identity from the path of its file. */
export function completeIdentity(known: Identity, file: ResourceFile, listKind?: string): Identity {
  const kind = known.kind ?? kindOfPlural(file.pluralHint, file.kinds) ?? listKind;
  const group = known.group ?? (file.groupHint === 'core' ? '' : file.groupHint);
  const scoped = kind !== undefined && CLUSTER_SCOPED.has(kind);
  return {
    group,
    kind,
    namespace: known.namespace ?? (scoped ? undefined : file.namespaceHint),
    name: known.name ?? file.nameHint,
  };
}

/** The kind among `kinds` whose plural resource name this is. */
export function kindOfPlural(plural: string | undefined, kinds: ReadonlySet<string>): string | undefined {
  if (plural === undefined) return undefined;
  for (const kind of kinds) if (pluralOf(kind) === plural) return kind;
  return undefined;
}

function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower === 'endpoints') return lower;
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(lower) ? `${lower}es` : `${lower}s`;
}
