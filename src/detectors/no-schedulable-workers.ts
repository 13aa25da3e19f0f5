import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import type { Evidence } from '../model/finding.ts';
import { isFields, type Resource, read, readList, readText } from '../model/resource.ts';
import { formatTime, MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { newest, timeAt } from './objects/age.ts';
import { conditionEvidence, conditionOf } from './objects/condition.ts';
import { coreNodes, hasLabel } from './objects/node.ts';

/** An update cordons its nodes for as long as one of them takes. */
const UPDATING = 30 * MINUTE;

/** Workers exist, and nothing may be scheduled on any of them. */
export const noSchedulableWorkers = defineDetector({
  about: {
    id: 'no-schedulable-workers',
    title: 'No worker takes pods',
    component: 'kube-scheduler',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'failed-scheduling',
        join: ['cluster'],
        strength: 'strong',
        because: 'no node is left that may take the pods',
      },
      {
        effect: 'ingress-deployment-unavailable',
        join: ['cluster'],
        strength: 'strong',
        because: 'routers run on workers',
      },
      {
        effect: 'monitoring-rollout-failed',
        join: ['cluster'],
        strength: 'strong',
        because: 'monitoring runs on workers',
      },
      {
        effect: 'image-registry-no-replicas',
        join: ['cluster'],
        strength: 'strong',
        because: 'the registry runs on workers',
      },
    ],
    summary: 'None of the {workers} workers takes pods: {reasons}.',
    why:
      'A cordon or a taint keeps new pods away from a node, whatever room it has. When that holds for every worker at once, pods that are evicted or restarted find no place, ' +
      'routers first: then every route of the cluster fails.',
    confirm: [
      {
        text: 'Look at cordons and taints, and when they were set',
        run: 'oc get nodes -o custom-columns=NAME:.metadata.name,CORDONED:.spec.unschedulable,TAINTS:.spec.taints[*].key',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Let at least two workers take pods again, unless somebody is still at work on them',
        run: 'oc adm uncordon {node}',
        risk: 'disruptive',
      },
      {
        text: 'Take off taints that platform pods do not tolerate, or add workers without them',
        run: 'oc adm taint node {node} <key>-',
        risk: 'disruptive',
      },
    ],
    collect: ['events of the default namespace and audit logs, to learn who cordoned or tainted the nodes'],
    falsePositives: ['Workers that are all reserved by taints, where every platform pod tolerates them'],
  },
  needs: ['Node', 'Pod'],
  detect({ facts, gatheredAt, report, noData }) {
    const nodes = coreNodes(facts);
    if (nodes.length === 0) return noData('no Node was gathered');
    const barriers = new Map(nodes.map((node) => [node, barrierOf(node)]));
    if ([...barriers.values()].includes(undefined)) return;
    const workers = nodes.filter((node) => hasLabel(node, ['node-role.kubernetes.io/worker']));
    const shut = workers.map((node) => barriers.get(node) as Barrier);
    // Workers that are only not ready have findings of their own.
    if (shut.every(({ kind }) => kind === 'not ready')) return;
    const since = newest(shut.map((barrier) => barrier.since));
    const fresh = since === undefined || gatheredAt === undefined || gatheredAt - since < UPDATING;
    const meant = fresh || shut.some(({ kind }) => kind === 'tainted');
    const waiting = facts.Pod.filter(isUnschedulable);
    if (meant && waiting.length === 0) return;
    report({
      title: `None of the ${workers.length} workers takes pods (${[...new Set(shut.map(({ kind }) => kind))].join(', ')})`,
      confidence: waiting.length > 0 ? CERTAIN : LIKELY,
      entities: [CLUSTER, ...workers.slice(0, 8).map(({ name }) => ({ kind: 'node' as const, name }))],
      ...(since !== undefined && { firstSeen: since }),
      captures: {
        workers: String(workers.length),
        reasons: workers
          .slice(0, 8)
          .map(({ name }, index) => `${name} is ${wording(shut[index] as Barrier)}`)
          .join(', '),
      },
      evidence: [
        ...shut.slice(0, 6).map(({ evidence }) => evidence),
        ...waiting.slice(0, 2).flatMap((pod) => {
          const condition = conditionOf(pod, 'PodScheduled');
          return condition === undefined ? [] : [conditionEvidence(pod, condition)];
        }),
      ],
    });
  },
});

interface Barrier {
  readonly kind: 'cordoned' | 'tainted' | 'not ready';
  readonly taint?: string;
  readonly since?: Micros;
  readonly evidence: Evidence;
}

/** What keeps pods that tolerate nothing special off a node. */
function barrierOf(node: Resource): Barrier | undefined {
  const taints = readList(node.body, 'spec.taints').flatMap((taint, index) => {
    const repels = ['NoSchedule', 'NoExecute'].includes(readText(taint, 'effect') ?? '');
    const key = readText(taint, 'key') ?? '';
    return isFields(taint) && repels ? [{ key, index, since: timeAt(taint, 'timeAdded') }] : [];
  });
  if (read(node.body, 'spec.unschedulable') === true) {
    const since = taints.find(({ key }) => key === 'node.kubernetes.io/unschedulable')?.since;
    return { kind: 'cordoned', ...dated(since), evidence: evidenceOf(node, 'spec.unschedulable', { at: since }) };
  }
  // The taints of the node controller only repeat the node's own conditions.
  const set = taints.find(({ key }) => !key.startsWith('node.kubernetes.io/'));
  if (set !== undefined)
    return {
      kind: 'tainted',
      taint: set.key,
      ...dated(set.since),
      evidence: evidenceOf(node, `spec.taints[${set.index}].key`, { at: set.since }),
    };
  const ready = conditionOf(node, 'Ready');
  if (ready === undefined || ready.status === 'True') return undefined;
  return { kind: 'not ready', ...dated(ready.since), evidence: conditionEvidence(node, ready) };
}

function dated(since: Micros | undefined): { since?: Micros } {
  return since === undefined ? {} : { since };
}

function wording({ kind, taint, since }: Barrier): string {
  return `${kind}${taint === undefined ? '' : ` ${taint}`}${since === undefined ? '' : ` since ${formatTime(since)}`}`;
}

function isUnschedulable(pod: Resource): boolean {
  const { namespace = '' } = pod;
  if (!/^(?:openshift|kube)-/.test(namespace)) return false;
  const condition = conditionOf(pod, 'PodScheduled');
  return condition?.status === 'False' && condition.reason === 'Unschedulable';
}
