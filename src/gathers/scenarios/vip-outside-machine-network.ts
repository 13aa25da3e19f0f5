import { HOUR, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { addLog, find, type Gather, podsOf, removePods } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, type KubeObject, setCondition } from '../kube.ts';
import { bareMetalHost, machine } from '../objects/machines.ts';
import { WORKLOADS } from '../objects/workload-catalogue.ts';
import { pod } from '../objects/workloads.ts';
import { at, klog, seconds, spread } from '../stamps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { ABSENT, CLUSTER, GATHERED, STARTED, SYNC_ERROR } from './seed-cluster.ts';
import { seedConsole } from './seed-console.ts';
import { controllersStopped, guardComplains, masterOneSpeechless } from './seed-control-plane.ts';
import { seedEvents } from './seed-events.ts';
import { seedJournal } from './seed-journal.ts';
import { masterOneRepaired, repairedJournal } from './seed-repaired.ts';
import { operatorLog } from './steps.ts';

/** How the incident may have gone otherwise. */
export interface SeedCourse {
  /** The machine network holds the VIPs: nothing is wrong with them. */
  readonly vipInside?: boolean;
  /** `repaired`: after the emergency repair of its kubelet; `healthy`: its kubelet never lost its certificate. */
  readonly masterOne?: 'speechless' | 'repaired' | 'healthy';
}

/** The incident of 2-3 December 2025 as a must-gather would have shown it at the height of the crisis. */
export const vipOutsideMachineNetwork: Scenario = { name: CLUSTER.scenario, make: () => makeSeed({}) };

export function makeSeed({ vipInside = false, masterOne = 'speechless' }: SeedCourse): Made {
  const gather = healthyGather(vipInside ? { ...CLUSTER, machineNetwork: '10.46.120.0/21' } : CLUSTER);
  if (!vipInside) networkDegraded(gather);
  thirdMasterMissing(gather);
  if (masterOne === 'speechless') {
    masterOneSpeechless(gather);
    guardComplains(gather);
  }
  if (masterOne === 'repaired') masterOneRepaired(gather);
  if (masterOne !== 'healthy') controllersStopped(gather);
  if (!vipInside) installationUnfinished(gather);
  const events = seedEvents(gather.random.fork('seed-events'));
  gather.objects.push(...(masterOne === 'healthy' ? events.filter(isAboutMasterTwo) : events));
  const journal = gather.random.fork('journal');
  const journals: Readonly<Record<typeof masterOne, readonly [string, string][]>> = {
    speechless: [['master-1-kubelet.log', seedJournal(CLUSTER, journal)]],
    repaired: [['master-1-journal.log', repairedJournal(CLUSTER, journal)]],
    healthy: [],
  };
  return {
    gather,
    beside: new Map([['master-2-console.log', seedConsole(gather.random.fork('console'))], ...journals[masterOne]]),
  };
}

function isAboutMasterTwo(event: KubeObject): boolean {
  return event['involvedObject'].name === 'master-2';
}

function networkDegraded(gather: Gather): void {
  const network = find(gather, 'ClusterOperator', 'network');
  const since = at('2025-12-02T19:00:14Z');
  setCondition(network, condition('Degraded', true, since, 'SyncInfrastructureSpecAndStatus', SYNC_ERROR));
  setCondition(network, condition('Available', true, at('2025-12-03T04:00:09Z')));
  setCondition(network, condition('Progressing', false, at('2025-12-03T04:00:09Z')));
  gather.complaints.push(`clusteroperator/network is degraded because ${SYNC_ERROR}`);
  // The check never passes, so the status never gets what the spec asks for.
  delete find(gather, 'Infrastructure', 'cluster')['status'].platformStatus.baremetal.machineNetworks;
  const operator = podsOf(gather, 'openshift-network-operator', 'network-operator')[0]!;
  const random = gather.random.fork('network-operator/vip');
  const key = `openshift-network-operator/${operator.metadata.name}/network-operator`;
  for (const time of [
    ...spread(random, since, since + 20 * MINUTE, 2 * MINUTE),
    ...spread(random, GATHERED - 9 * HOUR, GATHERED - 2 * MINUTE, 9 * MINUTE),
    GATHERED - 3 * MINUTE,
  ]) {
    addLog(gather, key, [
      { at: time, text: klog('I', time, 1, 'log.go:245', 'Reconciling infrastructures.config.openshift.io/cluster') },
      {
        at: time + 21_000,
        text: klog(
          'E',
          time + 20_900,
          1,
          'controller.go:316',
          `"Reconciler error" err="${SYNC_ERROR}" controller="infrastructureconfig-controller" object="cluster" namespace="" name="cluster" reconcileID="${random.uuid()}"`,
        ),
      },
    ]);
  }
  for (const time of [
    ...spread(random, GATHERED - 9 * HOUR, GATHERED - 9 * MINUTE, 30 * MINUTE),
    GATHERED - 4 * MINUTE,
  ]) {
    addLog(gather, 'openshift-kni-infra/keepalived-master-0/keepalived-monitor', [
      {
        at: time,
        text: `time="${seconds(time)}" level=warning msg="Could not retrieve subnet for IP 10.46.124.13. Falling back to an IP of the matching IP stack"`,
      },
    ]);
  }
}

function thirdMasterMissing(gather: Gather): void {
  const random = gather.random.fork('master-2');
  const host = bareMetalHost(CLUSTER, ABSENT, random);
  delete host['spec'].externallyProvisioned;
  delete host['status'].hardware;
  Object.assign(host['status'], {
    lastUpdated: '2025-12-03T23:59:41Z',
    operationHistory: {
      deprovision: { end: null, start: null },
      inspect: { end: null, start: '2025-12-03T20:10:11Z' },
      provision: { end: null, start: null },
      register: { end: '2025-12-02T18:47:30Z', start: '2025-12-02T18:46:12Z' },
    },
    provisioning: { ID: random.uuid(), bootMode: 'UEFI', image: { url: '' }, state: 'inspecting' },
  });
  const unlinked = machine(CLUSTER, ABSENT, random);
  unlinked['status'] = { lastUpdated: '2025-12-02T18:41:00Z', phase: 'Provisioning' };
  gather.objects.push(host, unlinked);
  const etcd = find(gather, 'Etcd', 'cluster');
  setCondition(
    etcd,
    condition(
      'EtcdRunningInCluster',
      false,
      STARTED + 40 * MINUTE,
      'NotEnoughEtcdMembers',
      'still waiting for three healthy etcd members',
    ),
  );
  const key = operatorLog(gather, 'openshift-etcd-operator', 'etcd-operator');
  for (const time of spread(random, GATHERED - 9 * HOUR, GATHERED - 2 * MINUTE, 10 * MINUTE)) {
    addLog(gather, key, [
      {
        at: time,
        text: klog(
          'E',
          time,
          1,
          'base_controller.go:279',
          '"Unhandled Error" err="RevisionController reconciliation failed: etcd cluster has quorum of 2 which is not fault tolerant: [{Member:ID:9261832 name:\\"master-0\\"} {Member:ID:4471020 name:\\"master-1\\"}]"',
        ),
      },
    ]);
  }
  // Ironic's log is gone with the pod that held it: only the operator outside that pod still tells of the attempts.
  removePods(gather, 'openshift-machine-api', 'metal3-baremetal-operator');
  const replacement = pod(
    WORKLOADS.find((w) => w.name === 'metal3-baremetal-operator')!,
    CLUSTER.nodes[0]!,
    'metal3-baremetal-operator-6f9c8d7b54-q8zvl',
    STARTED + 45 * MINUTE,
    random,
  );
  gather.objects.push(replacement);
  const attempts = [...spread(random, GATHERED - 8 * HOUR, at('2025-12-04T00:00:00Z'), 31 * MINUTE)];
  addLog(
    gather,
    `openshift-machine-api/${replacement.metadata.name}/metal3-baremetal-operator`,
    attempts.flatMap((time) => hostLines(time)),
  );
}

function hostLines(time: Micros) {
  const line = (moment: Micros, msg: string, more: string) => ({
    at: moment,
    text: `{"level":"info","ts":${(moment / SECOND).toFixed(7)},"logger":"controllers.BareMetalHost","msg":"${msg}","baremetalhost":{"name":"master-2","namespace":"openshift-machine-api"},"provisioningState":"inspecting"${more}}`,
  });
  return [
    line(time, 'inspecting hardware', ''),
    line(time + 4 * SECOND, 'inspection in progress', ',"started_at":null'),
    line(time + 60 * SECOND, 'done', ',"requeue":true,"after":15'),
  ];
}

function installationUnfinished(gather: Gather): void {
  const version = find(gather, 'ClusterVersion', 'version');
  const since = STARTED + HOUR;
  setCondition(
    version,
    condition(
      'Failing',
      true,
      at('2025-12-02T19:41:00Z'),
      'ClusterOperatorDegraded',
      'Cluster operator network is degraded',
    ),
  );
  setCondition(
    version,
    condition(
      'Progressing',
      true,
      since,
      'ClusterOperatorDegraded',
      'Unable to apply 4.18.14: the cluster operator network is degraded',
    ),
  );
}
