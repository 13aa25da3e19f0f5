import { describe, expect, it } from 'vitest';
import { compile } from '../../src/detect/compile.ts';
import { SourceMasks } from '../../src/detect/source-masks.ts';
import type { LogMatcher, Signature } from '../../src/model/signature.ts';
import type { Source } from '../../src/model/source.ts';

function masks(...logs: Partial<LogMatcher>[]): SourceMasks {
  const signatures = logs.map((log) => ({
    match: { line: { log: { contains: 'seven bytes', ...log } } },
    when: { type: 'any' },
  }));
  return new SourceMasks(compile(signatures as unknown as Signature[]).matchers);
}

function allowed(all: SourceMasks, source: Partial<Source>): number[] {
  return [...all.allowed({ path: 'a/b.log', kind: 'container', ...source })];
}

describe('SourceMasks', () => {
  const all = masks(
    {},
    { source: 'journal' },
    { namespace: 'openshift-*', container: 'etcd' },
    { unit: 'kubelet' },
    { path: '**/b.log' },
  );

  it('lets a source through to the matchers whose every restriction it meets', () => {
    expect(allowed(all, { namespace: 'openshift-etcd', container: 'etcd' })).toEqual([1, 0, 1, 1, 1]);
    expect(allowed(all, { namespace: 'openshift-etcd', container: 'etcdctl' })).toEqual([1, 0, 0, 1, 1]);
    expect(allowed(all, { namespace: 'default', container: 'etcd', path: 'c.log' })).toEqual([1, 0, 0, 1, 0]);
  });

  it('leaves the unit to the lines where the source has none', () => {
    expect(allowed(all, { kind: 'journal' })).toEqual([1, 1, 0, 1, 1]);
    expect(allowed(all, { kind: 'journal', unit: 'kubelet.service' })).toEqual([1, 1, 0, 1, 1]);
    expect(allowed(all, { kind: 'journal', unit: 'crio' })).toEqual([1, 1, 0, 0, 1]);
  });

  it('says the same when asked again', () => {
    const source = { namespace: 'openshift-etcd', container: 'etcd' };
    expect(allowed(all, source)).toEqual(allowed(all, source));
  });
});
