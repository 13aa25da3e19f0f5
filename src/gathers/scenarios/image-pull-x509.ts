import { MINUTE, SECOND } from '../../model/time.ts';
import { addUnit, find, type Gather, type JournalEntry, podsOf } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, type KubeObject, setCondition } from '../kube.ts';
import { kubeletLine } from '../noise/kubelet.ts';
import { event } from '../objects/events.ts';
import { at, seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { operatorReports, waiting } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'image-pull-x509',
  started: '2026-05-04T10:00:00Z',
  gathered: '2026-05-12T07:45:00Z',
});
const REPLACED = at('2026-05-12T05:30:00Z');
const IMAGE =
  'mirror.lab.example.com:8443/ocp/release@sha256:9f3c61b0c9de8b5a0c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b';
const UNTRUSTED = `initializing source docker://${IMAGE}: pinging container registry mirror.lab.example.com:8443: Get "https://mirror.lab.example.com:8443/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority`;

/** The mirror registry got a certificate from a new CA that the nodes do not know. */
export const imagePullX509: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    const pods = [
      ...podsOf(gather, 'openshift-console', 'console').slice(0, 1),
      ...podsOf(gather, 'openshift-ingress-canary', 'ingress-canary').slice(0, 1),
      ...podsOf(gather, 'openshift-monitoring', 'alertmanager-main').slice(0, 1),
    ];
    for (const [index, pod] of pods.entries()) pullFails(gather, pod, REPLACED + (4 + index * 7) * MINUTE);
    const since = REPLACED + 25 * MINUTE;
    Object.assign(find(gather, 'Deployment', 'console')['status'], {
      readyReplicas: 1,
      availableReplicas: 1,
      unavailableReplicas: 1,
    });
    setCondition(find(gather, 'Deployment', 'console'), {
      ...condition(
        'Progressing',
        false,
        since,
        'ProgressDeadlineExceeded',
        'ReplicaSet "console" has timed out progressing.',
      ),
      lastUpdateTime: seconds(since),
    });
    operatorReports(gather, 'console', {
      type: 'Degraded',
      status: true,
      since,
      reason: 'Deployment_FailedUpdate',
      message:
        'DeploymentSyncDegraded: 1 of 2 console pods is not ready: container "console" is waiting: ImagePullBackOff',
    });
    return { gather, beside: new Map() };
  },
};

function pullFails(gather: Gather, pod: KubeObject, since: number): void {
  const { name, namespace } = pod.metadata;
  const random = gather.random.fork(`pull/${name}`);
  const host = pod['spec'].nodeName as string;
  waiting(pod, seconds(since), 'ImagePullBackOff', `Back-off pulling image "${IMAGE}": ErrImagePull: ${UNTRUSTED}`);
  pod.metadata['creationTimestamp'] = seconds(since - MINUTE);
  for (const container of pod['spec'].containers) container.image = IMAGE;
  const about: [string, string] = ['Pod', name];
  const common = {
    namespace: namespace!,
    about,
    type: 'Warning' as const,
    component: 'kubelet',
    host,
    first: since,
    last: CLUSTER.gatheredAt - 2 * MINUTE,
  };
  gather.objects.push(
    event(random.fork('failed'), {
      ...common,
      reason: 'Failed',
      message: `Failed to pull image "${IMAGE}": ${UNTRUSTED}`,
      count: 26,
    }),
    event(random.fork('backoff'), {
      ...common,
      reason: 'BackOff',
      message: `Back-off pulling image "${IMAGE}"`,
      count: 540,
    }),
  );
  const lines: JournalEntry[] = [];
  for (const time of spread(random, since, CLUSTER.gatheredAt - 7 * MINUTE, 5 * MINUTE)) {
    const escaped = UNTRUSTED.replaceAll('"', '\\"');
    lines.push(
      kubeletLine(
        host,
        time,
        2931,
        'E',
        'log.go:32',
        `"PullImage from image service failed" err="rpc error: code = Unknown desc = ${escaped}" image="${IMAGE}"`,
      ),
    );
    lines.push(
      kubeletLine(
        host,
        time + SECOND,
        2931,
        'E',
        'pod_workers.go:1301',
        `"Error syncing pod, skipping" err="failed to \\"StartContainer\\" with ErrImagePull: \\"${UNTRUSTED.replaceAll('"', '\\\\\\"')}\\"" pod="${namespace}/${name}" podUID="${random.uuid()}"`,
      ),
    );
  }
  addUnit(gather, 'kubelet', lines);
}
