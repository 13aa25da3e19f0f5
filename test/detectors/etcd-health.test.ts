import { describe, expect, it } from 'vitest';
import { etcdMembersDegraded } from '../../src/detectors/etcd-members-degraded.ts';
import { etcdQuorumLost } from '../../src/detectors/etcd-quorum-lost.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const LIST = JSON.stringify({
  members: [0, 1, 2].map((i) => ({
    ID: 100 + i,
    name: `master-${i}`,
    peerURLs: [`https://10.0.0.2${i}:2380`],
    clientURLs: [`https://10.0.0.2${i}:2379`, `unixs://10.0.0.2${i}:0`],
  })),
});
/** By endpoint; the sockets fail in every gather of old releases. */
const health = (...healthy: boolean[]) =>
  JSON.stringify([
    ...healthy.map((ok, i) => ({
      endpoint: `https://10.0.0.2${i}:2379`,
      health: ok,
      ...(!ok && { error: 'context deadline exceeded' }),
    })),
    ...healthy.map((_, i) => ({
      endpoint: `unixs://10.0.0.2${i}:0`,
      health: false,
      error: 'context deadline exceeded',
    })),
  ]);
const etcd = (type: string, status: string, reason: string, message: string) => `
apiVersion: operator.openshift.io/v1
kind: Etcd
metadata: {name: cluster}
status: {conditions: [{type: ${type}, status: "${status}", reason: ${reason}, lastTransitionTime: "2024-12-03T20:01:30Z", message: "${message}"}]}
`;
const input = (endpoints?: string, resources = '') =>
  facts({
    resources,
    documents: { 'etcd-member-list': LIST, ...(endpoints !== undefined && { 'etcd-endpoint-health': endpoints }) },
  });

describe('etcd-members-degraded', () => {
  it('names the member behind a failing endpoint', () => {
    const { findings } = detect(etcdMembersDegraded, input(health(true, true, false)));
    expect(findings.map(entitiesOf)).toEqual([['etcd-member:master-2', 'node:master-2', 'operator:etcd']]);
    expect(findings[0]?.captures).toEqual({ member: 'master-2', error: 'context deadline exceeded' });
  });

  it('reports a member once where endpoint and operator agree, and is surer of it', () => {
    const stated = etcd(
      'EtcdMembersDegraded',
      'True',
      'UnhealthyMembers',
      '2 of 3 members are available, master-2 is unhealthy',
    );
    const { findings } = detect(etcdMembersDegraded, input(health(true, true, false), stated));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.confidence).toBeGreaterThan(
      detect(etcdMembersDegraded, input(health(true, true, false))).findings[0]?.confidence ?? 1,
    );
  });

  it('reports every member that the operator names', () => {
    const stated = etcd(
      'EtcdMembersDegraded',
      'True',
      'UnhealthyMembers',
      '1 of 3 members are available, master-1 is unhealthy, master-2 has not started',
    );
    const { findings } = detect(etcdMembersDegraded, facts({ resources: stated }));
    expect(findings.map(({ captures }) => `${captures?.['member']} ${captures?.['error']}`)).toEqual([
      'master-1 is unhealthy',
      'master-2 has not started',
    ]);
  });

  it.each([
    ['sockets that only the collector asks', input(health(true, true, true))],
    [
      'an operator that is content',
      facts({ resources: etcd('EtcdMembersDegraded', 'False', 'AsExpected', 'No unhealthy members found') }),
    ],
  ])('is silent about %s', (_name, all) => {
    expect(detect(etcdMembersDegraded, all)).toEqual({ findings: [], noData: [] });
  });
});

describe('etcd-quorum-lost', () => {
  it('counts healthy voters against the majority of all', () => {
    const { findings } = detect(etcdQuorumLost, input(health(true, false, false)));
    expect(findings[0]?.captures).toEqual({ healthy: '1', voters: '3', needed: '2' });
  });

  it('takes the word of the operator, with its time', () => {
    const { findings } = detect(
      etcdQuorumLost,
      facts({ resources: etcd('EtcdMembersAvailable', 'False', 'NoQuorum', '1 of 3 members are available') }),
    );
    expect(findings[0]).toMatchObject({
      captures: { healthy: '1', voters: '3', needed: '2' },
      firstSeen: Date.parse('2024-12-03T20:01:30Z') * 1000,
    });
  });

  it.each([
    ['one of three is down', input(health(true, true, false))],
    ['all answer', input(health(true, true, true))],
    [
      'the operator counts a quorum',
      facts({ resources: etcd('EtcdMembersAvailable', 'True', 'EtcdQuorate', '3 members are available') }),
    ],
  ])('is silent when %s', (_name, all) => {
    expect(detect(etcdQuorumLost, all)).toEqual({ findings: [], noData: [] });
  });
});
