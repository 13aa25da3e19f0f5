import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import type { Facts } from '../model/facts.ts';
import type { Evidence } from '../model/finding.ts';
import { type Resource, readList, readText } from '../model/resource.ts';
import { formatDuration, formatTime, MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN, LIKELY, POSSIBLE } from './confidence.ts';
import { certificateRequest, KUBELET_SIGNERS } from './csr/request.ts';
import { evidenceOf } from './evidence.ts';
import { timeAt } from './objects/age.ts';
import { readyButSilent } from './objects/heartbeat.ts';
import { renewedAt, staleness } from './objects/lease.ts';
import { coreNodes } from './objects/node.ts';
import { podless, unobserved } from './workloads/replicas.ts';

/** A leader renews every few seconds and loses the lease after 137 s on OpenShift. */
const LEASE_STALE = 2 * MINUTE;
const MANY = 3;

const needs = [
  'Lease',
  'Node',
  'Pod',
  'Deployment',
  'DaemonSet',
  'StatefulSet',
  'ReplicaSet',
  'CertificateSigningRequest',
] as const;
type Known = Facts<(typeof needs)[number]>;

/** No kube-controller-manager is leading: by its stale lease, else by the work that is left undone. */
export const workloadControllersFrozen = defineDetector({
  about: {
    id: 'workload-controllers-frozen',
    title: 'Controllers of kube-controller-manager stand still',
    component: 'kube-controller-manager',
    severity: 'critical',
    role: 'cause',
    secondary: true,
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'metal3-pod-missing',
        join: ['cluster'],
        strength: 'strong',
        because: 'the controller that would create the pod is not at work',
      },
      {
        effect: 'stale-control-plane-status',
        join: ['cluster'],
        strength: 'strong',
        because: 'the node lifecycle controller, which would mark silent nodes, is not at work',
      },
      {
        effect: 'csr-approved-not-issued',
        join: ['cluster'],
        strength: 'strong',
        because: 'the signing controller is not at work',
      },
      {
        effect: 'pods-waiting-root-ca-configmap',
        join: ['cluster'],
        strength: 'strong',
        because: 'the publishers of the root CA ConfigMaps are not at work',
      },
    ],
    summary: 'kube-controller-manager is not reconciling: {signs}.',
    why:
      'Creating pods, judging nodes, signing certificates and publishing CA bundles is all done by the one leading kube-controller-manager. ' +
      'While none leads, the cluster keeps running but repairs nothing, and every status it owns is frozen.',
    confirm: [
      {
        text: 'When was the leader lease last renewed, and by whom?',
        run: 'oc get lease kube-controller-manager -n kube-system -o yaml',
        risk: 'safe',
      },
      { text: 'Are its pods running?', run: 'oc get pods -n openshift-kube-controller-manager', risk: 'safe' },
    ],
    fix: [
      {
        text: 'Repair what keeps kube-controller-manager from leading: its static pods, its certificates, or a slow API and etcd',
        risk: 'disruptive',
      },
    ],
    collect: [
      'logs of openshift-kube-controller-manager on every control plane node, current and previous',
      'lease kube-system/kube-controller-manager once more: is it renewed now?',
    ],
    falsePositives: ['A leader change of a minute or two during an upgrade'],
  },
  needs,
  detect({ facts, gatheredAt, report, noData }) {
    const lease = facts.Lease.find(
      ({ namespace, name }) => namespace === 'kube-system' && name === 'kube-controller-manager',
    );
    const stale = lease === undefined ? undefined : staleness(lease, facts.Lease, gatheredAt);
    const renewed = lease === undefined ? undefined : renewedAt(lease);
    if (lease !== undefined && stale !== undefined && renewed !== undefined) {
      // Whatever the lease says: who made a pod afterwards was at work.
      if (stale <= LEASE_STALE || workedAfter(facts, renewed + LEASE_STALE)) return;
      return report({
        title: `kube-controller-manager stands still: it last renewed its lease at ${formatTime(renewed)}`,
        confidence: CERTAIN,
        entities: [CLUSTER],
        firstSeen: renewed,
        captures: {
          signs: `its lease was last renewed at ${formatTime(renewed)}, at least ${formatDuration(stale)} before it was read`,
        },
        evidence: [
          evidenceOf(lease, 'spec.renewTime', { at: renewed }),
          ...indirect(facts, gatheredAt).evidence.slice(0, 6),
        ],
      });
    }
    const signs = indirect(facts, gatheredAt);
    if (signs.workloads < MANY && signs.kinds.length < 2) {
      if (facts.Deployment.length === 0)
        noData('neither the kube-controller-manager lease nor workloads were gathered');
      return;
    }
    report({
      title: `Nothing does the work of kube-controller-manager: ${signs.kinds.join(', ')}`,
      confidence: signs.kinds.length >= 2 && signs.workloads >= MANY ? LIKELY : (LIKELY + POSSIBLE) / 2,
      entities: [CLUSTER],
      count: signs.evidence.length,
      captures: { signs: `${signs.kinds.join(', ')} (its lease was not gathered)` },
      evidence: signs.evidence.slice(0, 8),
    });
  },
});

interface Signs {
  readonly kinds: readonly string[];
  readonly workloads: number;
  readonly evidence: readonly Evidence[];
}

/** Work left undone: pods not made, generations not seen, dead nodes still Ready, approved requests not signed. */
function indirect(facts: Known, gatheredAt: Micros | undefined): Signs {
  const frozen = [
    ...podless(facts.ReplicaSet, facts.Pod, gatheredAt),
    ...unobserved([...facts.Deployment, ...facts.DaemonSet, ...facts.StatefulSet]),
  ];
  const fossils = readyButSilent(coreNodes(facts), facts.Lease, gatheredAt);
  const unsigned = unsignedRequests(facts.CertificateSigningRequest, gatheredAt);
  return {
    kinds: [
      ...(frozen.length > 0 ? [`${frozen.length} workload(s) not reconciled`] : []),
      ...(fossils.length > 0 ? [`${fossils.length} silent node(s) still called Ready`] : []),
      ...(unsigned.length > 0 ? [`${unsigned.length} approved certificate request(s) not signed`] : []),
    ],
    workloads: frozen.length,
    evidence: [
      ...fossils.map(({ at, last }) => evidenceOf(at.resource, at.path, { at: last })),
      ...frozen.map(({ evidence }) => evidence),
      ...unsigned.map((resource) => evidenceOf(resource, 'status.conditions[type=Approved].type')),
    ],
  };
}

function unsignedRequests(requests: readonly Resource[], gatheredAt: Micros | undefined): Resource[] {
  return requests.filter((resource) => {
    const { signer, decision, issued, decidedAt } = certificateRequest(resource);
    const age = gatheredAt === undefined || decidedAt === undefined ? 0 : gatheredAt - decidedAt;
    return KUBELET_SIGNERS.includes(signer) && decision === 'approved' && !issued && age > 5 * MINUTE;
  });
}

/** A pod that a controller of kube-controller-manager made after the given time. */
function workedAfter(facts: Known, at: Micros): boolean {
  return facts.Pod.some((pod) => {
    const made = timeAt(pod.body, 'metadata.creationTimestamp');
    const owners = readList(pod.body, 'metadata.ownerReferences').map((owner) => readText(owner, 'kind') ?? '');
    return (
      made !== undefined &&
      made > at &&
      owners.some((kind) => ['ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'].includes(kind))
    );
  });
}
