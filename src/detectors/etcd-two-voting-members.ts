import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { etcdMembers, lastingVoters } from './etcd/members.ts';
import { etcdCondition } from './etcd/operator.ts';
import { controlPlaneTopology } from './objects/topology.ts';

/** Topologies in which two voting members are too few. */
const NEEDS_THREE = ['HighlyAvailable', 'HighlyAvailableArbiter'];

/** An etcd cluster of two voters: both are needed, so it tolerates no failure. */
export const etcdTwoVotingMembers = defineDetector({
  about: {
    id: 'etcd-two-voting-members',
    title: 'etcd has only two voting members',
    component: 'etcd',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'etcd-quorum-lost',
        join: ['cluster'],
        strength: 'likely',
        because: 'quorum of two is two: the loss of either member stops the cluster',
      },
      {
        effect: 'etcd-scale-blocked',
        join: ['cluster'],
        strength: 'strong',
        because: 'the etcd operator rolls nothing out while a quorum would not survive it',
      },
    ],
    summary: 'etcd has two voting members ({members}); both are needed for quorum.',
    why: 'A majority of two is two. This is not a cluster of three with one member down: there is no spare at all.',
    confirm: [
      {
        text: 'List the members',
        run: 'oc rsh -n openshift-etcd -c etcdctl {memberPod} etcdctl member list -w table',
        risk: 'safe',
      },
    ],
    fix: [
      { text: 'Bring the third control plane node in before other work', risk: 'disruptive' },
      { text: 'Until then avoid reboots, manifest moves and certificate changes on both nodes', risk: 'safe' },
    ],
    collect: ['etcd_info/member_list.json'],
    references: ['https://etcd.io/docs/v3.5/faq/'],
    falsePositives: ['A member that is being replaced right now'],
  },
  needs: ['Infrastructure', 'Etcd', 'documents'],
  detect({ facts, report, noData }) {
    const topology = controlPlaneTopology(facts.Infrastructure);
    if (topology !== undefined && !NEEDS_THREE.includes(topology)) return;
    const members = etcdMembers(facts.documents);
    if (members !== undefined) {
      const voters = lastingVoters(members);
      // The bootstrap member is the third voter until it leaves.
      if (voters.length !== 2 || members.some(({ name }) => name === 'etcd-bootstrap')) return;
      return report({
        title: `etcd has two voting members: ${voters.map(({ name, id }) => name || id).join(' and ')}`,
        confidence: topology === undefined ? LIKELY : CERTAIN,
        entities: [CLUSTER],
        captures: {
          members: voters.map(({ name, id }) => name || id).join(', '),
          memberPod: `etcd-${voters[0]?.name ?? ''}`,
        },
        evidence: voters.map(({ evidence }) => evidence),
      });
    }
    const stated = etcdCondition(facts.Etcd, 'EtcdMembersAvailable');
    if (stated === undefined) return noData('neither the member list nor the Etcd operator object was gathered');
    if (topology === undefined || !/^2 members are available/.test(stated.condition.message)) return;
    report({
      title: 'etcd has two members',
      confidence: LIKELY,
      entities: [CLUSTER],
      captures: { members: 'names not gathered', memberPod: 'etcd-NODE' },
      evidence: [stated.evidence],
    });
  },
});
