import { MINUTE, SECOND } from '../../model/time.ts';
import { addLog, find, type Gather, remove, removePods } from '../gather.ts';
import { condition, type KubeObject, setCondition } from '../kube.ts';
import { conflict } from '../noise/operators.ts';
import { WORKLOADS } from '../objects/workload-catalogue.ts';
import { pod } from '../objects/workloads.ts';
import { at, klog, micros, seconds, spread } from '../stamps.ts';
import { CLUSTER, CONTROLLERS_STOPPED, GATHERED, GUARD_DEGRADED, LAST_HEARTBEAT } from './seed-cluster.ts';
import { operatorLog } from './steps.ts';

export function masterOneSpeechless(gather: Gather): void {
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

export function guardComplains(gather: Gather): void {
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
    operatorLog(gather, 'openshift-etcd-operator', 'etcd-operator'),
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

export function controllersStopped(gather: Gather): void {
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
  const key = operatorLog(gather, 'openshift-kube-controller-manager-operator', 'kube-controller-manager-operator');
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
