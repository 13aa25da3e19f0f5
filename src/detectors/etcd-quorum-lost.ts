import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { endpointHealth, etcdMembers, memberAt } from './etcd/members.ts';
import { etcdCondition } from './etcd/operator.ts';

/** Fewer healthy voters than a majority at gather time. */
export const etcdQuorumLost = defineDetector({
  about: {
    id: 'etcd-quorum-lost',
    title: 'etcd has lost its quorum',
    component: 'etcd',
    severity: 'critical',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'kube-api-unreachable',
        join: ['cluster'],
        strength: 'strong',
        because: 'an API server without etcd is not ready and leaves the load balancer',
      },
      {
        effect: 'etcd-no-leader-errors',
        join: ['cluster'],
        strength: 'strong',
        because: 'without a majority no leader can be elected',
      },
      {
        effect: 'kas-etcd-connection-failing',
        join: ['cluster'],
        strength: 'strong',
        because: 'no endpoint can serve the API servers',
      },
    ],
    summary: '{healthy} of {voters} voting etcd members are healthy; {needed} are needed.',
    why: 'etcd accepts nothing without the agreement of more than half of all voting members, counting those that never came.',
    confirm: [
      {
        text: 'Ask from a control plane node',
        run: 'crictl exec $(crictl ps --name etcdctl -q) etcdctl endpoint status --cluster -w table',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Bring a second member back: start its node, or repair what keeps its etcd from running',
        risk: 'disruptive',
      },
      {
        text: 'If the members are gone for good, restore the cluster from the surviving one or from a backup; do not restart the survivor before',
        risk: 'destructive',
      },
    ],
    collect: ['etcd logs of every control plane node, taken on the node with crictl or journalctl'],
    references: [
      'https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/backup_and_restore/control-plane-backup-and-restore',
    ],
  },
  needs: ['Etcd', 'documents'],
  detect({ facts, report, noData }) {
    const stated = etcdCondition(facts.Etcd, 'EtcdMembersAvailable');
    const members = etcdMembers(facts.documents);
    const health = endpointHealth(facts.documents);
    if (stated?.condition.status === 'False' && /NoQuorum|Error/.test(stated.condition.reason)) {
      const [, healthy = '0', voters = '?'] =
        /(\d+) of (\d+) members are available/.exec(stated.condition.message) ?? [];
      return report({
        title: `etcd has no quorum: ${stated.condition.message || stated.condition.reason}`.slice(0, 200),
        confidence: CERTAIN,
        entities: [CLUSTER],
        ...(stated.condition.since !== undefined && { firstSeen: stated.condition.since }),
        captures: { healthy, voters, needed: /^\d+$/.test(voters) ? String(majority(Number(voters))) : 'a majority' },
        evidence: [stated.evidence],
      });
    }
    if (members === undefined || health === undefined) {
      if (stated === undefined) noData('etcd member list, endpoint health and operator object were not gathered');
      return;
    }
    const voters = members.filter(({ learner }) => !learner);
    const healthy = new Set(
      health.filter((one) => one.healthy).map(({ endpoint }) => memberAt(endpoint, voters)?.id ?? endpoint),
    );
    if (health.length === 0 || healthy.size >= majority(voters.length)) return;
    report({
      title: `${healthy.size} of ${voters.length} voting etcd members answered, ${majority(voters.length)} are needed`,
      confidence: LIKELY,
      entities: [CLUSTER],
      captures: {
        healthy: String(healthy.size),
        voters: String(voters.length),
        needed: String(majority(voters.length)),
      },
      evidence: health.filter((one) => !one.healthy).map(({ evidence }) => evidence),
    });
  },
});

function majority(voters: number): number {
  return Math.floor(voters / 2) + 1;
}
