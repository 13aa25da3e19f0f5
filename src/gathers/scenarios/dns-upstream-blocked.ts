import { MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, type Gather, podsOf } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { event } from '../objects/events.ts';
import { at, millis, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { operatorLog, operatorReports, operatorSays, waiting } from './steps.ts';

const CLUSTER = siteCluster({
  scenario: 'dns-upstream-blocked',
  started: '2025-09-15T07:00:00Z',
  gathered: '2026-04-02T12:20:00Z',
  name: 'north',
  domain: 'paas.example.net',
  version: '4.17.16',
  platform: 'None',
  network: '10.61.0',
  masters: ['north-m1', 'north-m2', 'north-m3'],
  workers: ['north-w1', 'north-w2'],
});
const BLOCKED = at('2026-04-02T10:36:00Z');
const RESOLVER = '10.20.0.53';
const APPS = 'apps.north.paas.example.net';
const UNKNOWN = (host: string) => `dial tcp: lookup ${host} on 172.30.0.10:53: server misbehaving`;

/** A firewall drops DNS between the nodes and their only resolver: the cluster's own names resolve, no others do. */
export const dnsUpstreamBlocked: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: [
        'openshift-authentication-operator',
        'openshift-console-operator',
        'openshift-dns',
        'openshift-dns-operator',
        'openshift-etcd',
        'openshift-ingress',
        'openshift-ingress-operator',
        'openshift-marketplace',
      ],
      hours: 4,
      layout: 'lists',
    });
    resolversWait(gather);
    routesUnknown(gather);
    catalogPull(gather);
    return { gather, beside: new Map() };
  },
};

const ASKED = [
  'quay.io.',
  'api.openshift.com.',
  'registry.redhat.io.',
  `console-openshift-console.${APPS}.`,
  `oauth-openshift.${APPS}.`,
];

function resolversWait(gather: Gather): void {
  for (const pod of podsOf(gather, 'openshift-dns', 'dns-default')) {
    const random = gather.random.fork(pod.metadata.name);
    addLog(
      gather,
      `openshift-dns/${pod.metadata.name}/dns`,
      [...spread(random, BLOCKED, CLUSTER.gatheredAt - MINUTE, 16 * SECOND)].map((time) => ({
        at: time,
        text: `[ERROR] plugin/errors: 2 ${random.pick(ASKED)} ${random.pick(['A', 'AAAA'])}: read udp ${pod['status'].podIP}:${random.int(32000, 60000)}->${RESOLVER}:53: i/o timeout`,
      })),
    );
  }
}

/** Operators check their routes by name, and the names lie in the resolver's zone. */
function routesUnknown(gather: Gather): void {
  const random = gather.random.fork('routes');
  const times = (every: number) => spread(random, BLOCKED + SECOND, CLUSTER.gatheredAt - 2 * MINUTE, every);
  const oauth = `Get "https://oauth-openshift.${APPS}/healthz": ${UNKNOWN(`oauth-openshift.${APPS}`)}`;
  operatorReports(
    gather,
    'authentication',
    {
      type: 'Degraded',
      status: true,
      since: BLOCKED + 3 * MINUTE,
      reason: 'OAuthServerRouteEndpointAccessibleController_SyncError',
      message: `OAuthServerRouteEndpointAccessibleControllerDegraded: ${oauth}`,
    },
    {
      type: 'Available',
      status: false,
      since: BLOCKED + MINUTE,
      reason: 'OAuthServerRouteEndpointAccessibleController_EndpointUnavailable',
      message: `OAuthServerRouteEndpointAccessibleControllerAvailable: ${oauth}`,
    },
  );
  operatorSays(
    gather,
    'openshift-authentication-operator',
    'authentication-operator',
    times(40 * SECOND),
    'base_controller.go:279',
    `"Unhandled Error" err="OAuthServerRouteEndpointAccessibleController reconciliation failed: ${oauth.replaceAll('"', '\\"')}"`,
  );
  const console = `console-openshift-console.${APPS}`;
  operatorReports(gather, 'console', {
    type: 'Degraded',
    status: true,
    since: BLOCKED + 4 * MINUTE,
    reason: 'RouteHealth_FailedGet',
    message: `RouteHealthDegraded: failed to GET route (https://${console}): Get "https://${console}": ${UNKNOWN(console)}`,
  });
  const canary = `canary-openshift-ingress-canary.${APPS}`;
  operatorReports(gather, 'ingress', {
    type: 'Degraded',
    status: true,
    since: BLOCKED + 7 * MINUTE,
    reason: 'IngressDegraded',
    message:
      'The "default" ingress controller reports Degraded=True: DegradedConditions: One or more other status conditions indicate a degraded state: CanaryChecksSucceeding=False (CanaryChecksRepetitiveFailures: Canary route checks for the default ingress controller are failing. Last 1 error messages:\nerror sending canary HTTP request to "' +
      `${canary}": Get "https://${canary}": ${UNKNOWN(canary)})`,
  });
  addLog(
    gather,
    operatorLog(gather, 'openshift-ingress-operator', 'ingress-operator'),
    [...times(60 * SECOND)].map((time) => ({
      at: time + 60,
      text: `${millis(time)}\tERROR\toperator.canary_controller\twait/backoff.go:226\terror performing canary route check\t{"error": "error sending canary HTTP request to \\"${canary}\\": Get \\"https://${canary}\\": ${UNKNOWN(canary)}"}`,
    })),
  );
}

function catalogPull(gather: Gather): void {
  const template = podsOf(gather, 'openshift-dns', 'dns-default')[0]!;
  const pod = structuredClone(template);
  const random = gather.random.fork('catalog');
  const since: Micros = at('2026-04-02T11:02:00Z');
  const image = 'registry.redhat.io/redhat/certified-operator-index:v4.17';
  Object.assign(pod.metadata, {
    name: `certified-operators-${random.suffix(5)}`,
    namespace: 'openshift-marketplace',
    creationTimestamp: seconds(since),
    labels: { 'olm.catalogSource': 'certified-operators' },
    uid: random.uuid(),
  });
  pod['spec'].containers = [{ image, imagePullPolicy: 'Always', name: 'registry-server' }];
  pod['status'].containerStatuses = [{ ...pod['status'].containerStatuses[0], name: 'registry-server', image }];
  waiting(pod, seconds(since), 'ImagePullBackOff', `Back-off pulling image "${image}"`);
  gather.objects.push(
    pod,
    event(random, {
      namespace: 'openshift-marketplace',
      about: ['Pod', pod.metadata.name],
      reason: 'Failed',
      message: `Failed to pull image "${image}": initializing source docker://${image}: pinging container registry registry.redhat.io: Get "https://registry.redhat.io/v2/": dial tcp: lookup registry.redhat.io on ${RESOLVER}:53: read udp 10.61.0.71:50713->${RESOLVER}:53: i/o timeout`,
      type: 'Warning',
      component: 'kubelet',
      host: pod['spec'].nodeName,
      first: since,
      last: CLUSTER.gatheredAt - 4 * MINUTE,
      count: 16,
    }),
  );
}
