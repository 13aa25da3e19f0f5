import { describe, expect, it } from 'vitest';
import { etcdTwoVotingMembers } from '../../src/detectors/etcd-two-voting-members.ts';
import { detect } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const topology = (name: string) => `
apiVersion: config.openshift.io/v1
kind: Infrastructure
metadata: {name: cluster}
status: {controlPlaneTopology: ${name}}
---
`;
const members = (...names: string[]) =>
  JSON.stringify({
    members: names.map((name, ID) =>
      name.startsWith('+') ? { ID, name: name.slice(1), isLearner: true } : { ID, name },
    ),
  });
const run = (resources: string, list?: string) =>
  detect(etcdTwoVotingMembers, facts({ resources, documents: list === undefined ? {} : { 'etcd-member-list': list } }));
const HA = topology('HighlyAvailable');

describe('etcd-two-voting-members', () => {
  it('finds two voters, also beside a learner', () => {
    expect(run(HA, members('master-0', 'master-1')).findings[0]?.captures).toMatchObject({
      members: 'master-0, master-1',
    });
    expect(run(HA, members('master-0', 'master-1', '+master-2')).findings).toHaveLength(1);
  });

  it('takes the word of the operator without a member list', () => {
    const etcd =
      'apiVersion: operator.openshift.io/v1\nkind: Etcd\nmetadata: {name: cluster}\nstatus: {conditions: [{type: EtcdMembersAvailable, status: "True", message: 2 members are available}]}\n';
    expect(run(HA + etcd).findings).toHaveLength(1);
    expect(run(HA + etcd.replace('2 members', '3 members')).findings).toEqual([]);
  });

  it.each([
    ['three voters', HA, members('master-0', 'master-1', 'master-2')],
    ['the bootstrap member as the third', HA, members('master-0', 'master-1', 'etcd-bootstrap')],
    ['two nodes by design', topology('DualReplica'), members('master-0', 'master-1')],
    ['a single node', topology('SingleReplica'), members('master-0')],
  ])('is silent about %s', (_name, resources, list) => {
    expect(run(resources, list)).toEqual({ findings: [], noData: [] });
  });
});
