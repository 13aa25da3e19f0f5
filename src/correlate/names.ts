import { isIPv6 } from 'node:net';
import type { Names } from '../model/detector.ts';
import type { AllFacts } from '../model/facts.ts';
import { isFields, namespacedName, type Resource, readList, readText } from '../model/resource.ts';
import { hostNames } from './host-names.ts';
import { operatorOwners } from './operator-owners.ts';

/** Resolves host names, addresses, pods and namespaces with what the gather's objects say. */
export function buildNames(facts: Pick<AllFacts, 'Node' | 'Pod' | 'ClusterOperator' | 'BareMetalHost'>): Names {
  const nodes = nodeAliases(facts.Node, facts.Pod);
  const pods = podNodes(facts.Pod);
  const owners = operatorOwners(facts.ClusterOperator);
  const hosts = hostNames(facts.BareMetalHost);
  return {
    node: (name) => nodeOf(name, nodes) ?? name,
    nodeOfPod: (pod) => pods.get(pod) ?? staticPodNode(pod, nodes),
    bareMetalHost: (name) => hosts(name) ?? name,
    operatorOf: owners.ofNamespace,
    operatorOfPod: owners.ofPod,
  };
}

function nodeAliases(nodes: readonly Resource[], pods: readonly Resource[]): Map<string, string> {
  const aliases = new Map<string, string>();
  const ambiguous = new Set<string>();
  const put = (alias: string | undefined, name: string): void => {
    const key = alias === undefined ? undefined : bareAddress(alias.toLowerCase());
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
  // Where the Node objects are missing, pods still tell of their hosts.
  for (const { body } of pods) {
    const name = readText(body, 'spec.nodeName');
    if (name === undefined || aliases.has(name.toLowerCase())) continue;
    put(shortName(name), name);
    put(readText(body, 'status.hostIP'), name);
  }
  for (const key of ambiguous) aliases.delete(key);
  for (const node of nodes) aliases.set(node.name.toLowerCase(), node.name);
  return aliases;
}

/** By its name, short or full, or its address, with or without a port. */
function nodeOf(name: string, nodes: ReadonlyMap<string, string>): string | undefined {
  const lower = name.toLowerCase();
  return nodes.get(lower) ?? nodes.get(shortName(lower)) ?? nodes.get(bareAddress(lower));
}

/** `192.0.2.21:2379` → `192.0.2.21`, `[2001:DB8:0::21]:2379` → `2001:db8::21`: the one way in which to write it. */
function bareAddress(text: string): string {
  const [, bracketed, plain] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/.exec(text) ?? [];
  if (plain !== undefined) return plain;
  const address = bracketed ?? text;
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

/** `master-2.lab.example.com` → `master-2`; addresses stay whole. */
function shortName(name: string): string {
  return /^[\d.]+$|:/.test(name) ? name : (name.split('.')[0] ?? name);
}

function podNodes(pods: readonly Resource[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const pod of pods) {
    const node = readText(pod.body, 'spec.nodeName');
    if (node !== undefined) known.set(namespacedName(pod), node);
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
