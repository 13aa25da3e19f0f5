import { HOUR, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import type { Cluster, NodeSpec } from '../cluster.ts';
import { addLog, find, type Gather, podsOf, remove, removePods } from '../gather.ts';
import { healthyGather } from '../healthy.ts';
import { condition, type KubeObject, setCondition } from '../kube.ts';
import { conflict } from '../noise/operators.ts';
import { bareMetalHost, machine } from '../objects/machines.ts';
import { pod, WORKLOADS } from '../objects/workloads.ts';
import { at, klog, micros, seconds, spread } from '../stamps.ts';
import type { Made, Scenario } from './scenario-module.ts';
import { seedConsole } from './seed-console.ts';
import { seedEvents } from './seed-events.ts';
import { seedJournal } from './seed-journal.ts';

const STARTED = at('2025-12-02T18:30:00Z');
const GATHERED = at('2025-12-04T00:40:00Z');
/** From here on nothing is signed, nothing recreated, no node marked: the controllers hold no lease. */
const CONTROLLERS_STOPPED = at('2025-12-03T18:26:41.402113Z');
/** The last sign of life of master-1's kubelet with a certificate. */
const LAST_HEARTBEAT = at('2025-12-03T18:27:02Z');
const GUARD_DEGRADED = at('2025-12-03T23:41:12Z');

const VIP_ERROR =
  "Error on validating API VIPs and Machine Networks: VIP '10.46.124.13' cannot be found in any machine network";
const SYNC_ERROR = `Error while synchronizing spec and status of infrastructures.config.openshift.io/cluster: ${VIP_ERROR}`;

const ABSENT: NodeSpec = {
  name: 'master-2',
  role: 'master',
  ip: '10.46.120.23',
  mac: 'b8:3f:d2:7a:11:23',
  bmc: '10.46.119.23',
  joined: STARTED + 50 * MINUTE,
  kubeletPid: 0,
};

const CLUSTER: Cluster = {
  scenario: 'vip-outside-machine-network',
  name: 'ocp',
  domain: 'example.com',
  id: '5b0c1f0e-6f2a-4c1b-9a57-0d9a1c7e4b21',
  infraId: 'ocp-7xk2p',
  version: '4.18.14',
  kubelet: 'v1.31.8',
  apiVIP: '10.46.124.13',
  ingressVIP: '10.46.124.14',
  machineNetwork: '10.46.120.0/24',
  gateway: '10.46.120.1',
  serviceNetwork: '172.25.0.0/16',
  clusterNetwork: '10.128.0.0/14',
  installStarted: STARTED,
  gatheredAt: GATHERED,
  nodes: [
    {
      name: 'master-0',
      role: 'master',
      ip: '10.46.120.21',
      mac: 'b8:3f:d2:7a:11:21',
      bmc: '10.46.119.21',
      joined: STARTED + 26 * MINUTE,
      kubeletPid: 2731,
    },
    {
      name: 'master-1',
      role: 'master',
      ip: '10.46.120.22',
      mac: 'b8:3f:d2:7a:11:22',
      bmc: '10.46.119.22',
      joined: STARTED + 28 * MINUTE,
      kubeletPid: 2694,
    },
  ],
};

/** The incident of 2-3 December 2025 as a must-gather would have shown it at the height of the crisis. */
export const vipOutsideMachineNetwork: Scenario = {
  name: CLUSTER.scenario,
  make(): Made {
    const gather = healthyGather(CLUSTER);
    networkDegraded(gather);
    thirdMasterMissing(gather);
    masterOneSpeechless(gather);
    guardComplains(gather);
    controllersStopped(gather);
    installationUnfinished(gather);
    gather.objects.push(...seedEvents(gather.random.fork('seed-events')));
    return {
      gather,
      beside: new Map([
        ['master-2-console.log', seedConsole(gather.random.fork('console'))],
        ['master-1-kubelet.log', seedJournal(CLUSTER, gather.random.fork('journal'))],
      ]),
    };
  },
};

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
  const key = logKey(gather, 'openshift-etcd-operator', 'etcd-operator');
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

function masterOneSpeechless(gather: Gather): void {
  const node = find(gather, 'Node', 'master-1');
  for (const held of node['status'].conditions) held.lastHeartbeatTime = seconds(LAST_HEARTBEAT);
  node.metadata['managedFields'].at(-1).time = seconds(LAST_HEARTBEAT);
  const lease = find(gather, 'Lease', 'master-1', 'kube-node-lease');
  lease['spec'].renewTime = micros(at('2025-12-03T18:29:51.118240Z'));
  // The kubelet answers no log request: it cannot ask the API whether the asker may.
  for (const [unit, entries] of gather.units)
    gather.units.set(
      unit,
      entries.filter((entry) => entry.host !== 'master-1'),
    );
  for (const logs of [gather.logs, gather.previous]) {
    for (const key of [...logs.keys()]) {
      const [namespace, name] = key.split('/');
      const held = gather.objects.find(
        (o) => o.kind === 'Pod' && o.metadata.namespace === namespace && o.metadata.name === name,
      );
      if (held?.['spec'].nodeName === 'master-1') logs.set(key, []);
    }
  }
  const refusal = 'error: Authorization error (user=system:kube-apiserver, verb=get, resource=nodes, subresource=log)';
  gather.remarks.push(
    { at: GATHERED - 7 * MINUTE, text: `WARNING: Collecting host service logs for kubelet on master-1: ${refusal}` },
    {
      at: GATHERED - 7 * MINUTE + SECOND,
      text: `WARNING: Collecting host service logs for crio on master-1: ${refusal}`,
    },
  );
  removePods(gather, 'openshift-etcd', 'etcd-master-1');
}

function guardComplains(gather: Gather): void {
  const message = 'GuardControllerDegraded: Missing operand on node master-1';
  const etcd = find(gather, 'ClusterOperator', 'etcd');
  setCondition(
    etcd,
    condition(
      'Degraded',
      true,
      GUARD_DEGRADED + 2 * MINUTE,
      'GuardController_SyncError',
      `${message}\nEtcdMembersDegraded: No unhealthy members found`,
    ),
  );
  setCondition(
    etcd,
    condition(
      'Progressing',
      true,
      at('2025-12-03T23:36:20Z'),
      'NodeInstaller',
      'NodeInstallerProgressing: 1 node is at revision 5; 1 node is at revision 6',
    ),
  );
  gather.complaints.push(`clusteroperator/etcd is degraded because ${message}`);
  const cr = find(gather, 'Etcd', 'cluster');
  setCondition(
    cr,
    condition('GuardControllerDegraded', true, GUARD_DEGRADED, 'SyncError', 'Missing operand on node master-1'),
  );
  cr['status'].nodeStatuses = [
    { currentRevision: 6, nodeName: 'master-0', targetRevision: 0 },
    { currentRevision: 5, nodeName: 'master-1', targetRevision: 6 },
  ];
  const random = gather.random.fork('guard');
  addLog(
    gather,
    logKey(gather, 'openshift-etcd-operator', 'etcd-operator'),
    [...spread(random, GUARD_DEGRADED, GATHERED - 2 * MINUTE, 2 * MINUTE)].map((time) => ({
      at: time,
      text: klog(
        'E',
        time,
        1,
        'base_controller.go:279',
        '"Unhandled Error" err="GuardController reconciliation failed: Missing operand on node master-1"',
      ),
    })),
  );
  const workload = WORKLOADS.find((w) => w.name === 'etcd-guard')!;
  const installer = pod(
    { ...workload, containers: ['installer'] },
    CLUSTER.nodes[1]!,
    'installer-6-master-1',
    at('2025-12-03T23:36:31Z'),
    random,
  );
  installer['status'] = {
    conditions: [condition('PodScheduled', true, at('2025-12-03T23:36:31Z'))],
    phase: 'Pending',
    qosClass: 'Guaranteed',
  };
  gather.objects.push(installer);
}

function controllersStopped(gather: Gather): void {
  const lease = find(gather, 'Lease', 'kube-controller-manager', 'kube-system');
  lease['spec'].renewTime = micros(CONTROLLERS_STOPPED);
  lease['spec'].holderIdentity = 'master-1_0d2f6c1e-58a4-4c55-8a9b-6f7f0d0e3a11';
  // Whatever its log said was not preserved: the file is there and empty.
  for (const name of ['master-0', 'master-1'])
    gather.logs.set(`openshift-kube-controller-manager/kube-controller-manager-${name}/kube-controller-manager`, []);
  gather.remarks.push({
    at: GATHERED - 5 * MINUTE,
    text: 'error: unable to retrieve logs of openshift-kube-controller-manager/kube-controller-manager-master-0: timed out waiting for the condition',
  });
  remove(gather, (o) => isMetal3(o) && o.kind === 'Pod');
  for (const key of [...gather.logs.keys()])
    if (/^openshift-machine-api\/metal3-(?!baremetal-operator)/.test(key)) gather.logs.delete(key);
  const key = logKey(gather, 'openshift-kube-controller-manager-operator', 'kube-controller-manager-operator');
  const noise = (text: string, moment: string) => ({
    at: at(moment) + 55,
    text: klog('E', at(moment), 1, 'base_controller.go:279', text),
  });
  addLog(gather, key, [
    noise(
      conflict(
        'StatusSyncer_kube-controller-manager',
        'clusteroperators.config.openshift.io',
        'kube-controller-manager',
      ),
      '2025-12-02T20:06:21.832634Z',
    ),
    noise(
      '"Unhandled Error" err="GarbageCollectorWatcherController reconciliation failed: error fetching rules: Get \\"https://thanos-querier.openshift-monitoring.svc:9091/api/v1/rules\\": dial tcp 172.25.164.124:9091: connect: connection refused"',
      '2025-12-02T21:01:21.754129Z',
    ),
  ]);
}

function isMetal3(object: KubeObject): boolean {
  return object.metadata.namespace === 'openshift-machine-api' && object.metadata['labels']?.app === 'metal3';
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

function logKey(gather: Gather, namespace: string, container: string): string {
  return `${namespace}/${podsOf(gather, namespace, container)[0]!.metadata.name}/${container}`;
}
