import { defineDetector } from '../model/detector.ts';
import type { Entity } from '../model/entity.ts';
import { isFields, type Resource, read, readText } from '../model/resource.ts';
import { LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { annotation, coreNodes } from './objects/node.ts';

const WANTED = 'machineconfiguration.openshift.io/desiredDrain';
const DONE = 'machineconfiguration.openshift.io/lastAppliedDrain';

/** A node that is being drained while a disruption budget lets none of its pods go. */
export const pdbBlocksDrain = defineDetector({
  about: {
    id: 'pdb-blocks-drain',
    title: 'Disruption budget holds up the draining of a node',
    component: 'machine-config-operator',
    severity: 'warning',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'mcd-drain-failed',
        join: ['node'],
        strength: 'strong',
        because: 'eviction is refused until the budget allows a disruption',
      },
    ],
    summary: '{node} is being drained, and {budgets} allow(s) no disruption.',
    why: 'Draining evicts pods, and an eviction that a PodDisruptionBudget forbids is refused again and again. A budget without any slack blocks for ever.',
    confirm: [{ text: 'Which budgets allow nothing?', run: "oc get pdb -A | awk 'NR==1 || $5==0'", risk: 'safe' }],
    fix: [
      { text: 'Make the other pods of the budget ready, or run more of them', risk: 'safe' },
      { text: 'Else relax the budget for the time of the update', risk: 'disruptive' },
    ],
    falsePositives: ['A drain that has only begun'],
  },
  needs: ['Node', 'PodDisruptionBudget', 'Pod'],
  detect({ facts, report, noData }) {
    if (coreNodes(facts).length === 0) return noData('no Node was gathered');
    const budgets = facts.PodDisruptionBudget.filter(
      ({ body }) => read(body, 'status.disruptionsAllowed') === 0 && Number(read(body, 'status.expectedPods') ?? 0) > 0,
    );
    for (const node of coreNodes(facts).filter(isDraining)) {
      const pods = facts.Pod.filter((pod) => readText(pod.body, 'spec.nodeName') === node.name);
      const blocking = budgets.flatMap((budget) => {
        const pod = pods.find((one) => covers(budget, one));
        return pod === undefined ? [] : [{ budget, pod }];
      });
      if (blocking.length === 0) continue;
      const namespaces = [...new Set(blocking.map(({ budget }) => budget.namespace ?? ''))];
      report({
        title: `Draining of ${node.name} is held up by ${blocking.length} disruption budget(s)`,
        confidence: LIKELY,
        entities: [
          { kind: 'node', name: node.name },
          ...namespaces.map((name): Entity => ({ kind: 'namespace', name })),
        ],
        captures: { budgets: blocking.map(({ budget }) => `${budget.namespace}/${budget.name}`).join(', ') },
        evidence: [
          evidenceOf(node, `metadata.annotations."${WANTED}"`),
          ...blocking
            .slice(0, 5)
            .map(({ budget, pod }) =>
              evidenceOf(budget, 'status.disruptionsAllowed', { text: `disruptionsAllowed: 0, covers ${pod.name}` }),
            ),
        ],
      });
    }
  },
});

function isDraining(node: Resource): boolean {
  const wanted = annotation(node, WANTED) ?? '';
  return wanted.startsWith('drain-') && wanted !== annotation(node, DONE);
}

/** By `matchLabels`; a budget that selects by expressions is not judged. */
function covers(budget: Resource, pod: Resource): boolean {
  const labels = read(budget.body, 'spec.selector.matchLabels');
  const own = read(pod.body, 'metadata.labels');
  if (budget.namespace !== pod.namespace || !isFields(labels) || !isFields(own)) return false;
  const wanted = Object.entries(labels);
  return (
    wanted.length > 0 &&
    read(budget.body, 'spec.selector.matchExpressions') === undefined &&
    wanted.every(([key, value]) => Object.hasOwn(own, key) && own[key] === value)
  );
}
