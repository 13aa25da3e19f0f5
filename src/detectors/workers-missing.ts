import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import type { Facts } from '../model/facts.ts';
import type { Evidence } from '../model/finding.ts';
import { locateAll, type Resource, read, readText } from '../model/resource.ts';
import { MINUTE } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { timeAt } from './objects/age.ts';
import { type Condition, conditionEvidence, conditionOf, conditionsOf } from './objects/condition.ts';
import { coreNodes, hasLabel } from './objects/node.ts';

/** Workers join within the first half hour or so. */
const JOINING = 45 * MINUTE;

const needs = ['ClusterOperator', 'MachineSet', 'Node', 'Infrastructure', 'documents'] as const;
type Known = Facts<(typeof needs)[number]>;

interface Wanted {
  readonly count: number;
  readonly evidence: Evidence;
}

/** Workers were asked for and not one is Ready. */
export const workersMissing = defineDetector({
  about: {
    id: 'workers-missing',
    title: 'No worker became a Node',
    component: 'machine-api',
    severity: 'critical',
    role: 'cause',
    secondary: true,
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'ingress-deployment-unavailable',
        join: ['cluster'],
        strength: 'strong',
        because: 'routers run on workers',
      },
      {
        effect: 'auth-needs-ingress-nodes',
        join: ['cluster'],
        strength: 'strong',
        because: 'it counts nodes that could run routers',
      },
      {
        effect: 'failed-scheduling',
        join: ['cluster'],
        strength: 'strong',
        because: 'nothing but the control plane could take the pods, and it is tainted',
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
      { effect: 'ingress-canary-failing', join: ['cluster'], strength: 'likely', because: 'no router answers' },
      { effect: 'oauth-unavailable', join: ['cluster'], strength: 'likely', because: 'its route needs a router' },
      {
        effect: 'console-route-unavailable',
        join: ['cluster'],
        strength: 'likely',
        because: 'its route needs a router',
      },
      {
        effect: 'operator-degraded-generic',
        join: ['operator'],
        strength: 'strong',
        because: 'machine-api waits for the workers',
      },
      {
        effect: 'operator-degraded-generic',
        join: ['downstream'],
        strength: 'strong',
        because: 'its pods run on workers',
      },
    ],
    summary: '{ready} of {wanted} workers are Ready.',
    why: 'Without a schedulable worker there is no place for routers, monitoring and the registry, and everything that is reached through routes fails with them.',
    confirm: [
      {
        text: 'Look at nodes and machines',
        run: 'oc get nodes; oc get machineset,machine -n openshift-machine-api -o wide',
        risk: 'safe',
      },
      { text: 'Are joining nodes waiting for certificates?', run: 'oc get csr', risk: 'safe' },
    ],
    fix: [
      {
        text: 'Repair what keeps the workers from joining: quota and credentials of the infrastructure, Ignition, or pending certificate requests',
        risk: 'safe',
      },
    ],
    collect: ['Machine and MachineSet objects', 'logs of the machine-api controllers', 'the console of one worker'],
    falsePositives: [
      'An installation that is still going on',
      'A cluster that was meant to have no workers, whose control plane is not yet schedulable',
    ],
  },
  needs,
  detect({ facts, gatheredAt, report, noData }) {
    const said = complaint(facts.ClusterOperator);
    const workers = coreNodes(facts).filter((node) => hasLabel(node, ['node-role.kubernetes.io/worker']));
    const ready = workers.filter((node) => conditionOf(node, 'Ready')?.status === 'True').length;
    if (said !== undefined && ready < said.wanted && said.running === 0) {
      return report({
        title: `${ready} of ${said.wanted} workers became Nodes`,
        confidence: LIKELY,
        entities: [CLUSTER, { kind: 'operator', name: 'machine-api' }],
        // When the operator began to complain says nothing of how long there had been no workers.
        captures: { ready: String(ready), wanted: String(said.wanted) },
        evidence: [conditionEvidence(said.operator, said.condition)],
      });
    }
    if (coreNodes(facts).length === 0) return noData('no Node was gathered');
    // Workers that exist and are not Ready have findings of their own.
    if (workers.length > 0) return;
    const wanted = wantedWorkers(facts);
    if (wanted === undefined) return noData('nothing tells how many workers were asked for');
    const born = timeAt(facts.Infrastructure[0]?.body, 'metadata.creationTimestamp');
    const young = born === undefined || gatheredAt === undefined || gatheredAt - born < JOINING;
    if (wanted.count === 0 || young) return;
    report({
      title: `0 of ${wanted.count} workers became Nodes`,
      confidence: CERTAIN,
      entities: [CLUSTER, { kind: 'operator', name: 'machine-api' }],
      captures: { ready: '0', wanted: String(wanted.count) },
      evidence: [wanted.evidence],
    });
  },
});

interface Complaint {
  readonly operator: Resource;
  readonly condition: Condition;
  readonly wanted: number;
  readonly running: number;
}

function complaint(operators: readonly Resource[]): Complaint | undefined {
  const operator = operators.find(({ name }) => name === 'machine-api');
  if (operator === undefined) return undefined;
  for (const condition of conditionsOf(operator)) {
    // minimum worker replica count (2) not yet met: current running replicas 0, waiting for [...]
    const match = /minimum worker replica count \((\d{1,4})\) not yet met: current running replicas (\d{1,4})/.exec(
      condition.message,
    );
    if (match !== null) return { operator, condition, wanted: Number(match[1]), running: Number(match[2]) };
  }
  return undefined;
}

/** By the MachineSets, else by the install-config. Undefined where neither was gathered. */
function wantedWorkers(facts: Known): Wanted | undefined {
  const sets = facts.MachineSet.filter(({ group }) => group === 'machine.openshift.io');
  const [set] = sets.filter((one) => Number(read(one.body, 'spec.replicas') ?? 0) > 0);
  const replicas = sets.reduce((sum, one) => sum + Number(readText(one.body, 'spec.replicas') ?? 0), 0);
  if (set !== undefined) return { count: replicas, evidence: evidenceOf(set, 'spec.replicas') };
  for (const document of facts.documents.get('install-config') ?? []) {
    const pools = locateAll(document.body, 'compute[*].replicas');
    const count = pools.reduce((sum, { value }) => sum + (typeof value === 'number' ? value : 0), 0);
    if (pools.length > 0) return { count, evidence: evidenceOf(document, 'compute[0].replicas') };
  }
  return undefined;
}
