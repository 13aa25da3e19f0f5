import { defineDetector } from '../model/detector.ts';
import { type Resource, readList, readText } from '../model/resource.ts';
import { formatTime, MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { oldest, timeAt } from './objects/age.ts';
import { conditionEvidence, conditionOf } from './objects/condition.ts';
import { coreNodes } from './objects/node.ts';
import { isPlatformNamespace } from './workloads/containers.ts';

/** Pods that have waited for less may only wait for a node that joins. */
const PATIENCE = 10 * MINUTE;
const SHOWN = 8;

/** Set by roles, by the node controller for what conditions say, by cordons, and by the autoscaler for a node that goes. */
const EXPECTED =
  /^(?:node-role\.kubernetes\.io\/|node\.kubernetes\.io\/(?!out-of-service$)|ToBeDeletedByClusterAutoscaler$|DeletionCandidateOfClusterAutoscaler$|UpdateInProgress$)/;

/** Where a node was out of room as well, the taint of another is what it always was. */
const SHORT = /Insufficient |volume|free ports|topology/;

interface Taint {
  readonly node: Resource;
  readonly index: number;
  readonly key: string;
  readonly since?: Micros;
}

/** Taints that neither a role nor a condition of the node explains, and for which pods of the platform find no node. */
export const unexpectedTaint = defineDetector({
  about: {
    id: 'unexpected-taint',
    title: 'A taint keeps pods of the platform off nodes',
    component: 'kube-scheduler',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'failed-scheduling',
        join: ['pod'],
        strength: 'strong',
        because: 'the scheduler itself names the taint',
      },
      {
        effect: 'no-schedulable-workers',
        join: ['node'],
        strength: 'strong',
        because: 'the taint is what keeps pods off',
      },
      {
        effect: 'operator-degraded-generic',
        join: ['operator'],
        strength: 'likely',
        because: 'an operand that finds no node does not start',
      },
    ],
    summary: 'Taint {taint} on {nodes} keeps {count} pod(s) of the platform from starting, {pods} among them.',
    why:
      'Pods of the platform tolerate the taints that OpenShift sets itself, and no others. node.cloudprovider.kubernetes.io/uninitialized stays where the cloud controller manager does not run or does not find the machine; ' +
      'out-of-service is set by hand and is not taken off by itself; others were set by a MachineSet, a MachineConfigPool or somebody.',
    confirm: [
      {
        text: 'List the taints of all nodes',
        run: 'oc get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints[*].key',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'For the uninitialized taint: mend the cloud controller manager, which then takes it off',
        run: 'oc get pods -n openshift-cloud-controller-manager -o wide',
        risk: 'safe',
      },
      { text: 'Else take the taint off', run: 'oc adm taint nodes {node} {taint}-', risk: 'disruptive' },
    ],
    collect: ['Machines and MachineSets, which may set taints', 'logs of openshift-cloud-controller-manager'],
    falsePositives: ['Nodes that are reserved on purpose while others have no room left'],
  },
  needs: ['Node', 'Pod'],
  detect({ facts, gatheredAt, report, noData }) {
    const nodes = coreNodes(facts);
    if (nodes.length === 0) return noData('no Node was gathered');
    const waiting = facts.Pod.filter((pod) => isPlatformNamespace(pod.namespace)).flatMap((pod) => {
      const condition = conditionOf(pod, 'PodScheduled');
      if (condition?.status !== 'False' || condition.reason !== 'Unschedulable') return [];
      const fresh =
        gatheredAt !== undefined && condition.since !== undefined && gatheredAt - condition.since < PATIENCE;
      return fresh ? [] : [{ pod, condition }];
    });
    for (const [key, taints] of Map.groupBy(nodes.flatMap(unexpected), (taint) => taint.key)) {
      const kept = waiting.filter(
        ({ condition }) => condition.message.includes(`{${key}:`) && !SHORT.test(condition.message),
      );
      if (kept.length === 0) continue;
      const since = oldest(taints.flatMap((taint) => taint.since ?? []));
      report({
        title: `Taint ${key} on ${named(taints.map(({ node }) => node.name))} keeps pods of the platform off`,
        confidence: CERTAIN,
        entities: [
          ...taints.slice(0, SHOWN).map(({ node }) => ({ kind: 'node' as const, name: node.name })),
          ...kept.slice(0, SHOWN).map(({ pod }) => ({ kind: 'pod' as const, name: `${pod.namespace}/${pod.name}` })),
        ],
        ...(since !== undefined && { firstSeen: since }),
        count: kept.length,
        captures: {
          taint: key,
          nodes: named(taints.map(({ node }) => node.name)),
          pods: named(kept.map(({ pod }) => `${pod.namespace}/${pod.name}`)),
          ...(since !== undefined && { since: formatTime(since) }),
        },
        evidence: [
          ...taints
            .slice(0, 4)
            .map(({ node, index, since: at }) => evidenceOf(node, `spec.taints[${index}].key`, { at })),
          ...kept.slice(0, 4).map(({ pod, condition }) => conditionEvidence(pod, condition)),
        ],
      });
    }
  },
});

function unexpected(node: Resource): Taint[] {
  return readList(node.body, 'spec.taints').flatMap((taint, index) => {
    const key = readText(taint, 'key') ?? '';
    const repels = ['NoSchedule', 'NoExecute'].includes(readText(taint, 'effect') ?? '');
    if (!repels || key === '' || EXPECTED.test(key)) return [];
    const since = timeAt(taint, 'timeAdded');
    return [{ node, index, key, ...(since !== undefined && { since }) }];
  });
}

/** `a`, `a and b`, `a and 3 more`. */
function named([first = '', second, ...others]: readonly string[]): string {
  if (second === undefined) return first;
  return `${first} and ${others.length === 0 ? second : `${others.length + 1} more`}`;
}
