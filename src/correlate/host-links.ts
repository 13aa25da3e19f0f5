import type { AllFacts } from '../model/facts.ts';
import { namespacedName, readText } from '../model/resource.ts';

/** Names of the host behind a Machine or a BareMetalHost: its node's, or its own while there is no node. */
export interface HostLinks {
  readonly machines: ReadonlyMap<string, string>;
  readonly hosts: ReadonlyMap<string, string>;
}

/** BareMetalHost → Machine (consumerRef) → Node (nodeRef); without a node yet, the host's own name stands for it. */
export function hostLinks(facts: Pick<AllFacts, 'Machine' | 'BareMetalHost'>): HostLinks {
  const machines = new Map<string, string>();
  const hosts = new Map<string, string>();
  for (const machine of facts.Machine) {
    const node = readText(machine.body, 'status.nodeRef.name');
    if (node !== undefined) machines.set(namespacedName(machine), node);
  }
  for (const host of facts.BareMetalHost) {
    const consumer = readText(host.body, 'spec.consumerRef.name');
    const machine =
      consumer === undefined
        ? undefined
        : `${readText(host.body, 'spec.consumerRef.namespace') ?? host.namespace}/${consumer}`;
    const node = machine === undefined ? undefined : machines.get(machine);
    hosts.set(namespacedName(host), node ?? host.name);
    if (machine !== undefined && node === undefined) machines.set(machine, host.name);
  }
  return { machines, hosts };
}
