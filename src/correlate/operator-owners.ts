import { compareText } from '../model/entity.ts';
import { isFields, type Resource, readList, readText } from '../model/resource.ts';

/** Namespaces that many operators list among their related objects, and that none of them owns. */
const SHARED: ReadonlySet<string> = new Set([
  'openshift-config',
  'openshift-config-managed',
  'openshift-machine-api',
  'kube-system',
  'default',
  'openshift',
]);

/** Owners that the related objects leave open, or that matter too much to depend on a ClusterOperator being in the input. */
const OWNERS: Readonly<Record<string, string>> = {
  'openshift-machine-api': 'machine-api',
  'openshift-ovn-kubernetes': 'network',
  'openshift-sdn': 'network',
  'openshift-multus': 'network',
  'openshift-network-operator': 'network',
  'openshift-network-diagnostics': 'network',
  'openshift-machine-config-operator': 'machine-config',
  'openshift-oauth-apiserver': 'authentication',
  'openshift-apiserver': 'openshift-apiserver',
  'openshift-cluster-version': 'cluster-version',
  'openshift-cluster-machine-approver': 'machine-approver',
  'openshift-operator-lifecycle-manager': 'operator-lifecycle-manager',
  'openshift-marketplace': 'marketplace',
  'openshift-cluster-node-tuning-operator': 'node-tuning',
  'openshift-apiserver-operator': 'openshift-apiserver',
  'openshift-cloud-network-config-controller': 'network',
  'openshift-cluster-csi-drivers': 'storage',
  'openshift-cluster-samples-operator': 'openshift-samples',
  'openshift-config-operator': 'config-operator',
  'openshift-controller-manager': 'openshift-controller-manager',
  'openshift-controller-manager-operator': 'openshift-controller-manager',
  'openshift-ingress-canary': 'ingress',
  'openshift-route-controller-manager': 'openshift-controller-manager',
};

/** Of namespaces that several operators share: whose pods are called how. What fits none is the namespace owner's. */
const POD_OWNERS: Readonly<Record<string, readonly (readonly [pods: RegExp, operator: string])[]>> = {
  'openshift-machine-api': [
    [/^cluster-autoscaler-/, 'cluster-autoscaler'],
    [/^(?:cluster-baremetal-operator|metal3|ironic-proxy)(?:-|$)/, 'baremetal'],
    [/^control-plane-machine-set-operator-/, 'control-plane-machine-set'],
  ],
  'openshift-operator-lifecycle-manager': [
    [/^catalog-operator-/, 'operator-lifecycle-manager-catalog'],
    [/^(?:packageserver|package-server-manager)-/, 'operator-lifecycle-manager-packageserver'],
  ],
  'openshift-cluster-storage-operator': [
    [/^csi-snapshot-(?:controller|webhook)/, 'csi-snapshot-controller'],
    [/./, 'storage'],
  ],
};

/** Finds the ClusterOperator that a namespace, or a pod as `namespace/name`, belongs to. */
export interface OperatorOwners {
  ofNamespace(namespace: string): string | undefined;
  ofPod(pod: string): string | undefined;
}

export function operatorOwners(operators: readonly Resource[]): OperatorOwners {
  const owners = namespaceOwners(operators);
  const ofNamespace = (namespace: string): string | undefined => owners.get(namespace) ?? byConvention(namespace);
  return { ofNamespace, ofPod: (pod) => podOwner(pod) ?? ofNamespace(pod.split('/')[0]!) };
}

function namespaceOwners(operators: readonly Resource[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const operator of [...operators].sort((a, b) => compareText(a.name, b.name))) {
    for (const related of readList(operator.body, 'status.relatedObjects')) {
      if (!isFields(related) || readText(related, 'resource') !== 'namespaces') continue;
      const namespace = readText(related, 'name') ?? '';
      if (SHARED.has(namespace) || namespace === '') continue;
      if (!owners.has(namespace) || namespace.endsWith(operator.name)) owners.set(namespace, operator.name);
    }
  }
  for (const [namespace, operator] of Object.entries(OWNERS)) owners.set(namespace, operator);
  return owners;
}

function podOwner(pod: string): string | undefined {
  const [namespace = '', name = ''] = pod.split('/');
  return POD_OWNERS[namespace]?.find(([pods]) => pods.test(name))?.[1];
}

/** `openshift-etcd-operator` and `openshift-etcd` belong to ClusterOperator `etcd`. */
function byConvention(namespace: string): string | undefined {
  return /^openshift-(?:cluster-)?([a-z0-9-]+?)(?:-operator)?$/.exec(namespace)?.[1];
}
