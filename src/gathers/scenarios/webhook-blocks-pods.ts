import { MINUTE } from '../../model/time.ts';
import { addLog, find, type Gather, podsOf, remove } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, type KubeObject, meta, setCondition } from '../kube.ts';
import { event } from '../objects/events.ts';
import { workloadSet } from '../objects/workloads.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { labCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { logOn, operatorReports } from './steps.ts';

const CLUSTER = labCluster({
  scenario: 'webhook-blocks-pods',
  started: '2026-04-06T08:00:00Z',
  gathered: '2026-04-14T21:15:00Z',
});
const SCALED_DOWN = at('2026-04-14T19:20:00Z');
const WEBHOOK = 'validate.policy-guard.example.com';
const REFUSED = `Internal error occurred: failed calling webhook "${WEBHOOK}": failed to call webhook: Post "https://policy-guard-webhook.policy-guard.svc:443/validate?timeout=10s": no endpoints available for service "policy-guard-webhook"`;

/** A policy engine was scaled to nothing, but its webhook still has to approve every pod. */
export const webhookBlocksPods: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    gather.objects.push(...policyGuard(gather));
    for (const [namespace, name] of [
      ['openshift-console', 'console'],
      ['openshift-authentication', 'oauth-openshift'],
      ['openshift-apiserver', 'apiserver'],
    ] as const) {
      podLost(gather, namespace, name);
    }
    operatorReports(gather, 'console', {
      type: 'Degraded',
      status: true,
      since: SCALED_DOWN + 21 * MINUTE,
      reason: 'Deployment_InsufficientReplicas',
      message: 'DeploymentAvailable: 1 of 2 replicas available for console deployment: ReplicaFailure FailedCreate',
    });
    return { gather, beside: new Map() };
  },
};

function policyGuard(gather: Gather): KubeObject[] {
  const random = gather.random.fork('policy-guard');
  const namespace = 'policy-guard';
  const [deployment] = workloadSet(
    CLUSTER,
    {
      namespace,
      name: 'policy-guard-webhook',
      kind: 'deployment',
      on: 'workers',
      replicas: 1,
      containers: ['webhook'],
    },
    random,
  );
  deployment!['spec'].replicas = 0;
  deployment!['status'] = {
    observedGeneration: 2,
    conditions: [
      condition('Available', true, SCALED_DOWN, 'MinimumReplicasAvailable', 'Deployment has minimum availability.'),
    ],
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(random, 'policy-guard-webhook', SCALED_DOWN - 6 * 24 * 60 * MINUTE, { namespace }),
    spec: {
      clusterIP: '172.30.118.40',
      ports: [{ port: 443, protocol: 'TCP', targetPort: 8443 }],
      selector: { app: 'policy-guard-webhook' },
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  };
  const endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: meta(random, 'policy-guard-webhook', SCALED_DOWN - 6 * 24 * 60 * MINUTE, {
      namespace,
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': seconds(SCALED_DOWN) },
    }),
  };
  const webhook = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: meta(random, 'policy-guard', SCALED_DOWN - 6 * 24 * 60 * MINUTE, { generation: 1 }),
    webhooks: [
      {
        admissionReviewVersions: ['v1'],
        clientConfig: {
          caBundle: 'LS0tLS1CRUdJTg==',
          service: { name: 'policy-guard-webhook', namespace, path: '/validate', port: 443 },
        },
        failurePolicy: 'Fail',
        matchPolicy: 'Equivalent',
        name: WEBHOOK,
        namespaceSelector: {},
        objectSelector: {},
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*' }],
        sideEffects: 'None',
        timeoutSeconds: 10,
      },
    ],
  };
  return [deployment!, service, endpoints, webhook];
}

/** One pod of a Deployment went with a node's maintenance and cannot be created again. */
function podLost(gather: Gather, namespace: string, name: string): void {
  const lost = podsOf(gather, namespace, name)[0]!;
  remove(gather, (object) => object === lost);
  const since = SCALED_DOWN + 10 * MINUTE;
  const replicaSet = gather.objects.find(
    (o) => o.kind === 'ReplicaSet' && o.metadata.namespace === namespace && o.metadata.name.startsWith(name),
  )!;
  const deployment = find(gather, 'Deployment', name, namespace);
  const left = deployment['spec'].replicas - 1;
  const message = `Error creating: ${REFUSED}`;
  Object.assign(deployment['status'], {
    replicas: left,
    readyReplicas: left,
    availableReplicas: left,
    unavailableReplicas: 1,
  });
  setCondition(deployment, {
    ...condition('ReplicaFailure', true, since, 'FailedCreate', REFUSED),
    lastUpdateTime: seconds(since),
  });
  replicaSet['status'] = {
    ...replicaSet['status'],
    replicas: left,
    readyReplicas: left,
    availableReplicas: left,
    conditions: [condition('ReplicaFailure', true, since, 'FailedCreate', REFUSED)],
  };
  const random = gather.random.fork(`lost/${namespace}`);
  gather.objects.push(
    event(random, {
      namespace,
      about: ['ReplicaSet', replicaSet.metadata.name],
      reason: 'FailedCreate',
      message,
      type: 'Warning',
      component: 'replicaset-controller',
      first: since,
      last: CLUSTER.gatheredAt - 4 * MINUTE,
      count: 21,
    }),
  );
  const times = [
    ...spread(random, since, since + 8 * MINUTE, 40_000_000),
    ...spread(random, since + 8 * MINUTE, CLUSTER.gatheredAt - 2 * MINUTE, 4 * MINUTE),
  ];
  addLog(
    gather,
    logOn(
      gather,
      'openshift-kube-controller-manager',
      'kube-controller-manager-',
      'master-0',
      'kube-controller-manager',
    ),
    times.map((time) => ({
      at: time + 50,
      text: klog(
        'E',
        time,
        1,
        'replica_set.go:562',
        `"Unhandled Error" err="sync \\"${namespace}/${replicaSet.metadata.name}\\" failed with ${REFUSED.replaceAll('"', '\\"')}" logger="UnhandledError"`,
      ),
    })),
  );
  addLog(
    gather,
    logOn(gather, 'openshift-kube-apiserver', 'kube-apiserver-', 'master-0', 'kube-apiserver'),
    times.map((time) => ({
      at: time + 20,
      text: klog(
        'W',
        time - 30,
        17,
        'dispatcher.go:225',
        `Failed calling webhook, failing closed ${WEBHOOK}: ${REFUSED.replace('Internal error occurred: ', '')}`,
      ),
    })),
  );
}
