import { namespacedName, type Resource, readText } from '../model/resource.ts';

/** Finds the BareMetalHost, as `namespace/name`, by what Ironic and BMCs call it. */
export function hostNames(hosts: readonly Resource[]): (name: string) => string | undefined {
  const known = new Map<string, string>();
  const ambiguous = new Set<string>();
  const put = (alias: string | undefined, name: string): void => {
    if (alias === undefined || alias === '') return;
    const other = known.get(alias);
    if (other !== undefined && other !== name) ambiguous.add(alias);
    known.set(alias, name);
  };
  for (const host of hosts) {
    const name = namespacedName(host);
    put(readText(host.body, 'status.provisioning.ID'), name);
    put(`${host.namespace ?? ''}~${host.name}`, name);
    const address = readText(host.body, 'spec.bmc.address');
    if (address === undefined) continue;
    put(withoutScheme(address), name);
    put(hostOfAddress(address), name);
  }
  // Several hosts behind one address, each with a path of its own: virtual machines of one emulator, blades of one chassis.
  for (const alias of ambiguous) known.delete(alias);
  return (name) => known.get(name) ?? known.get(withoutScheme(name)) ?? known.get(hostOfAddress(name));
}

/** `idrac-virtualmedia+https://192.0.2.30/redfish/v1/Systems/1` and `https://192.0.2.30/redfish/v1/Systems/1` are one. */
function withoutScheme(address: string): string {
  return address
    .replace(/^[A-Za-z][\w+.-]*:\/\//, '')
    .replace(/\/+$/, '')
    .toLowerCase();
}

/** `https://[2001:db8::1]:8443/redfish/v1` → `2001:db8::1`. */
function hostOfAddress(address: string): string {
  const authority = withoutScheme(address).split('/')[0]!;
  const bracketed = /^\[([^\]]+)\]/.exec(authority)?.[1];
  if (bracketed !== undefined) return bracketed;
  return authority.split(':').length === 2 ? authority.split(':')[0]! : authority;
}
