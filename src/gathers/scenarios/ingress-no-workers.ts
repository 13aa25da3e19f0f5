import { MINUTE } from '../../model/time.ts';
import { addLog, find, type Gather, podsOf } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, setCondition } from '../kube.ts';
import { event } from '../objects/events.ts';
import { at, millis, seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { alertsFire, operatorLog, operatorReports } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'ingress-no-workers',
  started: '2026-02-02T09:00:00Z',
  gathered: '2026-02-09T16:50:00Z',
});
const DRAINED = at('2026-02-09T14:41:00Z');
const NO_PLACE =
  '0/5 nodes are available: 2 node(s) were unschedulable, 3 node(s) had untolerated taint {node-role.kubernetes.io/master: }. preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.';

/** Both workers are cordoned and drained: the routers find no place, and all that is reached through them fails. */
export const ingressNoWorkers: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    cordon(gather);
    pendingRouters(gather);
    operatorsFollow(gather);
    return { gather, beside: new Map() };
  },
};

function cordon(gather: Gather): void {
  for (const name of ['worker-0', 'worker-1']) {
    const node = find(gather, 'Node', name);
    node['spec'].unschedulable = true;
    node['spec'].taints = [
      { effect: 'NoSchedule', key: 'node.kubernetes.io/unschedulable', timeAdded: seconds(DRAINED) },
    ];
  }
}

/** What ran on the workers was evicted; its replacements wait for a node. */
function pendingRouters(gather: Gather): void {
  for (const [namespace, prefix] of [
    ['openshift-ingress', 'router-default'],
    ['openshift-monitoring', 'prometheus-k8s'],
    ['openshift-monitoring', 'alertmanager-main'],
  ] as const) {
    for (const [index, pod] of podsOf(gather, namespace, prefix).entries()) {
      for (const key of [...gather.logs.keys()])
        if (key.startsWith(`${namespace}/${pod.metadata.name}/`)) gather.logs.delete(key);
      const since = DRAINED + (2 + index) * MINUTE;
      pod.metadata['creationTimestamp'] = seconds(since);
      delete pod['spec'].nodeName;
      pod['status'] = {
        conditions: [{ ...condition('PodScheduled', false, since, 'Unschedulable', NO_PLACE), lastProbeTime: null }],
        phase: 'Pending',
        qosClass: 'Burstable',
      };
      gather.objects.push(
        event(gather.random.fork(`pending/${pod.metadata.name}`), {
          namespace,
          about: ['Pod', pod.metadata.name],
          reason: 'FailedScheduling',
          message: NO_PLACE,
          type: 'Warning',
          component: 'default-scheduler',
          first: since,
          last: CLUSTER.gatheredAt - 3 * MINUTE,
          count: 24,
        }),
      );
    }
  }
  const router = find(gather, 'Deployment', 'router-default', 'openshift-ingress');
  Object.assign(router['status'], { readyReplicas: 0, availableReplicas: 0, unavailableReplicas: 2 });
  setCondition(router, {
    ...condition(
      'Available',
      false,
      DRAINED + 3 * MINUTE,
      'MinimumReplicasUnavailable',
      'Deployment does not have minimum availability.',
    ),
    lastUpdateTime: seconds(DRAINED + 3 * MINUTE),
  });
}

function operatorsFollow(gather: Gather): void {
  const { name, domain } = CLUSTER;
  const oauth = `https://oauth-openshift.apps.${name}.${domain}/healthz`;
  const web = `https://console-openshift-console.apps.${name}.${domain}`;
  const refused = `dial tcp ${CLUSTER.ingressVIP}:443: connect: connection refused`;
  const since = DRAINED + 4 * MINUTE;
  const unavailable =
    'One or more status conditions indicate unavailable: DeploymentAvailable=False (DeploymentUnavailable: The deployment has Available status condition set to False (reason: MinimumReplicasUnavailable) with message: Deployment does not have minimum availability.)';
  operatorReports(
    gather,
    'ingress',
    {
      type: 'Available',
      status: false,
      since,
      reason: 'IngressUnavailable',
      message: `The "default" ingress controller reports Available=False: IngressControllerUnavailable: ${unavailable}`,
    },
    {
      type: 'Degraded',
      status: true,
      since: since + 3 * MINUTE,
      reason: 'IngressDegraded',
      message: `The "default" ingress controller reports Degraded=True: DegradedConditions: One or more other status conditions indicate a degraded state: DeploymentAvailable=False (DeploymentUnavailable: The deployment has Available status condition set to False (reason: MinimumReplicasUnavailable) with message: Deployment does not have minimum availability.), CanaryChecksSucceeding=False (CanaryChecksRepetitiveFailures: Canary route checks for the default ingress controller are failing. Last 1 error messages:\nerror sending canary HTTP Request: Timeout: Get "https://canary-openshift-ingress-canary.apps.${name}.${domain}": ${refused} (x6 over 5m0s))`,
    },
  );
  operatorReports(gather, 'authentication', {
    type: 'Available',
    status: false,
    since: since + 2 * MINUTE,
    reason: 'OAuthServerRouteEndpointAccessibleController_EndpointUnavailable',
    message: `OAuthServerRouteEndpointAccessibleControllerAvailable: Get "${oauth}": ${refused}`,
  });
  operatorReports(gather, 'authentication', {
    type: 'Degraded',
    status: true,
    since: since + 4 * MINUTE,
    reason: 'OAuthServerRouteEndpointAccessibleController_SyncError',
    message: `OAuthServerRouteEndpointAccessibleControllerDegraded: Get "${oauth}": ${refused}`,
  });
  operatorReports(gather, 'console', {
    type: 'Available',
    status: false,
    since: since + 2 * MINUTE,
    reason: 'RouteHealth_FailedGet',
    message: `RouteHealthAvailable: failed to GET route (${web}): Get "${web}": ${refused}`,
  });
  operatorReports(gather, 'monitoring', {
    type: 'Progressing',
    status: true,
    since: since + 5 * MINUTE,
    reason: 'RollOutInProgress',
    message: 'Rolling out the stack.',
  });
  const random = gather.random.fork('canary');
  addLog(
    gather,
    operatorLog(gather, 'openshift-ingress-operator', 'ingress-operator'),
    [...spread(random, since, CLUSTER.gatheredAt - 2 * MINUTE, MINUTE)].map((time) => ({
      at: time + 60,
      text: `${millis(time)}\tERROR\toperator.canary_controller\twait/backoff.go:226\terror performing canary route check\t{"error": "error sending canary HTTP Request: Timeout: Get \\"https://canary-openshift-ingress-canary.apps.${name}.${domain}\\": ${refused}"}`,
    })),
  );
  alertsFire(gather, {
    name: 'ClusterOperatorDown',
    group: 'cluster-version',
    severity: 'critical',
    labels: { name: 'ingress', namespace: 'openshift-cluster-version' },
    summary: 'Cluster operator has not been available for 10 minutes.',
    since: '2026-02-09T14:57:30.000Z',
  });
}
