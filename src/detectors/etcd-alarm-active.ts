import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import { readList, readText } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { etcdMembers } from './etcd/members.ts';
import { evidenceOf } from './evidence.ts';

/** As protobuf numbers and as names: `etcdctl -w json` prints either, by version. */
const ALARMS: Readonly<Record<string, string>> = {
  '1': 'NOSPACE',
  '2': 'CORRUPT',
  NOSPACE: 'NOSPACE',
  CORRUPT: 'CORRUPT',
};

/** Alarms that etcd has raised and nobody has disarmed. */
export const etcdAlarmActive = defineDetector({
  about: {
    id: 'etcd-alarm-active',
    title: 'etcd alarm is raised',
    component: 'etcd',
    severity: 'critical',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'etcd-nospace',
        join: ['cluster'],
        strength: 'strong',
        because: 'the space alarm makes etcd refuse every write with this error',
      },
      {
        effect: 'leader-election-lost',
        join: ['cluster'],
        strength: 'strong',
        because: 'leases cannot be renewed without writes',
      },
      {
        effect: 'kubelet-register-failed',
        join: ['cluster'],
        strength: 'strong',
        because: 'Node status and leases cannot be written',
      },
      {
        effect: 'workload-controllers-frozen',
        join: ['cluster'],
        strength: 'strong',
        because: 'no controller can write',
      },
      {
        effect: 'node-status-unknown',
        join: ['cluster'],
        strength: 'likely',
        because: 'heartbeats of nodes are writes',
      },
    ],
    summary: 'etcd raised {alarm} on {members}; writes are refused until it is disarmed.',
    why: 'NOSPACE means that the database reached its quota, CORRUPT that members disagree about its content. Either keeps etcd read-only until someone mends the reason and disarms the alarm.',
    confirm: [
      {
        text: 'List alarms and database sizes',
        run: 'etcdctl alarm list; etcdctl endpoint status --cluster -w table',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'For NOSPACE: delete what floods the database, defragment each member with the leader last, then disarm',
        run: 'etcdctl defrag && etcdctl alarm disarm',
        risk: 'disruptive',
      },
      {
        text: 'For CORRUPT: replace the deviating member; restore from a backup where a majority deviates',
        risk: 'destructive',
      },
    ],
    collect: ['etcd_info/object_count.json', 'etcd_info/endpoint_status.json'],
  },
  needs: ['documents'],
  detect({ facts, report, noData }) {
    const lists = facts.documents.get('etcd-alarm-list') ?? [];
    if (lists.length === 0) return noData('the etcd alarm list was not gathered');
    const members = etcdMembers(facts.documents) ?? [];
    const alarms = lists.flatMap((list) =>
      readList(list.body, 'alarms').flatMap((item, index) => {
        const alarm = ALARMS[(readText(item, 'alarm') ?? '').toUpperCase()];
        const id = readText(item, 'memberID') ?? '';
        const member = members.find((one) => one.id === id)?.name || id;
        return alarm === undefined ? [] : [{ alarm, member, evidence: evidenceOf(list, `alarms[${index}].alarm`) }];
      }),
    );
    for (const [alarm, raised] of Map.groupBy(alarms, (one) => one.alarm)) {
      report({
        title: `etcd alarm ${alarm} is raised`,
        confidence: CERTAIN,
        entities:
          alarm === 'NOSPACE'
            ? [CLUSTER]
            : [CLUSTER, ...raised.map(({ member }) => ({ kind: 'etcd-member' as const, name: member }))],
        count: raised.length,
        captures: { alarm, members: raised.map(({ member }) => member).join(', ') },
        evidence: raised.map(({ evidence }) => evidence),
      });
    }
  },
});
