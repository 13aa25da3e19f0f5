import { defineDetector } from '../model/detector.ts';
import { CERTAIN } from './confidence.ts';
import { etcdMembers, lastingVoters } from './etcd/members.ts';
import { coreNodes, isControlPlane } from './objects/node.ts';

/** A voting member named after a node that does not exist. */
export const etcdMemberMismatch = defineDetector({
  about: {
    id: 'etcd-member-mismatch',
    title: 'etcd lists a member whose node does not exist',
    component: 'etcd',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'etcd-members-degraded',
        join: ['etcd-member'],
        strength: 'strong',
        because: 'a member without a node cannot answer',
      },
      {
        effect: 'etcd-quorum-lost',
        join: ['cluster'],
        strength: 'weak',
        because: 'members that are gone still count for the majority',
      },
    ],
    summary: 'etcd still counts {member}, and no such node exists.',
    why: 'A removed control plane node stays a voting member until someone removes it from etcd. It raises the number of members that must answer.',
    confirm: [
      {
        text: 'Compare members and nodes',
        run: 'oc get nodes -l node-role.kubernetes.io/master; etcdctl member list -w table',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Remove the member, then its secrets, as the procedure for replacing an unhealthy etcd member says',
        run: 'etcdctl member remove {memberId}',
        risk: 'destructive',
      },
    ],
    collect: ['etcd_info/member_list.json', 'the list of nodes'],
    falsePositives: ['A gather that holds only some of the nodes'],
  },
  needs: ['Node', 'documents'],
  detect({ facts, names, report, noData }) {
    const members = etcdMembers(facts.documents);
    const nodes = coreNodes(facts)
      .filter(isControlPlane)
      .map(({ name }) => name);
    if (members === undefined || nodes.length === 0)
      return noData('the etcd member list or the control plane nodes were not gathered');
    const voters = lastingVoters(members).filter(({ name }) => name !== '');
    const known = voters.filter(({ name }) => nodes.includes(names.node(name)));
    // Names that match nowhere are of another kind (obfuscated, or of another cluster) and prove nothing.
    if (known.length === 0) return;
    for (const { name, id, evidence } of voters) {
      if (nodes.includes(names.node(name))) continue;
      report({
        title: `etcd member ${name} has no node`,
        confidence: CERTAIN,
        entities: [{ kind: 'etcd-member', name }],
        captures: { member: name, memberId: /^\d+$/.test(id) ? BigInt(id).toString(16) : id },
        evidence: [evidence],
      });
    }
  },
});
