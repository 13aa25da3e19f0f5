import { MINUTE, type Micros } from '../../model/time.ts';
import { type Gather, podsOf } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import type { KubeObject } from '../kube.ts';
import { event } from '../objects/events.ts';
import { at, seconds } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { waiting } from './steps.ts';

const CLUSTER = siteCluster({
  scenario: 'image-pull-unauthorized',
  started: '2024-03-11T09:00:00Z',
  gathered: '2025-10-01T10:12:00Z',
  name: 'fab',
  domain: 'plant.example.net',
  version: '4.13.44',
  platform: 'None',
  network: '10.90.3',
  masters: ['fab-cp-a', 'fab-cp-b', 'fab-cp-c'],
  workers: ['fab-wk-a', 'fab-wk-b', 'fab-wk-c'],
});
const FIRST = at('2025-10-01T06:20:00Z');
const PLATFORM = 'quay.io/openshift-release-dev/ocp-v4.0-art-dev';

/** The token of the pull secret was revoked; pods that move to another node cannot pull. */
export const imagePullUnauthorized: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: ['openshift-console', 'openshift-monitoring', 'openshift-dns', 'openshift-marketplace'],
      hours: 6,
      tool: 'insights',
    });
    const moved = [
      podsOf(gather, 'openshift-console', 'console')[0]!,
      podsOf(gather, 'openshift-monitoring', 'alertmanager-main')[0]!,
      podsOf(gather, 'openshift-monitoring', 'node-exporter')[0]!,
    ];
    for (const [index, pod] of moved.entries()) refused(gather, pod, FIRST + index * 9 * MINUTE);
    return { gather, beside: new Map() };
  },
};

function refused(gather: Gather, pod: KubeObject, since: Micros): void {
  const random = gather.random.fork(`pull/${pod.metadata.name}`);
  const digest = `sha256:${random.hex(64)}`;
  const image = `${PLATFORM}@${digest}`;
  const error = `rpc error: code = Unknown desc = Error reading manifest ${digest} in ${PLATFORM}: unauthorized: access to the requested resource is not authorized`;
  waiting(pod, seconds(since), 'ImagePullBackOff', `Back-off pulling image "${image}"`);
  const { name, namespace } = pod.metadata;
  const say = (reason: string, message: string, count: number) =>
    event(random.fork(message), {
      namespace: namespace!,
      about: ['Pod', name],
      reason,
      message,
      type: 'Warning',
      component: 'kubelet',
      host: pod['spec'].nodeName,
      first: since,
      last: CLUSTER.gatheredAt - 3 * MINUTE,
      count,
    });
  gather.objects.push(
    say('Failed', `Failed to pull image "${image}": ${error}`, 44),
    say('Failed', 'Error: ErrImagePull', 44),
    say('Failed', 'Error: ImagePullBackOff', 903),
  );
}
