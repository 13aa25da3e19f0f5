import { describe, expect, it } from 'vitest';
import { etcdFragmented } from '../../src/detectors/etcd-fragmented.ts';
import { etcdMemberLagging } from '../../src/detectors/etcd-member-lagging.ts';
import { etcdObjectFlood } from '../../src/detectors/etcd-object-flood.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

describe('etcd-object-flood', () => {
  const run = (text: string) => detect(etcdObjectFlood, facts({ documents: { 'etcd-object-count': text } }));
  const counts = (...entries: [string, number, string][]) =>
    JSON.stringify({
      etcd_resources: entries.map(([object_name, count, object_size]) => ({
        object_count: String(count),
        object_name,
        object_size,
      })),
    });

  it('names the kind and what else is large', () => {
    const { findings } = run(
      counts(['/kubernetes.io/events', 4120, '5.1M'], ['/kubernetes.io/secrets', 61_803, '812M']),
    );
    expect(findings.map(({ captures }) => captures)).toEqual([
      {
        kind: '/kubernetes.io/secrets',
        resource: 'secrets',
        objects: '61803 objects',
        size: ', 812 MiB',
        largest: '/kubernetes.io/secrets (61803), /kubernetes.io/events (4120)',
      },
    ]);
  });

  it('goes by size too, and reads the flat form of older releases', () => {
    expect(run(counts(['/kubernetes.io/configmaps', 900, '1.2G'])).findings).toHaveLength(1);
    expect(run('{"/kubernetes.io/secrets": 52000, "/kubernetes.io/pods": 300}').findings).toHaveLength(1);
  });

  it('is silent about an ordinary cluster, and about events in numbers that others must not have', () => {
    const ordinary = counts(['/kubernetes.io/events', 62_000, '90M'], ['/kubernetes.io/secrets', 1803, '12M']);
    expect(run(ordinary)).toEqual({ findings: [], noData: [] });
  });

  it('cannot tell without the counts', () => {
    expect(detect(etcdObjectFlood, facts({})).noData).toHaveLength(1);
    expect(run('{}').noData).toHaveLength(1);
  });
});

const endpoint = (host: string, status: object) => ({ Endpoint: `https://${host}:2379`, Status: status });
const GB = 1_000_000_000;

describe('etcd-fragmented', () => {
  const run = (...members: object[]) =>
    detect(etcdFragmented, facts({ documents: { 'etcd-endpoint-status': JSON.stringify(members) } }));

  it('finds a large file that is mostly holes', () => {
    const { findings } = run(
      endpoint('10.0.0.3', { dbSize: 4 * GB, dbSizeInUse: GB }),
      endpoint('10.0.0.4', { dbSize: 1.1 * GB, dbSizeInUse: GB }),
    );
    expect(findings).toMatchObject([
      {
        title: 'etcd database is 75 % free space',
        captures: { endpoint: '10.0.0.3', size: '3.7', inUse: '0.9', members: '1', all: '2' },
      },
    ]);
  });

  it('is silent about small files and small holes', () => {
    expect(
      run(
        endpoint('10.0.0.3', { dbSize: 0.2 * GB, dbSizeInUse: 0.01 * GB }),
        endpoint('10.0.0.4', { dbSize: 4 * GB, dbSizeInUse: 2.5 * GB }),
      ),
    ).toEqual({ findings: [], noData: [] });
  });
});

describe('etcd-member-lagging', () => {
  const member = (host: string, applied: number, cluster = 7) =>
    endpoint(host, { header: { cluster_id: cluster }, raftIndex: applied, raftAppliedIndex: applied });
  const run = (...members: object[]) =>
    detect(etcdMemberLagging, facts({ documents: { 'etcd-endpoint-status': JSON.stringify(members) } }));

  it('finds who is thousands of entries behind', () => {
    const { findings } = run(member('10.0.0.3', 912_400), member('10.0.0.4', 900_000), member('10.0.0.5', 912_390));
    expect(findings.map(entitiesOf)).toEqual([['node:10.0.0.4']]);
    expect(findings[0]?.captures).toEqual({ behind: '12400' });
  });

  it('allows for the time between two questions, and compares only members of one cluster', () => {
    expect(run(member('10.0.0.3', 912_400), member('10.0.0.4', 911_900))).toEqual({ findings: [], noData: [] });
    expect(run(member('10.0.0.3', 912_400), member('10.0.0.4', 40, 8))).toEqual({ findings: [], noData: [] });
  });
});
