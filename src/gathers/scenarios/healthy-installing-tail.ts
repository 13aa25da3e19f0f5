import { MINUTE, SECOND } from '../../model/time.ts';
import { masters } from '../cluster.ts';
import { addLog, type Gather, podOn } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { conflict } from '../noise/operators.ts';
import { event } from '../objects/events.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, operatorLog, operatorReports } from './steps.ts';

const CLUSTER = siteCluster({
  scenario: 'healthy-installing-tail',
  started: '2025-10-06T14:38:00Z',
  gathered: '2025-10-06T16:58:00Z',
  name: 'fresh',
  domain: 'vm.example.com',
  version: '4.19.3',
  platform: 'VSphere',
  network: '10.8.31',
  masters: ['fresh-2kq8m-master-0', 'fresh-2kq8m-master-1', 'fresh-2kq8m-master-2'],
  workers: ['fresh-2kq8m-worker-0-4hnzx', 'fresh-2kq8m-worker-0-9ttvb'],
});
const REFUSED = `dial tcp ${CLUSTER.apiVIP}:6443: connect: connection refused`;

/** A new cluster, an hour after its installation: its logs are full of what is over. */
export const healthyInstallingTail: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: [
        'kube-node-lease',
        'kube-system',
        'openshift-authentication-operator',
        'openshift-cluster-version',
        'openshift-etcd',
        'openshift-etcd-operator',
        'openshift-ingress-operator',
        'openshift-kube-apiserver',
        'openshift-kube-apiserver-operator',
        'openshift-kube-controller-manager',
      ],
      layout: 'lists',
    });
    for (const [namespace, last] of [
      ['openshift-etcd', 6],
      ['openshift-kube-apiserver', 5],
    ] as const)
      for (const node of masters(CLUSTER))
        for (let revision = 1; revision <= last; revision++) installer(gather, namespace, node.name, revision);
    authenticationRecovered(gather);
    storms(gather);
    return { gather, beside: new Map() };
  },
};

/** Done, or superseded by the next revision before it was: Failed is the fate of the latter. */
function installer(gather: Gather, namespace: string, node: string, revision: number): void {
  const random = gather.random.fork(`${namespace}/${node}/${revision}`);
  const prefix = namespace === 'openshift-etcd' ? 'etcd-' : 'kube-apiserver-';
  const pod = structuredClone(podOn(gather, namespace, prefix, node));
  const superseded = revision === 2 && node.endsWith('master-1');
  const end = CLUSTER.installStarted + (24 + revision * 5) * MINUTE;
  Object.assign(pod.metadata, {
    name: `installer-${revision}-${node}`,
    labels: { app: 'installer' },
    annotations: {},
    creationTimestamp: seconds(end - MINUTE),
    uid: random.uuid(),
    ownerReferences: [],
  });
  pod['spec'].containers = [{ ...pod['spec'].containers[0], name: 'installer' }];
  pod['spec'].restartPolicy = 'Never';
  for (const held of pod['status'].conditions)
    if (/Ready/.test(held.type))
      Object.assign(held, { status: 'False', reason: 'PodCompleted', lastTransitionTime: seconds(end) });
  const terminated = {
    exitCode: superseded ? 1 : 0,
    reason: superseded ? 'Error' : 'Completed',
    startedAt: seconds(end - 40 * SECOND),
    finishedAt: seconds(end),
  };
  pod['status'].containerStatuses = [
    { ...pod['status'].containerStatuses[0], name: 'installer', ready: false, started: false, state: { terminated } },
  ];
  pod['status'].phase = superseded ? 'Failed' : 'Succeeded';
  gather.objects.push(pod);
}

/** For ten minutes there was no router, and so no route to the OAuth server. */
function authenticationRecovered(gather: Gather): void {
  const since = at('2025-10-06T15:49:00Z');
  operatorReports(
    gather,
    'authentication',
    { type: 'Degraded', status: false, since, reason: 'AsExpected', message: 'All is well' },
    { type: 'Available', status: true, since, reason: 'AsExpected', message: 'All is well' },
  );
  const random = gather.random.fork('auth');
  const host = `oauth-openshift.apps.${CLUSTER.name}.${CLUSTER.domain}`;
  const lines = [...spread(random, since - 14 * MINUTE, since - MINUTE, 11 * SECOND)].flatMap((time) => [
    {
      at: time,
      text: klog(
        'E',
        time,
        1,
        'base_controller.go:279',
        `"Unhandled Error" err="OAuthServerRouteEndpointAccessibleController reconciliation failed: Get \\"https://${host}/healthz\\": dial tcp ${CLUSTER.ingressVIP}:443: connect: connection refused"`,
      ),
    },
    {
      at: time + SECOND,
      text: klog(
        'E',
        time + SECOND,
        1,
        'base_controller.go:279',
        conflict('StatusSyncer_authentication', 'clusteroperators.config.openshift.io', 'authentication'),
      ),
    },
  ]);
  addLog(gather, operatorLog(gather, 'openshift-authentication-operator', 'authentication-operator'), lines);
  gather.objects.push(
    event(random, {
      namespace: 'openshift-authentication-operator',
      about: ['Deployment', 'authentication-operator'],
      reason: 'OperatorStatusChanged',
      message:
        'Status for clusteroperator/authentication changed: Degraded changed from False to True ("OAuthServerRouteEndpointAccessibleControllerDegraded: ...")',
      component: 'oauth-apiserver-status-controller-statussyncer_authentication',
      first: since - 10 * MINUTE,
      last: since,
      count: 12,
    }),
  );
}

function storms(gather: Gather): void {
  const end = CLUSTER.installCompleted! - 6 * MINUTE;
  for (const node of masters(CLUSTER)) {
    const random = gather.random.fork(`storm/${node.name}`);
    const key = logOn(
      gather,
      'openshift-kube-controller-manager',
      'kube-controller-manager-',
      node.name,
      'kube-controller-manager',
    );
    const times = [...spread(random, end - 20 * MINUTE, end, 6 * SECOND)];
    addLog(
      gather,
      key,
      times.map((time) => ({
        at: time,
        text: klog(
          'E',
          time,
          1,
          'reflector.go:200',
          `"Failed to watch" err="failed to list *v1.Secret: Get \\"https://api-int.${CLUSTER.name}.${CLUSTER.domain}:6443/api/v1/secrets?limit=500&resourceVersion=0\\": ${REFUSED}" logger="UnhandledError" reflector="k8s.io/client-go/informers/factory.go:160" type="*v1.Secret"`,
        ),
      })),
    );
  }
}
