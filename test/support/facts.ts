import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { LineCounter, parseAllDocuments } from 'yaml';
import {
  type AllFacts,
  type Document,
  type DocumentFamily,
  type ExtraFacts,
  RESOURCE_KINDS,
  type ResourceKind,
} from '../../src/model/facts.ts';
import { type Fields, isFields, type Resource, readList, readText, type Value } from '../../src/model/resource.ts';

/** What a test gives: YAML or JSON texts by path, and the facts that are no resources. */
export interface FactsInput {
  /** Kubernetes objects: single objects, several documents or Lists. A bare string stands for one file. */
  readonly resources?: string | Readonly<Record<string, string>>;
  /** JSON or YAML by family: `{ 'etcd-member-list': '{"members": []}' }`. */
  readonly documents?: Partial<Readonly<Record<DocumentFamily, string>>>;
  readonly files?: ExtraFacts['files'];
  readonly hostLogs?: ExtraFacts['hostLogs'];
  readonly boots?: ExtraFacts['boots'];
  readonly phases?: ExtraFacts['phases'];
}

/** Facts as ingest would give them, with true lines and pointers. */
export function facts(input: FactsInput): AllFacts {
  const texts = typeof input.resources === 'string' ? { 'resources.yaml': input.resources } : (input.resources ?? {});
  const resources = Object.entries(texts).flatMap(([path, text]) => parseResources(path, text));
  const documents = Object.entries(input.documents ?? {}).map(([family, text]) =>
    parseDocument(family as DocumentFamily, `${family}.json`, text),
  );
  return assemble(resources, documents, input);
}

export function assemble(resources: readonly Resource[], documents: readonly Document[], extra: FactsInput): AllFacts {
  const byKind = new Map<string, Map<string, Resource>>(RESOURCE_KINDS.map((kind) => [kind, new Map()]));
  // Later copies of an object do not replace the first one: a List and the single file hold the same.
  for (const resource of resources) {
    const key = `${resource.group}/${resource.namespace ?? ''}/${resource.name}`;
    const known = byKind.get(resource.kind);
    if (known !== undefined && !known.has(key)) known.set(key, resource);
  }
  const kinds = Object.fromEntries(RESOURCE_KINDS.map((kind) => [kind, [...(byKind.get(kind)?.values() ?? [])]]));
  return {
    ...(kinds as unknown as Record<ResourceKind, readonly Resource[]>),
    documents: Map.groupBy(documents, ({ family }) => family),
    files: extra.files ?? [],
    hostLogs: extra.hostLogs ?? [],
    boots: extra.boots ?? [],
    phases: extra.phases ?? { upgrades: [] },
  };
}

export function parseResources(path: string, text: string): Resource[] {
  const lineOf = lineFinder(text);
  return loadAll(text, { schema: CORE_SCHEMA }).flatMap((parsed, index) => {
    const root = parsed as Value;
    const items = isFields(root) && Array.isArray(root['items']) ? readList(root, 'items') : undefined;
    if (items === undefined) return resourceOf(root, path, '', undefined, (pointer) => lineOf(index, pointer));
    return items.flatMap((item, at) =>
      resourceOf(item, path, `/items/${at}`, root as Fields, (pointer) => lineOf(index, `/items/${at}${pointer}`)),
    );
  });
}

function resourceOf(
  body: Value,
  path: string,
  pointer: string,
  list: Fields | undefined,
  lineOf: (pointer: string) => number,
): Resource[] {
  const name = readText(body, 'metadata.name');
  const kind = readText(body, 'kind') ?? readText(list, 'kind')?.replace(/List$/, '');
  if (!isFields(body) || name === undefined || !kind) return [];
  const namespace = readText(body, 'metadata.namespace');
  const version = readText(body, 'apiVersion') ?? readText(list, 'apiVersion') ?? 'v1';
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  return [{ group, kind, ...(namespace !== undefined && { namespace }), name, body, path, pointer, lineOf }];
}

export function parseDocument(family: DocumentFamily, path: string, text: string): Document {
  const lineOf = lineFinder(text);
  const body = loadAll(text, { schema: CORE_SCHEMA })[0] as Value;
  return { family, path, pointer: '', body, lineOf: (pointer) => lineOf(0, pointer) };
}

/** Finds lines with a second, slower parser, and only when asked. */
function lineFinder(text: string): (document: number, pointer: string) => number {
  let parsed: { documents: ReturnType<typeof parseAllDocuments>; lines: LineCounter } | undefined;
  return (document, pointer) => {
    if (parsed === undefined) {
      const lines = new LineCounter();
      parsed = { documents: parseAllDocuments(text, { lineCounter: lines }), lines };
    }
    const root = (parsed.documents as ReturnType<typeof parseAllDocuments> & { contents?: unknown }[])[document];
    if (root === undefined || !('getIn' in root)) return 1;
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    for (let depth = steps.length; depth >= 0; depth--) {
      const node = root.getIn(
        steps.slice(0, depth).map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
        true,
      ) as { range?: readonly number[] } | undefined;
      if (node?.range?.[0] !== undefined) return parsed.lines.linePos(node.range[0]).line;
    }
    return 1;
  };
}
