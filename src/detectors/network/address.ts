import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

export interface Cidr {
  readonly address: Address;
  readonly bits: number;
  readonly text: string;
}

/** An IPv4 or IPv6 address; undefined for anything else, such as a must-gather-clean token (`x-ipv4-0000000001-x`). */
export function parseAddress(text: string): Address | undefined {
  // ipaddr.js reads `10` and octal octets as addresses: Kubernetes writes four decimal octets.
  if (!text.includes(':')) return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : undefined;
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

export function parseCidr(text: string): Cidr | undefined {
  const slash = text.lastIndexOf('/');
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash));
  const suffix = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,3}$/.test(suffix)) return undefined;
  const bits = Number(suffix);
  return bits > (address.kind() === 'ipv4' ? 32 : 128) ? undefined : { address, bits, text };
}

/** False across families. */
export function contains(cidr: Cidr, address: Address): boolean {
  return sameBits(cidr.address, address, cidr.bits);
}

/** Two networks overlap where one holds the other's address under the shorter prefix. */
export function overlap(a: Cidr, b: Cidr): boolean {
  return sameBits(a.address, b.address, Math.min(a.bits, b.bits));
}

/** One spelling for one address: `2001:DB8::1` and `2001:db8:0::1` are equal. */
export function canonical(address: Address): string {
  return address.toString();
}

/** `10.46.120.21/24` as its network `10.46.120.0/24`. */
export function networkOf({ address, bits }: Cidr): string {
  const bytes = address.toByteArray().map((byte, index) => byte & byteMask(bits - index * 8));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

function sameBits(a: Address, b: Address, bits: number): boolean {
  if (a.kind() !== b.kind()) return false;
  const other = b.toByteArray();
  return a.toByteArray().every((byte, index) => {
    const mask = byteMask(bits - index * 8);
    return (byte & mask) === ((other[index] ?? 0) & mask);
  });
}

function byteMask(bits: number): number {
  return bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff;
}
