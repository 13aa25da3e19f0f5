import type { Micros } from '../../model/time.ts';
import type { Cluster } from '../cluster.ts';
import { type KubeObject, meta } from '../kube.ts';
import type { Random } from '../random.ts';
import { releaseOf } from '../release.ts';
import { seconds } from '../stamps.ts';

export interface EventSpec {
  readonly namespace: string;
  readonly about: readonly [kind: string, name: string];
  readonly reason: string;
  readonly message: string;
  readonly type?: 'Normal' | 'Warning';
  readonly component: string;
  readonly host?: string;
  readonly first: Micros;
  readonly last?: Micros;
  readonly count?: number;
}

export function event(random: Random, spec: EventSpec): KubeObject {
  const [kind, name] = spec.about;
  const last = spec.last ?? spec.first;
  return {
    apiVersion: 'v1',
    count: spec.count ?? 1,
    eventTime: null,
    firstTimestamp: seconds(spec.first),
    involvedObject: { kind, name, namespace: spec.namespace, uid: random.uuid() },
    kind: 'Event',
    lastTimestamp: seconds(last),
    message: spec.message,
    metadata: meta(random, `${name}.${random.hex(16)}`, spec.first, { namespace: spec.namespace }),
    reason: spec.reason,
    reportingComponent: spec.component,
    reportingInstance: spec.host ?? '',
    source: { component: spec.component, ...(spec.host === undefined ? {} : { host: spec.host }) },
    type: spec.type ?? 'Normal',
  };
}

/** What the events of a quiet cluster hold: certificate syncing, image pulls of the catalogue pods, a slow start-up probe. */
export function quietEvents(cluster: Cluster, random: Random): KubeObject[] {
  const end = cluster.gatheredAt;
  const ago = (minutes: number) => end - minutes * 60_000_000;
  const node = cluster.nodes[0]!.name;
  const specs: EventSpec[] = [
    {
      namespace: 'openshift-marketplace',
      about: ['Pod', 'redhat-operators-7mkzq'],
      reason: 'Scheduled',
      message: `Successfully assigned openshift-marketplace/redhat-operators-7mkzq to ${node}`,
      component: 'default-scheduler',
      first: ago(73),
    },
    {
      namespace: 'openshift-marketplace',
      about: ['Pod', 'redhat-operators-7mkzq'],
      reason: 'Pulled',
      message: `Successfully pulled image "registry.redhat.io/redhat/redhat-operator-index:v${releaseOf(cluster.version).minor}" in 1.204s (1.204s including waiting). Image size: 1812423117 bytes.`,
      component: 'kubelet',
      host: node,
      first: ago(72),
    },
    {
      namespace: 'openshift-marketplace',
      about: ['Pod', 'redhat-operators-7mkzq'],
      reason: 'Unhealthy',
      message: 'Startup probe failed: timeout: failed to connect service ":50051" within 1s',
      type: 'Warning',
      component: 'kubelet',
      host: node,
      first: ago(71.8),
      last: ago(71.6),
      count: 2,
    },
    {
      namespace: 'openshift-operator-lifecycle-manager',
      about: ['CronJob', 'collect-profiles'],
      reason: 'SuccessfulCreate',
      message: 'Created job collect-profiles-29413350',
      component: 'cronjob-controller',
      first: ago(24),
    },
    {
      namespace: 'openshift-kube-apiserver',
      about: ['Pod', `kube-apiserver-${node}`],
      reason: 'CertificateRefreshed',
      message: 'loading certificates',
      component: 'cert-regeneration-controller',
      first: ago(64),
    },
  ];
  return specs.map((spec, index) => event(random.fork(String(index)), spec));
}
