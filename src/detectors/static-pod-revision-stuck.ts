import { defineDetector } from '../model/detector.ts';
import { type Fields, isFields, type Resource, read, readList, readText } from '../model/resource.ts';
import { formatDuration, MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { timeAt } from './objects/age.ts';
import { conditionOf } from './objects/condition.ts';
import { coreNodes } from './objects/node.ts';
import { STATIC_PODS } from './workloads/static-pods.ts';

/** A revision goes from node to node, a few minutes each. */
const ROLLOUT = 30 * MINUTE;

/** A control plane node that has not reached the newest revision of a static pod for long. */
export const staticPodRevisionStuck = defineDetector({
  about: {
    id: 'static-pod-revision-stuck',
    title: 'Control plane node does not get to the newest static pod revision',
    component: 'static pod operators',
    severity: 'warning',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'operator-degraded-generic',
        join: ['operator'],
        strength: 'likely',
        because: 'the operator reports installers that fail',
      },
      {
        effect: 'auth-wellknown-not-ready',
        join: ['cluster'],
        strength: 'likely',
        because: 'OAuth metadata reaches clients only with the pending kube-apiserver revision',
      },
    ],
    summary: '{node} is at revision {current} of {operator}, {latest} has been available for {age}.',
    why: 'New revisions are installed on one node after the other. The first node that does not come up with the new revision holds all others back.',
    confirm: [
      {
        text: 'Compare revisions by node',
        run: "oc get {resource} cluster -o jsonpath='{.status.latestAvailableRevision} {.status.nodeStatuses}'",
        risk: 'safe',
      },
      { text: 'Look at the installer pods', run: 'oc get pods -n {namespace} -o wide', risk: 'safe' },
    ],
    fix: [
      {
        text: 'Repair what keeps the installer or the new pod from running on that node; the operator then goes on by itself',
        risk: 'safe',
      },
    ],
    collect: ['installer pods and their events in the namespace of the operand'],
    falsePositives: ['A rollout that several new revisions in a row start again'],
  },
  needs: ['Etcd', 'KubeAPIServer', 'KubeControllerManager', 'KubeScheduler', 'ConfigMap', 'Node'],
  detect({ facts, gatheredAt, report, noData }) {
    const operators = STATIC_PODS.flatMap((pod) => {
      const resource = facts[pod.kind].find(({ name }) => name === 'cluster');
      return resource === undefined ? [] : [{ ...pod, resource }];
    });
    if (operators.length === 0) return noData('no static pod operator object was gathered');
    for (const { kind, operator, namespace, resource } of operators) {
      const latest = read(resource.body, 'status.latestAvailableRevision');
      if (typeof latest !== 'number') continue;
      const since = availableSince(resource, namespace, latest, facts.ConfigMap);
      if (since === undefined || gatheredAt === undefined || gatheredAt - since <= ROLLOUT) continue;
      for (const { status, index, node, current } of behind(resource, latest)) {
        if (coreNodes(facts).length > 0 && !coreNodes(facts).some(({ name }) => name === node)) continue;
        const target = readText(status, 'targetRevision') ?? '0';
        const failure = readList(status, 'lastFailedRevisionErrors').map(String).join('; ');
        report({
          title: `${node} has been behind ${operator} revision ${latest} for ${formatDuration(gatheredAt - since)}`,
          confidence: target === '0' ? LIKELY : CERTAIN,
          entities: [
            { kind: 'node', name: node },
            { kind: 'operator', name: operator },
          ],
          captures: {
            current: String(current),
            latest: String(latest),
            target,
            age: formatDuration(gatheredAt - since),
            resource: kind.toLowerCase(),
            namespace,
            ...(failure !== '' && { failure: failure.slice(0, 500) }),
          },
          evidence: [
            evidenceOf(resource, `status.nodeStatuses[${index}].currentRevision`, {
              text: `nodeName: ${node}, currentRevision: ${current}, targetRevision: ${target}`,
            }),
            evidenceOf(resource, 'status.latestAvailableRevision', { at: since }),
          ],
        });
      }
    }
  },
});

interface Behind {
  readonly status: Fields;
  readonly index: number;
  readonly node: string;
  readonly current: number;
}

function behind(resource: Resource, latest: number): Behind[] {
  return readList(resource.body, 'status.nodeStatuses').flatMap((status, index) => {
    const current = read(status, 'currentRevision') ?? 0;
    const node = readText(status, 'nodeName');
    return isFields(status) && typeof current === 'number' && current < latest && node !== undefined
      ? [{ status, index, node, current }]
      : [];
  });
}

/** The revision's own ConfigMap tells when it was made; else the progress condition tells when the rollout began. */
function availableSince(
  resource: Resource,
  namespace: string,
  latest: number,
  maps: readonly Resource[],
): Micros | undefined {
  const map = maps.find((one) => one.namespace === namespace && one.name === `revision-status-${latest}`);
  const made = timeAt(map?.body, 'metadata.creationTimestamp');
  const progressing = conditionOf(resource, 'NodeInstallerProgressing');
  return made ?? (progressing?.status === 'True' ? progressing.since : undefined);
}
