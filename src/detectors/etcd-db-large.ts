import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import { read } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { databaseSizes } from './etcd/database-sizes.ts';
import { hostOf } from './etcd/members.ts';
import { evidenceOf } from './evidence.ts';

const GiB = 1024 ** 3;
/** OpenShift's default for `--quota-backend-bytes`; `spec.backendQuotaGiB` of the Etcd object raises it. */
const DEFAULT_QUOTA = 8;
const LARGE = 0.5;
const NEARLY_FULL = 0.85;

/** A database that has grown towards its quota. */
export const etcdDbLarge = defineDetector({
  about: {
    id: 'etcd-db-large',
    title: 'etcd database is large',
    component: 'etcd',
    severity: 'warning',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'etcd-alarm-active',
        join: ['cluster'],
        strength: 'strong',
        because: 'growth ends at the quota, with the space alarm',
      },
      {
        effect: 'etcd-nospace',
        join: ['cluster'],
        strength: 'strong',
        because: 'growth ends at the quota, and writes are refused',
      },
      {
        effect: 'etcd-apply-slow',
        join: ['cluster'],
        strength: 'likely',
        because: 'range reads and defragmentation cost more as the database grows',
      },
    ],
    summary: 'The etcd database at {endpoint} takes {size} GiB of {quota} GiB, {inUse} GiB of it in use.',
    why: 'Too many or too large objects fill the database. What is allocated but unused comes back by defragmentation; what is in use must be deleted.',
    confirm: [{ text: 'Which resources are many?', run: 'jq . etcd_info/object_count.json', risk: 'safe' }],
    fix: [
      { text: 'Stop what creates the flood of objects and delete them', risk: 'destructive' },
      { text: 'Defragment one member after the other, the leader last', run: 'etcdctl defrag', risk: 'disruptive' },
      {
        text: 'Where the space alarm was raised, disarm it when every member has room again: writes are refused until then',
        run: 'etcdctl alarm disarm',
        risk: 'disruptive',
      },
    ],
    collect: ['etcd_info/object_count.json'],
  },
  needs: ['Etcd', 'documents'],
  detect({ facts, report, noData }) {
    const lists = facts.documents.get('etcd-endpoint-status') ?? [];
    if (lists.length === 0) return noData('the etcd endpoint status was not gathered');
    const declared = read(facts.Etcd[0]?.body, 'spec.backendQuotaGiB');
    const quota = typeof declared === 'number' && declared >= 8 ? declared : DEFAULT_QUOTA;
    const [largest] = databaseSizes(lists).sort((a, b) => b.size - a.size);
    if (largest === undefined || largest.size <= quota * GiB * LARGE) return;
    const nearlyFull = largest.size > quota * GiB * NEARLY_FULL;
    report({
      severity: nearlyFull ? 'error' : 'warning',
      title: `etcd database takes ${gib(largest.size)} of ${quota} GiB`,
      confidence: CERTAIN,
      entities: [CLUSTER],
      captures: {
        endpoint: hostOf(largest.endpoint),
        size: gib(largest.size),
        inUse: largest.inUse === undefined ? 'an unknown part' : gib(largest.inUse),
        quota: String(quota),
      },
      evidence: [evidenceOf(largest.list, `[${largest.index}].Status.dbSize`)],
    });
  },
});

function gib(bytes: number): string {
  return (bytes / GiB).toFixed(1);
}
