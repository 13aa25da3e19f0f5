import type { DocumentFamily } from '../../src/model/facts.ts';

/**
 * Objects of a bare metal cluster in trouble, as a must-gather would hold them: the API VIP is in no machine network,
 * master-2 hangs in inspection, the kubelet of master-1 lost its credentials and nothing reconciles any more.
 */
export const SEED_GATHERED_AT = '2025-12-03T23:59:00Z';

const control = (name: string, address: string, heartbeat: string) => `
apiVersion: v1
kind: Node
metadata:
  name: ${name}
  creationTimestamp: "2025-12-02T19:00:00Z"
  annotations:
    k8s.ovn.org/host-cidrs: '["${address}/24"]'
  labels:
    node-role.kubernetes.io/control-plane: ""
    node-role.kubernetes.io/master: ""
status:
  addresses:
  - address: ${address}
    type: InternalIP
  conditions:
  - lastHeartbeatTime: "${heartbeat}"
    lastTransitionTime: "2025-12-02T19:10:00Z"
    message: kubelet is posting ready status
    reason: KubeletReady
    status: "True"
    type: Ready
  nodeInfo:
    kubeletVersion: v1.31.9
`;

const host = (index: number, state: string) => `
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata:
  name: master-${index}
  namespace: openshift-machine-api
  creationTimestamp: "2025-12-02T18:45:00Z"
  labels:
    installer.openshift.io/role: control-plane
spec:
  bootMACAddress: 04:3f:72:aa:bb:0${index}
  consumerRef:
    apiVersion: machine.openshift.io/v1beta1
    kind: Machine
    name: ocp-x7k2p-master-${index}
    namespace: openshift-machine-api
  online: true
status:
  errorMessage: ""
  operationalStatus: OK
  operationHistory:
    inspect:
      end: ${state === 'inspecting' ? 'null' : '"2025-12-02T18:50:00Z"'}
      start: "${state === 'inspecting' ? '2025-12-03T20:10:11Z' : '2025-12-02T18:46:00Z'}"
  poweredOn: ${state !== 'inspecting'}
  provisioning:
    state: ${state}
`;

export const INFRASTRUCTURE = `
apiVersion: config.openshift.io/v1
kind: InfrastructureList
items:
- apiVersion: config.openshift.io/v1
  kind: Infrastructure
  metadata:
    creationTimestamp: "2025-12-02T18:40:00Z"
    name: cluster
  spec:
    platformSpec:
      baremetal:
        apiServerInternalIPs:
        - 10.46.124.13
        ingressIPs:
        - 10.46.120.14
        machineNetworks:
        - 10.46.120.0/24
      type: BareMetal
  status:
    controlPlaneTopology: HighlyAvailable
    infrastructureTopology: HighlyAvailable
    platformStatus:
      baremetal:
        apiServerInternalIPs:
        - 10.46.124.13
        ingressIPs:
        - 10.46.120.14
        machineNetworks:
        - 10.46.120.0/24
      type: BareMetal
`;

export const NETWORK_OPERATOR = `
apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata:
  name: network
  creationTimestamp: "2025-12-02T18:41:00Z"
status:
  conditions:
  - lastTransitionTime: "2025-12-02T19:00:12Z"
    message: 'Error while synchronizing spec and status of infrastructures.config.openshift.io/cluster:
      Error on validating API VIPs and Machine Networks: VIP ''10.46.124.13'' cannot
      be found in any machine network'
    reason: SyncInfrastructureSpecAndStatus
    status: "True"
    type: Degraded
  - lastTransitionTime: "2025-12-03T04:00:00Z"
    status: "False"
    type: Progressing
  - lastTransitionTime: "2025-12-03T04:00:00Z"
    status: "True"
    type: Available
`;

const pod = (namespace: string, name: string, node: string, owner = '') => `
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${namespace}
  creationTimestamp: "2025-12-02T19:20:00Z"
${owner === '' ? '' : `  ownerReferences:\n  - {apiVersion: apps/v1, kind: ReplicaSet, name: ${owner}, uid: 0e9cb7f1}\n`}spec:
  nodeName: ${node}
status:
  phase: Running
`;

const METAL3 = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: metal3, namespace: openshift-machine-api, generation: 4}
spec: {replicas: 1}
status: {observedGeneration: 4, replicas: 1}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: metal3-7f9c6d5b8
  namespace: openshift-machine-api
  creationTimestamp: "2025-12-02T19:05:00Z"
  ownerReferences:
  - {apiVersion: apps/v1, kind: Deployment, name: metal3, uid: 51a2}
spec: {replicas: 1}
status: {replicas: 1}
`;

const lease = (namespace: string, name: string, renewed: string) => `
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  holderIdentity: ${name}
  renewTime: "${renewed}"
`;

const ETCD = `
apiVersion: operator.openshift.io/v1
kind: Etcd
metadata: {name: cluster}
status:
  conditions:
  - lastTransitionTime: "2025-12-03T21:00:00Z"
    message: Missing operand on node master-1
    reason: SyncError
    status: "True"
    type: GuardControllerDegraded
  latestAvailableRevision: 6
  nodeStatuses:
  - currentRevision: 6
    nodeName: master-0
  - currentRevision: 5
    nodeName: master-1
    targetRevision: 6
---
apiVersion: v1
kind: ConfigMap
metadata: {name: revision-status-6, namespace: openshift-etcd, creationTimestamp: "2025-12-03T20:00:00Z"}
data: {revision: "6", status: InProgress}
`;

const CLUSTER_VERSION = `
apiVersion: config.openshift.io/v1
kind: ClusterVersion
metadata: {name: version, creationTimestamp: "2025-12-02T18:40:00Z"}
status:
  desired: {version: 4.18.14}
  history:
  - {completionTime: null, startedTime: "2025-12-02T18:40:00Z", state: Partial, version: 4.18.14}
`;

/** Files of the gather by path; a variant replaces or drops (undefined) some of them. */
export function seedResources(changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const files: Record<string, string | undefined> = {
    'infrastructures.yaml': INFRASTRUCTURE,
    'network.yaml': NETWORK_OPERATOR,
    'master-0.yaml': control('master-0', '10.46.120.20', '2025-12-03T23:57:10Z'),
    'master-1.yaml': control('master-1', '10.46.120.21', '2025-12-03T20:12:00Z'),
    'bmh-0.yaml': host(0, 'externally provisioned'),
    'bmh-1.yaml': host(1, 'externally provisioned'),
    'bmh-2.yaml': host(2, 'inspecting'),
    'pods.yaml': [
      pod('openshift-etcd', 'etcd-master-0', 'master-0'),
      pod('openshift-etcd', 'etcd-guard-master-0', 'master-0'),
      pod('openshift-kube-apiserver', 'kube-apiserver-master-0', 'master-0'),
      pod('openshift-kube-apiserver', 'kube-apiserver-master-1', 'master-1'),
      pod(
        'openshift-machine-api',
        'cluster-baremetal-operator-6d9-abcde',
        'master-0',
        'cluster-baremetal-operator-6d9',
      ),
    ].join('---'),
    'metal3.yaml': METAL3,
    'leases.yaml': [
      lease('kube-system', 'kube-controller-manager', '2025-12-03T20:11:40.000000Z'),
      lease('kube-system', 'apiserver-x5l2', '2025-12-03T23:56:58.000000Z'),
      lease('kube-node-lease', 'master-0', '2025-12-03T23:57:01.000000Z'),
      lease('kube-node-lease', 'master-1', '2025-12-03T20:12:20.000000Z'),
    ].join('---'),
    'etcd.yaml': ETCD,
    'version.yaml': CLUSTER_VERSION,
    ...changes,
  };
  return Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export const SEED_DOCUMENTS: Partial<Record<DocumentFamily, string>> = {
  'etcd-member-list':
    '{"header":{"cluster_id":1},"members":[{"ID":3513,"name":"master-0","peerURLs":["https://10.46.120.20:2380"],"clientURLs":["https://10.46.120.20:2379"]},{"ID":6505,"name":"master-1","peerURLs":["https://10.46.120.21:2380"],"clientURLs":["https://10.46.120.21:2379"]}]}',
  'etcd-endpoint-health':
    '[{"endpoint":"https://10.46.120.20:2379","health":true,"took":"11ms"},{"endpoint":"https://10.46.120.21:2379","health":true,"took":"12ms"},{"endpoint":"unixs://10.46.120.20:0","health":false,"error":"context deadline exceeded"}]',
};
