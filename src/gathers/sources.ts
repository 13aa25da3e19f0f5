import { compareText } from '../model/entity.ts';
import type { Tree } from './render.ts';

const PATTERNS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\/namespaces\/([^/]+)\/pods\/[^/]+\/([^/]+)\/.*\/logs\//, 'logs of $1/$2'],
  [/\/host_service_logs\/[^/]+\/([^/]+)_service\.log$/, 'unit $1'],
  [/\/nodes\/([^/]+)\/(?:\1_)?([^/.]+)[^/]*$/, 'nodes: $2'],
  [/\/(?:events\.yaml|event-filter\.html)$/, 'core/events'],
  [/\/pods\/[^/]+\/[^/]+\.yaml$/, 'core/pods'],
  [/\/namespaces\/([^/]+)\/\1\.yaml$/, 'core/namespaces'],
  [/\/(?:cluster-scoped-resources|namespaces\/[^/]+)\/([^/]+)\/([^/.]+)(?:\.|\/)/, '$1/$2'],
  [/\/(etcd_info|monitoring)\//, '$1'],
  [/\/config\/([^/]+)(?:\/|$)/, 'config/$1'],
  [/^gather\/(?:.*\/)?([^/]+)$/, 'file $1'],
  [/^([^/]+)/, '$1'],
];

/** What a collector fetches, or forgets, as one: the logs of a container, a unit, the objects of a kind, an input beside. */
export function sourceOf(path: string): string {
  for (const [pattern, name] of PATTERNS) {
    const match = pattern.exec(path);
    if (match !== null) return name.replaceAll(/\$(\d)/g, (_, n: string) => match[Number(n)]!);
  }
  return path;
}

export function sourcesOf(tree: Tree): string[] {
  return [...new Set([...tree.keys()].map(sourceOf))].sort(compareText);
}

export function withoutSources(tree: Tree, gone: readonly string[]): Tree {
  return new Map([...tree].filter(([path]) => !gone.includes(sourceOf(path))));
}
