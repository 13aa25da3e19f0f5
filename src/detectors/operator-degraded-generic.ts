import { defineDetector } from '../model/detector.ts';
import type { Severity } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { oldest, timeAt } from './objects/age.ts';
import { type Condition, conditionEvidence, conditionsOf } from './objects/condition.ts';

/** How long an operator may be without an opinion on its availability. */
const SETTLES = 30 * MINUTE;
/** Degraded for less than this, while still available, is mostly a roll-out. */
const PASSES = 10 * MINUTE;

interface Trouble {
  readonly severity: Severity;
  readonly words: string;
  readonly conditions: readonly Condition[];
}

const LONGEST = 500;

/** Every ClusterOperator that is degraded, unavailable, or silent about itself for long. */
export const operatorDegradedGeneric = defineDetector({
  about: {
    id: 'operator-degraded-generic',
    title: 'ClusterOperator is degraded or unavailable',
    component: 'cluster operators',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'cvo-operator-not-available',
        join: ['operator'],
        strength: 'strong',
        because: 'the cluster version operator waits for every ClusterOperator',
      },
      {
        effect: 'operator-degraded-generic',
        join: ['downstream'],
        strength: 'likely',
        because: 'the one cannot work without the other',
      },
    ],
    summary: 'ClusterOperator {operator} is {state}: {message}',
    why:
      'Each ClusterOperator sums up the state of its component. Degraded means that something fails, Available=False that the component does not serve. ' +
      'The age that `oc get co` shows is that of Available, not of the degradation.',
    confirm: [{ text: 'Read all conditions', run: 'oc get co {operator} -o yaml', risk: 'safe' }],
    collect: ['logs of the operator and its operand namespaces: oc adm inspect clusteroperator/OPERATOR'],
    falsePositives: ['Operators report trouble for a while during installation and upgrades'],
  },
  needs: ['ClusterOperator'],
  detect({ facts, gatheredAt, report, noData }) {
    if (facts.ClusterOperator.length === 0) return noData('no ClusterOperator was gathered');
    for (const operator of facts.ClusterOperator) {
      const trouble = troubleOf(operator, gatheredAt);
      if (trouble === undefined) continue;
      const message = trouble.conditions.map((one) => one.message).find((text) => text !== '') ?? 'it says nothing';
      const since = oldest(trouble.conditions.map((one) => one.since));
      report({
        severity: trouble.severity,
        title: `ClusterOperator ${operator.name} is ${trouble.words}`,
        confidence: trouble.severity === 'warning' ? LIKELY : CERTAIN,
        entities: [{ kind: 'operator', name: operator.name }],
        ...(since !== undefined && { firstSeen: since }),
        captures: {
          state: trouble.words,
          message: message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message,
          reason: trouble.conditions.map(({ reason }) => reason).find((text) => text !== '') ?? '',
        },
        evidence:
          trouble.conditions.length === 0
            ? [evidenceOf(operator, 'metadata.name')]
            : trouble.conditions.map((one) => conditionEvidence(operator, one)),
      });
    }
  },
});

/** A new revision or a rebooting node degrades an operator that still serves for some minutes. */
function isYoung({ since }: Condition, gatheredAt: Micros | undefined): boolean {
  return since !== undefined && gatheredAt !== undefined && gatheredAt - since <= PASSES;
}

function troubleOf(operator: Resource, gatheredAt: Micros | undefined): Trouble | undefined {
  const conditions = conditionsOf(operator);
  const available = conditions.find(({ type }) => type === 'Available');
  const degraded = conditions.find(({ type }) => type === 'Degraded');
  const down = available?.status === 'False' ? [available] : [];
  const ill = degraded?.status === 'True' ? [degraded] : [];
  if (down.length > 0)
    return {
      severity: 'critical',
      words: ill.length > 0 ? 'unavailable and degraded' : 'unavailable',
      conditions: [...down, ...ill],
    };
  if (ill.length > 0)
    return { severity: isYoung(ill[0]!, gatheredAt) ? 'warning' : 'error', words: 'degraded', conditions: ill };
  if (available?.status === 'True' || gatheredAt === undefined) return undefined;
  const since = available?.since ?? timeAt(operator.body, 'metadata.creationTimestamp');
  if (since === undefined || gatheredAt - since <= SETTLES) return undefined;
  return {
    severity: 'warning',
    words: 'without an Available condition',
    conditions: available === undefined ? [] : [available],
  };
}
