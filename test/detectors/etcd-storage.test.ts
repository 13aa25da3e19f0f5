import { describe, expect, it } from 'vitest';
import { etcdAlarmActive } from '../../src/detectors/etcd-alarm-active.ts';
import { etcdDbLarge } from '../../src/detectors/etcd-db-large.ts';
import { etcdMemberMismatch } from '../../src/detectors/etcd-member-mismatch.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const LIST = '{"members":[{"ID":11,"name":"master-0"},{"ID":12,"name":"master-1"},{"ID":13,"name":"master-9"}]}';
const status = (dbSize: number, dbSizeInUse: number) =>
  JSON.stringify([
    { Endpoint: 'https://10.46.124.21:2379', Status: { header: { member_id: 11 }, dbSize, dbSizeInUse } },
  ]);

describe('etcd-alarm-active', () => {
  const run = (list: string) =>
    detect(etcdAlarmActive, facts({ documents: { 'etcd-alarm-list': list, 'etcd-member-list': LIST } }));

  it('reads alarms as numbers and as names', () => {
    const numbers = run('{"header":{},"alarms":[{"memberID":11,"alarm":1},{"memberID":12,"alarm":1}]}');
    expect(numbers.findings.map(({ captures }) => captures)).toEqual([
      { alarm: 'NOSPACE', members: 'master-0, master-1' },
    ]);
    const names = run('{"alarms":[{"memberID":13,"alarm":"CORRUPT"}]}');
    expect(names.findings.map(entitiesOf)).toEqual([['cluster:cluster', 'etcd-member:master-9']]);
  });

  it.each(['{}', '{"header":{},"alarms":[]}', '{"alarms":[{"memberID":11,"alarm":0}]}'])(
    'is silent about %s',
    (list) => {
      expect(run(list)).toEqual({ findings: [], noData: [] });
    },
  );
});

describe('etcd-db-large', () => {
  const run = (document: string, resources = '') =>
    detect(etcdDbLarge, facts({ resources, documents: { 'etcd-endpoint-status': document } }));

  it('warns from half of the quota on and is serious near its end', () => {
    expect(run(status(4_600_000_000, 2_000_000_000)).findings[0]).toMatchObject({
      severity: 'warning',
      captures: { size: '4.3', inUse: '1.9', quota: '8', endpoint: '10.46.124.21' },
    });
    expect(run(status(7_512_031_232, 3_812_031_232)).findings[0]?.severity).toBe('error');
  });

  it('knows a raised quota', () => {
    const etcd =
      'apiVersion: operator.openshift.io/v1\nkind: Etcd\nmetadata: {name: cluster}\nspec: {backendQuotaGiB: 16}\n';
    expect(run(status(7_512_031_232, 3_812_031_232), etcd).findings).toEqual([]);
  });

  it('is silent about a small database, however fragmented', () => {
    expect(run(status(115_855_360, 20_000_000))).toEqual({ findings: [], noData: [] });
  });
});

describe('etcd-member-mismatch', () => {
  const nodes = (...names: string[]) =>
    names
      .map(
        (name) =>
          `apiVersion: v1\nkind: Node\nmetadata: {name: ${name}, labels: {node-role.kubernetes.io/master: ""}}\n`,
      )
      .join('---\n');
  const run = (resources: string) =>
    detect(etcdMemberMismatch, facts({ resources, documents: { 'etcd-member-list': LIST } }));

  it('finds a member whose node is gone', () => {
    const { findings } = run(nodes('master-0', 'master-1', 'master-2'));
    expect(findings.map(entitiesOf)).toEqual([['etcd-member:master-9']]);
    expect(findings[0]?.captures).toMatchObject({ memberId: 'd' });
  });

  it('is silent where every member has a node, by short name too, and where no name matches at all', () => {
    expect(run(nodes('master-0', 'master-1', 'master-9.example.com'))).toEqual({ findings: [], noData: [] });
    expect(run(nodes('host0', 'host1'))).toEqual({ findings: [], noData: [] });
  });
});
