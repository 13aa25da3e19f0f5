import { defineDetector } from '../model/detector.ts';
import { type Resource, read, readList, readText } from '../model/resource.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { conditionEvidence, conditionOf } from './objects/condition.ts';
import { ownedBy } from './workloads/replicas.ts';

const NAMESPACE = 'openshift-machine-api';

/** The metal3 Deployment wants a pod, its namespace was gathered, and there is no such pod. */
export const metal3PodMissing = defineDetector({
  about: {
    id: 'metal3-pod-missing',
    title: 'metal3 pod does not exist although its Deployment wants one',
    component: 'cluster-baremetal-operator',
    severity: 'critical',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'operator-degraded-generic',
        join: ['operator'],
        strength: 'strong',
        because: 'the operator reports that its Deployment does not roll out',
      },
      {
        effect: 'bmh-stuck-inspecting',
        join: ['cluster'],
        strength: 'weak',
        because: 'without Ironic no host gets on with its inspection; one that hung before has a cause of its own',
      },
      {
        effect: 'cbo-deployment-degraded',
        join: ['operator'],
        strength: 'strong',
        because: 'the operator waits for the rollout of this Deployment and reports its timeout',
      },
    ],
    summary: 'Deployment metal3 wants {wanted} pod, and none exists.',
    why:
      'A Deployment gets its pods from controllers inside kube-controller-manager. When a pod is gone and nothing makes a new one, ' +
      'either those controllers stand still or pod creation is rejected; a rejection leaves ReplicaFailure on the ReplicaSet.',
    confirm: [
      {
        text: 'Look at the Deployment, its ReplicaSet and pods',
        run: 'oc get deploy,rs,pod -n openshift-machine-api',
        risk: 'safe',
      },
      {
        text: 'Is a controller manager leading?',
        run: 'oc get lease kube-controller-manager -n kube-system -o yaml',
        risk: 'safe',
      },
    ],
    fix: [
      { text: 'Bring kube-controller-manager back first: it creates the pod by itself', risk: 'safe' },
      {
        text: 'Then have the operator reconcile',
        run: 'oc rollout restart deployment/cluster-baremetal-operator -n openshift-machine-api',
        risk: 'disruptive',
      },
    ],
    collect: [
      'the kube-controller-manager lease and logs',
      'events of openshift-machine-api',
      'the audit log, to learn who deleted the pod',
    ],
    falsePositives: ['Provisioning is switched off: the Deployment then is absent or has no replicas'],
  },
  needs: ['Deployment', 'ReplicaSet', 'Pod'],
  detect({ facts, report, noData }) {
    const deployment = facts.Deployment.find(({ namespace, name }) => namespace === NAMESPACE && name === 'metal3');
    if (deployment === undefined) return noData('Deployment metal3 was not gathered');
    const wanted = Number(read(deployment.body, 'spec.replicas') ?? 1);
    if (wanted < 1 || read(deployment.body, 'spec.paused') === true) return;
    const pods = facts.Pod.filter(({ namespace }) => namespace === NAMESPACE);
    if (pods.length === 0) return noData(`no pod of ${NAMESPACE} was gathered`);
    if (pods.some((pod) => isMetal3(pod) && readText(pod.body, 'status.phase') !== 'Failed')) return;
    const set = facts.ReplicaSet.find(
      (one) =>
        one.namespace === NAMESPACE && ownedBy(one, 'Deployment', 'metal3') && read(one.body, 'spec.replicas') !== 0,
    );
    const failure = [deployment, ...(set === undefined ? [] : [set])].flatMap((owner) => {
      const condition = conditionOf(owner, 'ReplicaFailure');
      return condition?.status === 'True' ? [{ owner, condition }] : [];
    })[0];
    report({
      title:
        failure === undefined
          ? 'metal3 has no pod and nothing creates one'
          : 'metal3 has no pod: its creation is rejected',
      confidence: failure === undefined ? LIKELY : CERTAIN,
      entities: [
        { kind: 'namespace', name: NAMESPACE },
        { kind: 'operator', name: 'baremetal' },
      ],
      captures: {
        wanted: String(wanted),
        statusReplicas: readText(deployment.body, 'status.replicas') ?? '0',
        ...(failure !== undefined && { rejection: failure.condition.message }),
      },
      evidence: [
        evidenceOf(deployment, 'spec.replicas'),
        ...(set === undefined ? [] : [evidenceOf(set, 'spec.replicas')]),
        ...(failure === undefined ? [] : [conditionEvidence(failure.owner, failure.condition)]),
      ],
    });
  },
});

/** `metal3-7f9c…`, but not `metal3-baremetal-operator-…` or `metal3-image-customization-…`, which are Deployments of their own. */
function isMetal3(pod: Resource): boolean {
  if (readText(pod.body, 'metadata.labels."baremetal.openshift.io/cluster-baremetal-operator"') === 'metal3-state')
    return true;
  const owners = readList(pod.body, 'metadata.ownerReferences').map((owner) => readText(owner, 'name') ?? '');
  return /^metal3-[a-z0-9]+-[a-z0-9]{5}$/.test(pod.name) && owners.every((owner) => /^metal3-[a-z0-9]+$/.test(owner));
}
