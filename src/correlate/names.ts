import type { Names } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import { isFields, type Resource, readList, readText } from '../model/resource.ts';
import { hostNames } from './host-names.ts';

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

/** Resolves host names, addresses, pods and namespaces with what the gather's objects say. */
export function buildNames(facts: Pick<AllFacts, 'Node' | 'Pod' | 'ClusterOperator' | 'BareMetalHost'>): Names {
  const nodes = nodeAliases(facts.Node);
  const pods = podNodes(facts.Pod);
  const operators = namespaceOwners(facts.ClusterOperator);
  const hosts = hostNames(facts.BareMetalHost);
  return {
    node: (name) => nodes.get(name.toLowerCase()) ?? nodes.get(shortName(name.toLowerCase())) ?? name,
    nodeOfPod: (pod) => pods.get(pod) ?? staticPodNode(pod, nodes),
    bareMetalHost: (name) => hosts(name) ?? name,
    operatorOf: (namespace) => operators.get(namespace) ?? byConvention(namespace),
    operatorOfPod: (pod) => podOwner(pod) ?? operators.get(namespaceOf(pod)) ?? byConvention(namespaceOf(pod)),
  };
}

function nodeAliases(nodes: readonly Resource[]): Map<string, string> {
  const aliases = new Map<string, string>();
  const ambiguous = new Set<string>();
  const put = (alias: string | undefined, name: string): void => {
    const key = alias?.toLowerCase();
    if (key === undefined || key === '') return;
    const known = aliases.get(key);
    if (known !== undefined && known !== name) ambiguous.add(key);
    aliases.set(key, name);
  };
  for (const node of nodes) {
    put(shortName(node.name), node.name);
    put(readText(node.body, 'metadata.labels."kubernetes.io/hostname"'), node.name);
    for (const address of readList(node.body, 'status.addresses')) {
      if (isFields(address)) put(readText(address, 'address'), node.name);
    }
  }
  for (const key of ambiguous) aliases.delete(key);
  for (const node of nodes) aliases.set(node.name.toLowerCase(), node.name);
  return aliases;
}

/** `master-2.lab.example.com` → `master-2`; addresses stay whole. */
function shortName(name: string): string {
  return /^[\d.]+$|:/.test(name) ? name : (name.split('.')[0] ?? name);
}

function podNodes(pods: readonly Resource[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const pod of pods) {
    const node = readText(pod.body, 'spec.nodeName');
    if (node !== undefined) known.set(`${pod.namespace ?? ''}/${pod.name}`, node);
  }
  return known;
}

/** Static, guard, installer and pruner pods end in their node's name: `openshift-etcd/etcd-guard-master-0`. */
function staticPodNode(pod: string, nodes: ReadonlyMap<string, string>): string | undefined {
  const parts = (pod.split('/')[1] ?? '').split('-');
  for (let from = 1; from < parts.length; from++) {
    const node = nodes.get(parts.slice(from).join('-').toLowerCase());
    if (node !== undefined) return node;
  }
  return STATIC_POD.exec(pod)?.groups?.['node'];
}

/** Where no Node object is in the input, the name alone tells: a directory of logs that was taken from the host. */
const STATIC_POD =
  /^openshift-(?:etcd|kube-(?:apiserver|controller-manager|scheduler))\/(?:etcd|kube-apiserver|kube-controller-manager|openshift-kube-scheduler)-(?:guard-)?(?!startup-monitor-)(?<node>.+)$/;

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

function namespaceOf(pod: string): string {
  return pod.split('/')[0]!;
}

function podOwner(pod: string): string | undefined {
  const [namespace = '', name = ''] = pod.split('/');
  return POD_OWNERS[namespace]?.find(([pods]) => pods.test(name))?.[1];
}

/** `openshift-etcd-operator` and `openshift-etcd` belong to ClusterOperator `etcd`. */
function byConvention(namespace: string): string | undefined {
  return /^openshift-(?:cluster-)?([a-z0-9-]+?)(?:-operator)?$/.exec(namespace)?.[1];
}
