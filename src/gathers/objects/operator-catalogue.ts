import { type Cluster, masters } from '../cluster.ts';

/** One ClusterOperator and what it says when all is well. */
export interface OperatorSpec {
  readonly name: string;
  readonly namespace: string;
  readonly available?: readonly [reason?: string, message?: string];
  readonly progressing?: readonly [reason?: string, message?: string];
  readonly degraded?: readonly [reason?: string, message?: string];
}

const ALL_WELL = ['AsExpected', 'All is well'] as const;
const SILENT = [] as const;

function plain(name: string, namespace = `openshift-${name}-operator`): OperatorSpec {
  return { name, namespace, available: ALL_WELL, progressing: ALL_WELL, degraded: ALL_WELL };
}

export function operators(cluster: Cluster): OperatorSpec[] {
  const count = masters(cluster).length;
  const at = (revision: number) => `${count} nodes are at revision ${revision}`;
  const staticPods = (name: string, revision: number): OperatorSpec => ({
    name,
    namespace: `openshift-${name}-operator`,
    available: ['AsExpected', `StaticPodsAvailable: ${count} nodes are active; ${at(revision)}`],
    progressing: ['AsExpected', `NodeInstallerProgressing: ${at(revision)}`],
    degraded: ['AsExpected', 'NodeControllerDegraded: All master nodes are ready'],
  });
  const version = cluster.version;
  return [
    plain('authentication'),
    {
      name: 'baremetal',
      namespace: 'openshift-machine-api',
      available: ['DeployComplete', 'metal3 pod and relevant components are running'],
      progressing: ['DeployComplete', ''],
      degraded: ['DeployComplete', ''],
    },
    {
      name: 'cloud-controller-manager',
      namespace: 'openshift-cloud-controller-manager-operator',
      available: ['AsExpected', `Cluster Cloud Controller Manager Operator is available at ${version}`],
      progressing: ['AsExpected', ''],
      degraded: ['AsExpected', ''],
    },
    plain('cloud-credential'),
    {
      name: 'cluster-autoscaler',
      namespace: 'openshift-machine-api',
      available: ['AsExpected', `at version ${version}`],
      progressing: SILENT,
      degraded: SILENT,
    },
    plain('config-operator', 'openshift-config-operator'),
    plain('console'),
    {
      name: 'control-plane-machine-set',
      namespace: 'openshift-machine-api',
      available: ['AllReplicasAvailable', ''],
      progressing: ['AllReplicasUpdated', ''],
      degraded: ['AsExpected', 'cluster operator is available'],
    },
    plain('csi-snapshot-controller', 'openshift-cluster-storage-operator'),
    {
      name: 'dns',
      namespace: 'openshift-dns-operator',
      available: ['AsExpected', 'DNS "default" is available.'],
      progressing: ['AsExpected', 'Desired and current number of DNSes are equal'],
      degraded: ['DNSNotDegraded', ''],
    },
    {
      ...staticPods('etcd', 6),
      available: [
        'AsExpected',
        `StaticPodsAvailable: ${count} nodes are active; ${at(6)}\nEtcdMembersAvailable: ${count} members are available`,
      ],
      progressing: [
        'AsExpected',
        `NodeInstallerProgressing: ${at(6)}\nEtcdMembersProgressing: No unstarted etcd members found`,
      ],
      degraded: [
        'AsExpected',
        'NodeControllerDegraded: All master nodes are ready\nEtcdMembersDegraded: No unhealthy members found',
      ],
    },
    {
      name: 'image-registry',
      namespace: 'openshift-image-registry',
      available: [
        'Removed',
        'Available: The registry is removed\nNodeCADaemonAvailable: The daemon set node-ca has available replicas',
      ],
      progressing: [
        'Removed',
        'Progressing: All registry resources are removed\nNodeCADaemonProgressing: The daemon set node-ca is deployed',
      ],
      degraded: ['Removed', 'Degraded: The registry is removed'],
    },
    {
      name: 'ingress',
      namespace: 'openshift-ingress-operator',
      available: ['IngressAvailable', 'The "default" ingress controller reports Available=True.'],
      progressing: ['AsExpected', 'desired and current number of IngressControllers are equal'],
      degraded: ['IngressNotDegraded', 'The "default" ingress controller reports Degraded=False.'],
    },
    {
      name: 'insights',
      namespace: 'openshift-insights',
      available: ['AsExpected', 'Insights works as expected'],
      progressing: ['AsExpected', 'Monitoring the cluster'],
      degraded: ['AsExpected', 'Insights works as expected'],
    },
    staticPods('kube-apiserver', 9),
    staticPods('kube-controller-manager', 7),
    staticPods('kube-scheduler', 6),
    plain('kube-storage-version-migrator'),
    {
      name: 'machine-api',
      namespace: 'openshift-machine-api',
      available: ['AsExpected', `Cluster Machine API Operator is available at operator: ${version}`],
      progressing: ['AsExpected', ''],
      degraded: ['AsExpected', ''],
    },
    {
      name: 'machine-approver',
      namespace: 'openshift-cluster-machine-approver',
      available: ['AsExpected', `Cluster Machine Approver is available at ${version}`],
      progressing: ['AsExpected', ''],
      degraded: ['AsExpected', ''],
    },
    {
      name: 'machine-config',
      namespace: 'openshift-machine-config-operator',
      available: ['AsExpected', `Cluster has deployed [{operator ${version}}]`],
      progressing: ['', `Cluster version is ${version}`],
      degraded: SILENT,
    },
    {
      name: 'marketplace',
      namespace: 'openshift-marketplace',
      available: ['OperatorAvailable', `Available release version: ${version}`],
      progressing: ['OperatorAvailable', `Successfully progressed to release version: ${version}`],
      degraded: ['OperatorAvailable', `Available release version: ${version}`],
    },
    {
      name: 'monitoring',
      namespace: 'openshift-monitoring',
      available: ['RollOutDone', 'Successfully rolled out the stack.'],
      progressing: SILENT,
      degraded: SILENT,
    },
    {
      name: 'network',
      namespace: 'openshift-network-operator',
      available: SILENT,
      progressing: SILENT,
      degraded: SILENT,
    },
    {
      name: 'node-tuning',
      namespace: 'openshift-cluster-node-tuning-operator',
      available: ['AsExpected', `Cluster has deployed "${version}"`],
      progressing: ['AsExpected', `Cluster version is "${version}"`],
      degraded: ['AsExpected', 'DaemonSet "tuned" available'],
    },
    {
      name: 'olm',
      namespace: 'openshift-cluster-olm-operator',
      available: ALL_WELL,
      progressing: ALL_WELL,
      degraded: ALL_WELL,
    },
    plain('openshift-apiserver', 'openshift-apiserver-operator'),
    plain('openshift-controller-manager', 'openshift-controller-manager-operator'),
    {
      name: 'openshift-samples',
      namespace: 'openshift-cluster-samples-operator',
      available: ['', `Samples installation successful at ${version}`],
      progressing: ['', `Samples installation successful at ${version}`],
      degraded: SILENT,
    },
    {
      name: 'operator-lifecycle-manager',
      namespace: 'openshift-operator-lifecycle-manager',
      available: SILENT,
      progressing: ['', `Deployed ${version}`],
      degraded: SILENT,
    },
    {
      name: 'operator-lifecycle-manager-catalog',
      namespace: 'openshift-operator-lifecycle-manager',
      available: SILENT,
      progressing: ['', `Deployed ${version}`],
      degraded: SILENT,
    },
    {
      name: 'operator-lifecycle-manager-packageserver',
      namespace: 'openshift-operator-lifecycle-manager',
      available: [
        'ClusterServiceVersionSucceeded',
        'ClusterServiceVersion openshift-operator-lifecycle-manager/packageserver observed in phase Succeeded',
      ],
      progressing: ['', 'Deployed version 0.0.1-snapshot'],
      degraded: SILENT,
    },
    {
      name: 'service-ca',
      namespace: 'openshift-service-ca-operator',
      available: ALL_WELL,
      progressing: ['AsExpected', 'Progressing: All service-ca-operator deployments updated'],
      degraded: ALL_WELL,
    },
    {
      name: 'storage',
      namespace: 'openshift-cluster-storage-operator',
      available: ['AsExpected', 'DefaultStorageClassControllerAvailable: No default StorageClass for this platform'],
      progressing: ALL_WELL,
      degraded: ALL_WELL,
    },
  ];
}
