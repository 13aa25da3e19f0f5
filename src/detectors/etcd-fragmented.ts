import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import { CERTAIN } from './confidence.ts';
import { databaseSizes } from './etcd/database-sizes.ts';
import { hostOf } from './etcd/members.ts';
import { evidenceOf } from './evidence.ts';

const GiB = 1024 ** 3;
/** The operator defragments from 45 % on, by itself, when a member has more than 100 MB. */
const FRAGMENTED = 0.6;
const LARGE = 1.5 * GiB;

/** Members whose database is mostly free space, which counts for the quota all the same. */
export const etcdFragmented = defineDetector({
  about: {
    id: 'etcd-fragmented',
    title: 'etcd database is mostly free space',
    component: 'etcd',
    severity: 'warning',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'etcd-alarm-active',
        join: ['cluster'],
        strength: 'likely',
        because: 'the quota counts free space inside the file too',
      },
      {
        effect: 'etcd-nospace',
        join: ['cluster'],
        strength: 'likely',
        because: 'the quota counts free space inside the file too',
      },
    ],
    summary: 'Of {size} GiB at {endpoint} only {inUse} GiB are in use ({members} of {all} members are so).',
    why: 'Deleted versions leave holes that only a defragmentation gives back. The operator does that by itself every ten minutes where it is needed; large holes show that it cannot, or that a flood of objects was deleted a moment ago.',
    confirm: [
      {
        text: 'Read what the operator says of its defragmentation',
        run: 'oc logs -n openshift-etcd-operator deploy/etcd-operator | grep -i defrag',
        risk: 'safe',
      },
    ],
    fix: [
      { text: 'Defragment one member after the other, the leader last', run: 'etcdctl defrag', risk: 'disruptive' },
    ],
    falsePositives: ['Right after many objects were deleted'],
  },
  needs: ['documents'],
  detect({ facts, report, noData }) {
    const lists = facts.documents.get('etcd-endpoint-status') ?? [];
    if (lists.length === 0) return noData('the etcd endpoint status was not gathered');
    const members = databaseSizes(lists).flatMap(({ inUse, ...member }) =>
      inUse === undefined ? [] : [{ ...member, inUse }],
    );
    const holed = members
      .filter(({ size, inUse }) => size >= LARGE && 1 - inUse / size >= FRAGMENTED)
      .sort((a, b) => b.size - a.size);
    const [worst] = holed;
    if (worst === undefined) return;
    report({
      title: `etcd database is ${Math.round((1 - worst.inUse / worst.size) * 100)} % free space`,
      confidence: CERTAIN,
      entities: [CLUSTER],
      count: holed.length,
      captures: {
        endpoint: hostOf(worst.endpoint),
        size: (worst.size / GiB).toFixed(1),
        inUse: (worst.inUse / GiB).toFixed(1),
        members: String(holed.length),
        all: String(members.length),
      },
      evidence: holed
        .slice(0, 3)
        .flatMap(({ list, index }) => [
          evidenceOf(list, `[${index}].Status.dbSize`),
          evidenceOf(list, `[${index}].Status.dbSizeInUse`),
        ]),
    });
  },
});
