import { compareText } from './model/entity.ts';
import { type Resource, readText } from './model/resource.ts';

/** One analysis is of one cluster: says so where the objects are of several, before they are merged by name. */
export function severalClusters(resources: readonly Resource[]): string | undefined {
  const ids = new Set<string>();
  for (const { kind, body } of resources) {
    const id = kind === 'ClusterVersion' ? readText(body, 'spec.clusterID') : undefined;
    if (id !== undefined) ids.add(id);
  }
  if (ids.size < 2) return undefined;
  const shown = [...ids].sort(compareText).slice(0, 4).join(', ');
  return `The inputs hold the state of ${ids.size} clusters (${shown}), judged here as one: analyse each by itself.`;
}
