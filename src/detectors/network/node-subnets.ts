import type { Resource } from '../../model/resource.ts';
import { annotation } from '../objects/node.ts';
import { type Cidr, networkOf, parseCidr } from './address.ts';

/** Subnets that the nodes' own addresses lie in, as OVN-Kubernetes notes them on the Node; empty where it does not. */
export function nodeSubnets(nodes: readonly Resource[]): Cidr[] {
  const networks = new Map<string, Cidr>();
  for (const node of nodes)
    for (const text of addressesOf(node)) {
      const cidr = parseCidr(text);
      // A VIP stands among its holder's addresses as /32 or /128: that proves no subnet.
      if (cidr === undefined || cidr.bits === (cidr.address.kind() === 'ipv4' ? 32 : 128)) continue;
      networks.set(networkOf(cidr), { ...cidr, text: networkOf(cidr) });
    }
  return [...networks.values()];
}

function addressesOf(node: Resource): string[] {
  const names = ['k8s.ovn.org/host-cidrs', 'k8s.ovn.org/node-primary-ifaddr'];
  return names.flatMap((name) =>
    [...(annotation(node, name) ?? '').matchAll(/"([0-9a-fA-F:.]+\/\d{1,3})"/g)].map(([, text]) => text as string),
  );
}
