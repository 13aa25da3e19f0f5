import { addLog, find, type Gather, podsOf } from '../../../src/gathers/gather.ts';
import { healthyGather } from '../../../src/gathers/healthy.ts';
import { condition, meta, setCondition } from '../../../src/gathers/kube.ts';
import { workloadSet } from '../../../src/gathers/objects/workloads.ts';
import { labCluster } from '../../../src/gathers/scenarios/clusters.ts';
import { lean, warns } from '../../../src/gathers/scenarios/node-steps.ts';
import { operatorReports } from '../../../src/gathers/scenarios/steps.ts';
import { klog, seconds, spread } from '../../../src/gathers/stamps.ts';
import { MINUTE } from '../../../src/model/time.ts';
import { notMixed } from '../../support/two-faults.ts';

const CLUSTER = labCluster({
  scenario: 'two-operators',
  started: '2026-05-04T10:00:00Z',
  gathered: '2026-05-12T07:45:00Z',
});
const SINCE = CLUSTER.gatheredAt - 100 * MINUTE;
const LAST = CLUSTER.gatheredAt - 4 * MINUTE;
const MACHINES = 'openshift-machine-api';
const made = () =>
  healthyGather(CLUSTER, lean(2, [MACHINES, 'openshift-console', 'openshift-ingress-canary', 'openshift-monitoring']));

/** The operator of one of several ClusterOperators that live in one namespace crashes. */
const crashes = (name: string, operator: string) => {
  const pod = `${name}-6d9f7c8b5-${name.length}x2k4`;
  return {
    happens(gather: Gather) {
      const set = workloadSet(
        CLUSTER,
        { namespace: MACHINES, name, kind: 'deployment', on: 'masters', replicas: 1, containers: [name] },
        gather.random.fork(name),
      );
      const held = set.find(({ kind }) => kind === 'Pod')!;
      held.metadata.name = pod;
      Object.assign(held['status'].containerStatuses[0], {
        ready: false,
        restartCount: 19,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } },
        lastState: {
          terminated: { exitCode: 2, reason: 'Error', startedAt: seconds(LAST - MINUTE), finishedAt: seconds(LAST) },
        },
      });
      gather.objects.push(held);
      operatorReports(gather, operator, {
        type: 'Degraded',
        status: true,
        since: SINCE + 30 * MINUTE,
        reason: 'SyncingFailed',
        message: `${name} does not run`,
      });
    },
    cause: `pod-crashloop pod:${MACHINES}/${pod}`,
    effects: [`operator-degraded-generic operator:${operator}`],
  };
};
notMixed(
  'two operators in one namespace',
  made,
  crashes('cluster-baremetal-operator', 'baremetal'),
  crashes('machine-api-controllers', 'machine-api'),
);

/** A Deployment misses a pod, and says why. */
function notCreated(gather: Gather, namespace: string, name: string, operator: string, error: string): void {
  const deployment = find(gather, 'Deployment', name, namespace);
  setCondition(deployment, {
    ...condition('ReplicaFailure', true, SINCE, 'FailedCreate', error),
    lastUpdateTime: seconds(SINCE),
  });
  const [pod] = podsOf(gather, namespace, name);
  const replicaSet = pod!.metadata['ownerReferences'][0].name as string;
  warns(gather, {
    namespace,
    about: ['ReplicaSet', replicaSet],
    reason: 'FailedCreate',
    message: `Error creating: ${error}`,
    component: 'replicaset-controller',
    first: SINCE,
    last: LAST,
    count: 40,
  });
  operatorReports(gather, operator, {
    type: 'Degraded',
    status: true,
    since: SINCE + 20 * MINUTE,
    reason: 'InsufficientReplicas',
    message: `deployment ${name} misses a replica: FailedCreate`,
  });
}

const webhookFails = (webhook: string, namespace: string, name: string, operator: string) => ({
  happens(gather: Gather) {
    const error = `Internal error occurred: failed calling webhook "${webhook}": failed to call webhook: Post "https://hook.guard.svc:443/validate?timeout=10s": context deadline exceeded`;
    notCreated(gather, namespace, name, operator, error);
    const [kcm] = podsOf(gather, 'openshift-kube-apiserver', 'kube-apiserver-master-0');
    addLog(
      gather,
      `openshift-kube-apiserver/${kcm!.metadata.name}/kube-apiserver`,
      [...spread(gather.random.fork(webhook), SINCE, LAST, MINUTE)].map((time) => ({
        at: time,
        text: klog('W', time, 12, 'dispatcher.go:225', error),
      })),
    );
  },
  cause: `webhook-call-failed webhook:${webhook}`,
  effects: [`pod-crashloop-or-not-created namespace:${namespace}`, `operator-degraded-generic operator:${operator}`],
});

const quota = (namespace: string, name: string, operator: string) => ({
  happens(gather: Gather) {
    const error = `pods "${name}-7d9f5c5b8-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=4, limited: pods=4`;
    notCreated(gather, namespace, name, operator, error);
    gather.objects.push({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: meta(gather.random.fork(error), 'none', SINCE, { namespace }),
    });
  },
  cause: `quota-exceeded namespace:${namespace}`,
  effects: [`pod-crashloop-or-not-created namespace:${namespace}`, `operator-degraded-generic operator:${operator}`],
});

notMixed(
  'a webhook that fails and a quota that is used up',
  made,
  webhookFails('pods.guard.example.com', 'openshift-console', 'console', 'console'),
  quota('openshift-monitoring', 'cluster-monitoring-operator', 'monitoring'),
);
notMixed(
  'two webhooks that fail',
  made,
  webhookFails('pods.guard.example.com', 'openshift-console', 'console', 'console'),
  webhookFails('mesh.example.org', 'openshift-monitoring', 'cluster-monitoring-operator', 'monitoring'),
);

/** A webhook whose only pod is not there: the image cannot be pulled, or nobody wants one. */
const unserved = (name: string, image?: string) => {
  const webhook = `${name}.example.com`;
  const effect = `webhook-service-without-endpoints webhook:${webhook}`;
  return {
    happens(gather: Gather) {
      const random = gather.random.fork(name);
      const set = workloadSet(
        CLUSTER,
        { namespace: 'policy', name, kind: 'deployment', on: 'workers', replicas: 1, containers: ['hook'] },
        random,
      );
      const pod = set.find(({ kind }) => kind === 'Pod')!;
      gather.objects.push(
        ...set.filter((object) => object !== pod || image !== undefined),
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: meta(random, name, SINCE, { namespace: 'policy' }),
          spec: { selector: { app: name }, ports: [{ port: 443 }], type: 'ClusterIP' },
        },
        { apiVersion: 'v1', kind: 'Endpoints', metadata: meta(random, name, SINCE, { namespace: 'policy' }) },
        {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingWebhookConfiguration',
          metadata: meta(random, name, SINCE),
          webhooks: [
            {
              name: webhook,
              failurePolicy: 'Fail',
              clientConfig: { service: { name, namespace: 'policy' } },
              rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
            },
          ],
        },
      );
      if (image !== undefined)
        warns(gather, {
          namespace: 'policy',
          about: ['Pod', pod.metadata.name],
          reason: 'Failed',
          message: `Failed to pull image "${image}": initializing source docker://${image}: reading manifest: unauthorized: authentication required`,
          component: 'kubelet',
          host: pod['spec'].nodeName,
          first: SINCE,
          last: LAST,
          count: 26,
        });
    },
    ...(image === undefined
      ? { cause: effect, effects: [] }
      : { cause: `image-pull-policy-denied image:${image}`, effects: [effect] }),
  };
};
notMixed(
  'two webhooks that nobody serves',
  made,
  unserved('guard', 'registry.example.com/policy/guard:1'),
  unserved('audit'),
);
