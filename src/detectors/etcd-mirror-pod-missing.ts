import { defineDetector } from '../model/detector.ts';
import type { Facts } from '../model/facts.ts';
import type { Evidence } from '../model/finding.ts';
import { isFields, type Resource, read, readList, readText } from '../model/resource.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { endpointHealth, etcdMembers, memberAt } from './etcd/members.ts';
import { evidenceOf } from './evidence.ts';
import { coreNodes, isControlPlane } from './objects/node.ts';
import { STATIC_PODS, staticPodMissing } from './workloads/static-pods.ts';

const needs = ['Node', 'Pod', 'Etcd', 'documents'] as const;
type Known = Facts<(typeof needs)[number]>;

/** A control plane node that runs etcd, while the API shows no etcd pod for it. */
export const etcdMirrorPodMissing = defineDetector({
  about: {
    id: 'etcd-mirror-pod-missing',
    title: 'etcd pod of a control plane node is missing from the API',
    component: 'kubelet',
    severity: 'critical',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'guard-missing-operand',
        join: ['node'],
        strength: 'strong',
        because: 'the guard controller looks for exactly this pod',
      },
      {
        effect: 'static-pod-lifecycle-failure',
        join: ['node'],
        strength: 'strong',
        because: 'the operator waits for the pod of the new revision',
      },
      {
        effect: 'static-pod-revision-stuck',
        join: ['node'],
        strength: 'strong',
        because: 'a rollout does not pass a node whose pod never shows up',
      },
      {
        effect: 'workload-controllers-frozen',
        join: ['cluster'],
        strength: 'weak',
        because: 'suspected only: a missing mirror pod does not stop controllers by itself',
      },
      {
        effect: 'etcd-scale-blocked',
        join: ['node'],
        strength: 'weak',
        because: 'the operator counts only members that it can probe',
      },
    ],
    summary:
      '{node} should show pod {pod}; it is not in the API. Member healthy: {memberHealthy}. Other static pods missing there: {alsoMissing}.',
    why:
      'Static pods run from files on the node; the kubelet only mirrors them into the API. A running member without its pod means that this kubelet cannot write to the API, ' +
      'not that etcd is ill. When only the etcd pod is missing, look at its manifest instead.',
    confirm: [
      {
        text: 'Is the container running on the node?',
        run: 'ssh core@{node} sudo crictl ps --name etcd',
        risk: 'safe',
      },
      { text: 'Does the API show the pod?', run: 'oc get pod -n openshift-etcd etcd-{node}', risk: 'safe' },
      {
        text: 'What does the kubelet say about mirror pods?',
        run: 'ssh core@{node} sudo journalctl -u kubelet -g mirror --since -1h',
        risk: 'safe',
      },
    ],
    fix: [
      { text: 'Repair the credentials or the API path of that kubelet', risk: 'disruptive' },
      {
        text: 'Leave the etcd manifest where it is: moving it restarts a healthy member and risks the quorum',
        risk: 'safe',
      },
    ],
    collect: [
      'the kubelet journal of the node, read on the node itself',
      'audit logs, to learn whether someone deleted the pod',
    ],
    falsePositives: ['The few seconds in which a new revision replaces the old pod'],
  },
  needs,
  detect({ facts, names, report, noData }) {
    const pods = facts.Pod.filter(({ namespace }) => namespace === 'openshift-etcd');
    if (pods.length === 0) return noData('no pod of openshift-etcd was gathered');
    for (const node of coreNodes(facts).filter(isControlPlane)) {
      if (!staticPodMissing('openshift-etcd', node.name, facts.Pod)) continue;
      const proof = etcdOn(node, facts, (name) => names.node(name) === node.name);
      if (proof.evidence.length === 0) continue;
      const alsoMissing = STATIC_PODS.filter(
        ({ namespace }) => namespace !== 'openshift-etcd' && staticPodMissing(namespace, node.name, facts.Pod),
      );
      report({
        title: `Pod etcd-${node.name} is missing from the API${alsoMissing.length > 0 ? ', like other static pods of that node' : ''}`,
        confidence: proof.healthy === true ? CERTAIN : LIKELY,
        entities: [
          { kind: 'node', name: node.name },
          { kind: 'pod', name: `openshift-etcd/etcd-${node.name}` },
          { kind: 'operator', name: 'etcd' },
        ],
        captures: {
          memberHealthy: proof.healthy === undefined ? 'unknown' : proof.healthy ? 'yes' : 'no',
          alsoMissing: alsoMissing.map(({ prefix }) => `${prefix}-${node.name}`).join(', ') || 'none',
        },
        evidence: [evidenceOf(node, 'metadata.name'), ...proof.evidence],
      });
    }
  },
});

interface Proof {
  readonly healthy: boolean | undefined;
  readonly evidence: readonly Evidence[];
}

/** That the node should have an etcd pod: its operator lists it with a revision, or etcd counts it as a member. */
function etcdOn(node: Resource, facts: Known, is: (name: string) => boolean): Proof {
  const members = etcdMembers(facts.documents) ?? [];
  const member = members.find(({ name }) => is(name));
  const health = (endpointHealth(facts.documents) ?? []).find(
    ({ endpoint }) => member !== undefined && memberAt(endpoint, members) === member,
  );
  return {
    healthy: health?.healthy,
    evidence: [
      ...facts.Etcd.flatMap((etcd) => rolledOut(etcd, node.name)),
      ...(member === undefined ? [] : [member.evidence]),
      ...(health === undefined ? [] : [health.evidence]),
    ],
  };
}

/** Revision 0: nothing was rolled out to the node yet. */
function rolledOut(etcd: Resource, node: string): Evidence[] {
  return readList(etcd.body, 'status.nodeStatuses').flatMap((status, index) => {
    const revision = read(status, 'currentRevision');
    if (!isFields(status) || readText(status, 'nodeName') !== node || typeof revision !== 'number' || revision < 1)
      return [];
    return [
      evidenceOf(etcd, `status.nodeStatuses[${index}].nodeName`, {
        text: `nodeName: ${node}, currentRevision: ${revision}`,
      }),
    ];
  });
}
