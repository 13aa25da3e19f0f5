import { defineDetector } from '../model/detector.ts';
import { read, readText } from '../model/resource.ts';
import { LIKELY } from './confidence.ts';
import { hostOf } from './etcd/members.ts';
import { evidenceOf } from './evidence.ts';

/** Members are asked within a second of one another. etcd sends a whole snapshot to who is farther behind than this. */
const BEHIND = 5000;

/** Members that have not applied what the others have. */
export const etcdMemberLagging = defineDetector({
  about: {
    id: 'etcd-member-lagging',
    title: 'An etcd member is far behind the others',
    component: 'etcd',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'etcd-members-degraded',
        join: ['cluster'],
        strength: 'likely',
        because: 'a member that does not follow is no voter when one is needed',
      },
    ],
    summary: '{node} has applied {behind} entries less than the member that is farthest.',
    why: 'Every member applies the same entries. One that is thousands behind has a slow disk, a slow link, or is being sent a snapshot; should another fail now, writes stop until it has caught up.',
    confirm: [
      {
        text: 'Ask twice whether the distance shrinks',
        run: 'oc rsh -n openshift-etcd etcd-<master> etcdctl endpoint status --cluster -w table',
        risk: 'safe',
      },
    ],
    fix: [{ text: 'Mend the disk or the link of that member; take no other member down meanwhile', risk: 'safe' }],
    falsePositives: ['A member that has just been replaced'],
  },
  needs: ['documents'],
  detect({ facts, names, report, noData }) {
    const lists = facts.documents.get('etcd-endpoint-status') ?? [];
    if (lists.length === 0) return noData('the etcd endpoint status was not gathered');
    for (const list of lists) {
      const members = (Array.isArray(list.body) ? list.body : []).flatMap((item, index) => {
        const applied = read(item, 'Status.raftAppliedIndex');
        const cluster = readText(item, 'Status.header.cluster_id') ?? '';
        const endpoint = readText(item, 'Endpoint') ?? '';
        return typeof applied === 'number' ? [{ applied, cluster, endpoint, index }] : [];
      });
      for (const { applied, cluster, endpoint, index } of members) {
        const peers = members.filter((other) => other.cluster === cluster);
        const behind = Math.max(...peers.map((other) => other.applied)) - applied;
        if (behind < BEHIND) continue;
        const node = names.node(hostOf(endpoint));
        report({
          title: `The etcd member of ${node} is ${behind} entries behind`,
          confidence: LIKELY,
          entities: [{ kind: 'node', name: node }],
          captures: { behind: String(behind) },
          evidence: [evidenceOf(list, `[${index}].Status.raftAppliedIndex`)],
        });
      }
    }
  },
});
