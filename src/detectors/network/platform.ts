import type { Document } from '../../model/facts.ts';
import type { Evidence } from '../../model/finding.ts';
import { isFields, locateAll, type Resource, readText, type Value } from '../../model/resource.ts';
import { evidenceOf, type Placed } from '../evidence.ts';
import { infrastructureOf } from '../objects/topology.ts';
import { type Address, type Cidr, canonical, parseAddress, parseCidr } from './address.ts';

/** Platforms whose VIPs the cluster itself holds. */
const PLATFORMS = ['baremetal', 'vsphere', 'openstack', 'nutanix', 'ovirt'] as const;
export type Platform = (typeof PLATFORMS)[number];
export type VipRole = 'API' | 'Ingress';

export interface Vip {
  readonly role: VipRole;
  readonly text: string;
  readonly address: Address;
  readonly platform: Platform;
  readonly evidence: Evidence;
}

export interface MachineNetworks {
  /** Object whose list it is. */
  readonly from: 'infrastructure' | 'install-config';
  readonly cidrs: readonly Cidr[];
  readonly evidence: readonly Evidence[];
  /** The list holds something that is no network, such as an obfuscated address. */
  readonly unreadable: boolean;
}

interface Declared {
  readonly vips: readonly Vip[];
  readonly unreadable: number;
}

type FieldsOf = Readonly<Record<VipRole, readonly string[]>>;

const INFRASTRUCTURE_VIPS: FieldsOf = {
  API: ['apiServerInternalIPs[*]', 'apiServerInternalIP'],
  Ingress: ['ingressIPs[*]', 'ingressIP'],
};
const INSTALL_CONFIG_VIPS: FieldsOf = { API: ['apiVIPs[*]', 'apiVIP'], Ingress: ['ingressVIPs[*]', 'ingressVIP'] };

/** VIPs of the live Infrastructure object, else of the install-config; each address and role once. */
export function declaredVips(infrastructures: readonly Resource[], installConfigs: readonly Document[]): Declared {
  const live = infrastructureOf(infrastructures);
  const places = ['spec.platformSpec', 'status.platformStatus'];
  const found = live === undefined ? none() : collect(live, places, INFRASTRUCTURE_VIPS);
  if (found.vips.length > 0 || found.unreadable > 0) return found;
  return installConfigs
    .map((document) => collect(document, ['platform'], INSTALL_CONFIG_VIPS))
    .reduce((all, next) => (all.vips.length + all.unreadable > 0 ? all : next), none());
}

function none(): Declared {
  return { vips: [], unreadable: 0 };
}

function collect(placed: Placed, places: readonly string[], fields: FieldsOf): Declared {
  const vips = new Map<string, Vip>();
  let unreadable = 0;
  for (const platform of PLATFORMS)
    for (const role of ['API', 'Ingress'] as const)
      for (const path of places.flatMap((place) => fields[role].map((field) => `${place}.${platform}.${field}`)))
        for (const { text, evidence } of textsAt(placed, path)) {
          const address = parseAddress(text);
          if (address === undefined) unreadable++;
          else if (!vips.has(`${role} ${canonical(address)}`))
            vips.set(`${role} ${canonical(address)}`, { role, text, address, platform, evidence });
        }
  return { vips: [...vips.values()], unreadable };
}

/**
 * The list that the network operator checks VIPs against. It skips the check where the list in Infrastructure is empty;
 * then the install-config's list says what was meant.
 */
export function machineNetworks(
  infrastructures: readonly Resource[],
  installConfigs: readonly Document[],
): MachineNetworks | undefined {
  const live = infrastructureOf(infrastructures);
  const lists = PLATFORMS.flatMap((platform) => [
    `spec.platformSpec.${platform}.machineNetworks[*]`,
    `status.platformStatus.${platform}.machineNetworks[*]`,
  ]);
  for (const path of live === undefined ? [] : lists) {
    const found = networksAt(live as Resource, path, 'infrastructure');
    if (found !== undefined) return found;
  }
  for (const document of installConfigs)
    for (const path of ['networking.machineNetwork[*].cidr', 'networking.machineCIDR']) {
      const found = networksAt(document, path, 'install-config');
      if (found !== undefined) return found;
    }
  return undefined;
}

function networksAt(placed: Placed, path: string, from: MachineNetworks['from']): MachineNetworks | undefined {
  const texts = textsAt(placed, path);
  if (texts.length === 0) return undefined;
  const cidrs = texts.flatMap(({ text }) => parseCidr(text) ?? []);
  return {
    from,
    cidrs,
    evidence: texts.map(({ evidence }) => evidence),
    unreadable: cidrs.length < texts.length,
  };
}

/** Non-empty scalars at a path, each with its place. */
function textsAt(placed: Placed, path: string): { readonly text: string; readonly evidence: Evidence }[] {
  return locateAll(placed.body, path).flatMap(({ value, pointer }) => {
    if (typeof value !== 'string' || value.trim() === '') return [];
    return [{ text: value.trim(), evidence: evidenceAt(placed, path, pointer, value.trim()) }];
  });
}

function evidenceAt(placed: Placed, path: string, pointer: string, text: string): Evidence {
  const field =
    path
      .replace(/\[\*\](?:\.cidr)?$/, '')
      .split('.')
      .at(-1) ?? '';
  return {
    ...evidenceOf(placed, '', { text: `${field}: ${text}` }),
    line: placed.lineOf(pointer),
    pointer: placed.pointer + pointer,
  };
}

/** Load balancing is the user's: the VIPs need not lie where keepalived could hold them. */
export function userManagedLoadBalancer(infrastructures: readonly Resource[]): boolean {
  const live: Value | undefined = infrastructureOf(infrastructures)?.body;
  return (
    isFields(live) &&
    PLATFORMS.some((platform) =>
      ['spec.platformSpec', 'status.platformStatus'].some(
        (place) => readText(live, `${place}.${platform}.loadBalancer.type`) === 'UserManaged',
      ),
    )
  );
}
