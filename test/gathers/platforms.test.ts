import { describe, expect, it } from 'vitest';
import type { Platform } from '../../src/gathers/cluster.ts';
import { healthyGather } from '../../src/gathers/healthy.ts';
import { olderThan, releaseOf } from '../../src/gathers/release.ts';
import { siteCluster } from '../../src/gathers/scenarios/clusters.ts';

function made(platform: Platform, version: string, masters: readonly string[]) {
  const cluster = siteCluster({
    scenario: `test-${platform}`,
    started: '2025-01-12T07:00:00Z',
    gathered: '2025-01-15T14:00:00Z',
    name: 'shop',
    domain: 'example.net',
    version,
    platform,
    network: '10.40.8',
    masters,
    workers: [],
  });
  return healthyGather(cluster);
}

describe('clusters of other platforms and releases', () => {
  it('have hosts and ironic on bare metal only', () => {
    const kinds = (platform: Platform) =>
      new Set(made(platform, '4.16.19', ['a', 'b', 'c']).objects.map((o) => o.kind));
    expect(kinds('BareMetal')).toContain('BareMetalHost');
    expect(kinds('VSphere')).not.toContain('BareMetalHost');
    expect(kinds('VSphere')).toContain('Machine');
    expect(kinds('None')).not.toContain('Machine');
  });

  it('keep their virtual addresses where the platform has keepalived', () => {
    const names = (platform: Platform) =>
      new Set(made(platform, '4.16.19', ['a', 'b', 'c']).objects.map((o) => o.metadata.namespace));
    expect(names('VSphere')).toContain('openshift-vsphere-infra');
    expect([...names('None')].filter((name) => name?.endsWith('-infra'))).toEqual([]);
  });

  it('are single-replica with one master', () => {
    const found = made('None', '4.14.36', ['edge']).objects.find((o) => o.kind === 'Infrastructure')!;
    expect(found['status'].controlPlaneTopology).toBe('SingleReplica');
  });

  it('run the databases of OVN on the masters before 4.14', () => {
    const names = (version: string) =>
      made('BareMetal', version, ['a', 'b', 'c'])
        .objects.filter((o) => o.kind === 'DaemonSet')
        .map((o) => o.metadata.name);
    expect(names('4.13.30')).toContain('ovnkube-master');
    expect(names('4.14.36')).not.toContain('ovnkube-master');
  });
});

describe('releases', () => {
  it('are found by their minor version and ordered as numbers', () => {
    expect(releaseOf('4.12.70').kubelet).toMatch(/^v1\.25/);
    expect(() => releaseOf('4.2.1')).toThrow(/4\.12/);
    expect([olderThan('4.9.1', '4.14'), olderThan('4.14.0', '4.14'), olderThan('4.18.3', '4.14')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
