import { compareText } from '../../model/entity.ts';
import type { Resource } from '../../model/resource.ts';
import { readText } from '../../model/resource.ts';

/**
 * Leaves one of each object: the same one is in a gather as a list's item and as a file of its own, and in every image's
 * directory. Keeps the highest `metadata.resourceVersion`. Where versions are equal or absent, whatever the order in which
 * files came, a file of its own wins over a list, then the lesser path. They come in the order of their names, not of the files.
 */
export function mergeResources(resources: readonly Resource[]): Resource[] {
  const kept = new Map<string, { resource: Resource; version: bigint }>();
  for (const resource of resources) {
    const key = JSON.stringify([resource.group, resource.kind, resource.namespace ?? null, resource.name]);
    const version = versionOf(resource);
    const known = kept.get(key);
    if (
      known === undefined ||
      version > known.version ||
      (version === known.version && isBefore(resource, known.resource))
    )
      kept.set(key, { resource, version });
  }
  return [...kept.values()].map(({ resource }) => resource).sort(byName);
}

function byName(a: Resource, b: Resource): number {
  return (
    compareText(a.kind, b.kind) ||
    compareText(a.group, b.group) ||
    compareText(a.namespace ?? '', b.namespace ?? '') ||
    compareText(a.name, b.name)
  );
}

function isBefore(a: Resource, b: Resource): boolean {
  const [inListA, inListB] = [a.pointer !== '', b.pointer !== ''];
  if (inListA !== inListB) return inListB;
  return (compareText(a.path, b.path) || compareText(a.pointer, b.pointer)) < 0;
}

function versionOf(resource: Resource): bigint {
  const text = readText(resource.body, 'metadata.resourceVersion');
  return text !== undefined && /^\d{1,40}$/.test(text) ? BigInt(text) : -1n;
}
