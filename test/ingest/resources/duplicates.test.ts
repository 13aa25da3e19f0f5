import { describe, expect, it } from 'vitest';
import { mergeResources } from '../../../src/ingest/resources/duplicates.ts';
import type { Resource } from '../../../src/model/resource.ts';

function resource(path: string, resourceVersion: string | undefined, more: Partial<Resource> = {}): Resource {
  const metadata = resourceVersion === undefined ? {} : { resourceVersion };
  return { group: '', kind: 'Node', name: 'n', body: { metadata }, path, pointer: '', lineOf: () => 1, ...more };
}

function paths(...resources: Resource[]): string[] {
  return mergeResources(resources).map(({ path }) => path);
}

describe('mergeResources', () => {
  it('keeps the highest resource version, as a number of any size', () => {
    expect(paths(resource('a', '9'), resource('b', '10'), resource('c', '8'))).toEqual(['b']);
    expect(paths(resource('a', '90071992547409930'), resource('b', '90071992547409931'))).toEqual(['b']);
  });

  it('keeps the first of equal versions and of none', () => {
    expect(paths(resource('a', '9'), resource('b', '9'))).toEqual(['a']);
    expect(paths(resource('a', undefined), resource('b', undefined))).toEqual(['a']);
    expect(paths(resource('a', undefined), resource('b', '1'), resource('c', 'x'))).toEqual(['b']);
  });

  it('tells objects apart by group, kind, namespace and name', () => {
    const all = [
      resource('a', '1'),
      resource('b', '1', { group: 'x' }),
      resource('c', '1', { kind: 'Pod' }),
      resource('d', '1', { namespace: 'n' }),
      resource('e', '1', { name: 'm' }),
    ];
    expect(paths(...all).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('puts objects in the order of their names, whichever came first', () => {
    const all = [
      resource('a', '1', { name: 'n' }),
      resource('b', '1', { name: 'm' }),
      resource('c', '1', { kind: 'A' }),
    ];
    expect(paths(...all)).toEqual(['c', 'b', 'a']);
    expect(paths(...all.toReversed())).toEqual(['c', 'b', 'a']);
  });
});
