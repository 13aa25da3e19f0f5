import { MINUTE, SECOND } from '../../model/time.ts';
import { type Cluster, masters } from '../cluster.ts';
import { condition, type KubeObject, meta } from '../kube.ts';
import type { Random } from '../random.ts';
import { lease } from './nodes.ts';

/** Operator CRs of the static pods, with the leases that the control plane's leaders hold. */
export function staticPodObjects(cluster: Cluster, random: Random): KubeObject[] {
  const settled = (cluster.installCompleted ?? cluster.installStarted + 60 * MINUTE) - 2 * MINUTE;
  const cr = (kind: string, revision: number) => staticPodOperator(cluster, kind, revision, settled, random.fork(kind));
  const leader = masters(cluster)[0]!.name;
  const held = (namespace: string, name: string, duration = 137) =>
    lease(
      random.fork(name),
      namespace,
      name,
      `${leader}_${random.fork(`${name}/id`).uuid()}`,
      settled,
      cluster.gatheredAt - random.int(1, 20) * SECOND,
      duration,
    );
  return [
    cr('Etcd', 6),
    cr('KubeAPIServer', 9),
    cr('KubeControllerManager', 7),
    cr('KubeScheduler', 6),
    held('kube-system', 'kube-controller-manager', 137),
    held('openshift-kube-scheduler', 'kube-scheduler', 137),
    held('openshift-kube-controller-manager', 'cluster-policy-controller-lock', 137),
  ];
}

function staticPodOperator(
  cluster: Cluster,
  kind: string,
  revision: number,
  settled: number,
  random: Random,
): KubeObject {
  const nodes = masters(cluster);
  const at = `${nodes.length} nodes are at revision ${revision}`;
  return {
    apiVersion: 'operator.openshift.io/v1',
    kind,
    metadata: meta(random, 'cluster', cluster.installStarted + MINUTE, { generation: 4 }),
    spec: { logLevel: 'Normal', managementState: 'Managed', operatorLogLevel: 'Normal', observedConfig: {} },
    status: {
      conditions: [
        condition('GuardControllerDegraded', false, settled, 'AsExpected'),
        condition('InstallerControllerDegraded', false, settled, 'AsExpected'),
        condition('InstallerPodContainerWaitingDegraded', false, settled, 'AsExpected'),
        condition('InstallerPodNetworkingDegraded', false, settled, 'AsExpected'),
        condition('InstallerPodPendingDegraded', false, settled, 'AsExpected'),
        condition('MissingStaticPodControllerDegraded', false, settled, 'AsExpected'),
        condition('NodeControllerDegraded', false, settled, 'MasterNodesReady', 'All master nodes are ready'),
        condition('NodeInstallerDegraded', false, settled, 'AsExpected'),
        condition('NodeInstallerProgressing', false, settled, 'AllNodesAtLatestRevision', at),
        condition('RevisionControllerDegraded', false, settled, 'AsExpected'),
        condition('StaticPodsAvailable', true, settled, undefined, `${nodes.length} nodes are active; ${at}`),
        condition('StaticPodsDegraded', false, settled, 'AsExpected'),
        ...(kind === 'Etcd'
          ? [
              condition('EtcdMembersDegraded', false, settled, 'AsExpected', 'No unhealthy members found'),
              condition('EtcdRunningInCluster', true, settled, 'EnoughEtcdMembers', 'enough members found'),
            ]
          : []),
      ],
      controlPlaneHardwareSpeed: '',
      generations: null,
      latestAvailableRevision: revision,
      latestAvailableRevisionReason: '',
      nodeStatuses: nodes.map((node) => ({ currentRevision: revision, nodeName: node.name, targetRevision: 0 })),
      readyReplicas: 0,
      version: cluster.version,
    },
  };
}
