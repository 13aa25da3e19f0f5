import { DAY, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, find, type Gather, podsOf } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, type KubeObject, meta, setCondition } from '../kube.ts';
import { event } from '../objects/events.ts';
import { rendered } from '../objects/nodes.ts';
import { workloadSet } from '../objects/workloads.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import { siteCluster } from './clusters.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { operatorLog } from './steps.ts';

const HOST = 'app-worker-b';
const CLUSTER = siteCluster({
  scenario: 'upgrade-blocked-by-pdb',
  started: '2025-02-17T12:00:00Z',
  gathered: '2026-02-04T10:26:00Z',
  name: 'retail',
  domain: 'shop.example.org',
  version: '4.16.21',
  platform: 'VSphere',
  network: '172.16.40',
  masters: ['app-control-a', 'app-control-b', 'app-control-c'],
  workers: ['app-worker-a', HOST, 'app-worker-c'],
});
const WANTED = '4.17.9';
const STARTED = at('2026-02-04T07:30:00Z');
const CORDONED = at('2026-02-04T08:41:00Z');
const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";

/** The masters are updated; the first worker is drained for ever, for a budget keeps the last broker where it is. */
export const upgradeBlockedByPdb: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER, {
      namespaces: [
        'default',
        'openshift-cluster-version',
        'openshift-etcd',
        'openshift-kube-apiserver',
        'openshift-machine-config-operator',
      ],
      hours: 3,
      layout: 'lists',
    });
    versionMoves(gather);
    poolWaits(gather);
    gather.objects.push(...broker(gather));
    drains(gather);
    return { gather, beside: new Map() };
  },
};

function versionMoves(gather: Gather): void {
  const version = find(gather, 'ClusterVersion', 'version');
  const image = `quay.io/openshift-release-dev/ocp-release@sha256:${gather.random.fork('wanted').hex(64)}`;
  version['spec'].desiredUpdate = { architecture: '', force: false, image, version: WANTED };
  version['spec'].channel = 'stable-4.17';
  Object.assign(version['status'].desired, { image, version: WANTED });
  version['status'].history.unshift({
    completionTime: seconds(at('2026-02-04T08:52:00Z')),
    image,
    startedTime: seconds(STARTED),
    state: 'Completed',
    verified: true,
    version: WANTED,
  });
  const done = condition('Progressing', false, at('2026-02-04T08:52:00Z'), '', `Cluster version is ${WANTED}`);
  setCondition(version, done);
  for (const operator of gather.objects.filter((o) => o.kind === 'ClusterOperator'))
    operator['status'].versions = [{ name: 'operator', version: WANTED }];
}

/** All masters run the new configuration; of three workers none does yet. */
function poolWaits(gather: Gather): void {
  const next = `rendered-worker-${gather.random.fork('next').hex(32)}`;
  for (const node of gather.objects.filter((o) => o.kind === 'Node')) {
    if (node.metadata.name.startsWith('app-control')) node['status'].nodeInfo.kubeletVersion = 'v1.30.7';
  }
  const draining = find(gather, 'Node', HOST);
  Object.assign(draining.metadata['annotations'], {
    'machineconfiguration.openshift.io/desiredConfig': next,
    'machineconfiguration.openshift.io/desiredDrain': `drain-${next}`,
    'machineconfiguration.openshift.io/lastAppliedDrain': `uncordon-${rendered(CLUSTER, 'worker')}`,
    'machineconfiguration.openshift.io/state': 'Working',
  });
  draining['spec'].unschedulable = true;
  draining['spec'].taints = [
    { effect: 'NoSchedule', key: 'node.kubernetes.io/unschedulable', timeAdded: seconds(CORDONED) },
  ];
  const pool = find(gather, 'MachineConfigPool', 'worker');
  const since = CORDONED + 61 * MINUTE;
  const reason = `Node ${HOST} is reporting: "failed to drain node: ${HOST} after 1 hour. Please see machine-config-controller logs for more information"`;
  pool['spec'].configuration.name = next;
  setCondition(pool, condition('Updated', false, CORDONED, '', ''));
  setCondition(pool, condition('Updating', true, CORDONED, '', `All nodes are updating to MachineConfig ${next}`));
  setCondition(pool, condition('NodeDegraded', true, since, '1 nodes are reporting degraded status on sync', reason));
  setCondition(pool, condition('Degraded', true, since, '', ''));
  Object.assign(pool['status'], {
    degradedMachineCount: 1,
    readyMachineCount: 0,
    unavailableMachineCount: 1,
    updatedMachineCount: 0,
  });
}

function broker(gather: Gather): KubeObject[] {
  const random = gather.random.fork('broker');
  const namespace = 'messaging';
  const created = CLUSTER.installStarted + 40 * DAY;
  const workload = { namespace, name: 'broker', kind: 'statefulset', on: 'workers', replicas: 1 } as const;
  const set = workloadSet(CLUSTER, { ...workload, containers: ['broker'] }, random);
  for (const object of set) if (object.kind === 'Pod') object['spec'].nodeName = HOST;
  return [
    ...set,
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: meta(random, 'broker-pdb', created, { generation: 1, namespace }),
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'broker' } } },
      status: {
        conditions: [condition('DisruptionAllowed', false, created, 'InsufficientPods', '')],
        currentHealthy: 1,
        desiredHealthy: 1,
        disruptionsAllowed: 0,
        expectedPods: 1,
        observedGeneration: 1,
      },
    },
  ];
}

function drains(gather: Gather): void {
  const random = gather.random.fork('drain');
  const key = operatorLog(gather, 'openshift-machine-config-operator', 'machine-config-controller');
  const say = (time: Micros, level: 'I' | 'E', where: string, text: string) => ({
    at: time + 50,
    text: klog(level, time, 1, where, text),
  });
  const end = CLUSTER.gatheredAt - 2 * MINUTE;
  addLog(gather, key, [
    say(CORDONED, 'I', 'drain_controller.go:182', `node ${HOST}: cordoning`),
    say(CORDONED + SECOND, 'I', 'drain_controller.go:182', `node ${HOST}: initiating drain`),
    ...[...spread(random, CORDONED + 4 * SECOND, end, 5 * SECOND)]
      .filter((time) => (time - CORDONED) % (6.5 * MINUTE) < 90 * SECOND)
      .map((time) =>
        say(
          time,
          'E',
          'drain_controller.go:152',
          `error when evicting pods/"broker-0" -n "messaging" (will retry after 5s): ${REFUSED}`,
        ),
      ),
    ...[...spread(random, CORDONED + 12 * MINUTE, end, 6.5 * MINUTE)].map((time) =>
      say(
        time,
        'I',
        'drain_controller.go:182',
        `node ${HOST}: Drain failed. Drain has been failing for more than 10 minutes. Waiting 5 minutes then retrying. Error message from drain: error when evicting pods/"broker-0" -n "messaging": global timeout reached: 1m30s`,
      ),
    ),
    ...[...spread(random, CORDONED + 60 * MINUTE, end, 6.5 * MINUTE)].map((time) =>
      say(
        time,
        'E',
        'drain_controller.go:152',
        `node ${HOST}: drain exceeded timeout: 1h0m0s. Will continue to retry.`,
      ),
    ),
  ]);
  if (podsOf(gather, 'openshift-machine-config-operator', 'machine-config-controller').length === 0) return;
  gather.objects.push(
    event(random, {
      namespace: 'default',
      about: ['Node', HOST],
      reason: 'FailedToDrain',
      message: `failed to drain node: ${HOST} after 1 hour. Please see machine-config-controller logs for more information`,
      type: 'Warning',
      component: 'machineconfigcontroller',
      first: CORDONED + 61 * MINUTE,
      last: end,
      count: 7,
    }),
  );
}
