import { createHmac } from 'node:crypto';
import ipaddr from 'ipaddr.js';

type Bits = string;

/** Blocks that stay what they are, to the prefix: an address in them is recognisably private, link-local or global. */
const FIXED: readonly Bits[] = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fe80::/10', 'fc00::/7', '2000::/3'].map(
    prefixBits,
  ),
];
/** Blocks that name nobody and stay whole: this host, loopback, link-local, multicast, masks. */
const KEPT: readonly Bits[] = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', '::/64', 'ff00::/8'].map(prefixBits),
];

/**
 * Replaces addresses so that two that share their first n bits share exactly n bits again: what lay in one network does
 * so still, and a VIP outside stays outside. Without the key, which is the unredacted report, nothing leads back.
 */
export class Addresses {
  readonly #key: Buffer;
  readonly #flips = new Map<Bits, boolean>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** `10.1.2.3`, `10.1.2.0/24` or the same in IPv6; undefined where the text is no address. */
  replace(text: string): string | undefined {
    const slash = text.indexOf('/');
    const head = slash < 0 ? text : text.slice(0, slash);
    const length = slash < 0 ? undefined : Number(text.slice(slash + 1));
    if (!ipaddr.isValid(head)) return undefined;
    if (!head.includes(':')) {
      if (!ipaddr.IPv4.isValidFourPartDecimal(head)) return undefined;
      return this.#network(bitsOf(ipaddr.parse(head)), length, slash);
    }
    const address = ipaddr.parse(head);
    if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
      return `::ffff:${textOf(this.#address(bitsOf(address.toIPv4Address())))}${slash < 0 ? '' : text.slice(slash)}`;
    }
    return this.#network(bitsOf(address), length, slash);
  }

  #network(bits: Bits, length: number | undefined, slash: number): string | undefined {
    if (slash >= 0 && (length === undefined || length > bits.length)) return undefined;
    const replaced = this.#address(bits);
    if (length === undefined) return textOf(replaced);
    const isNetwork = !bits.slice(length).includes('1');
    return `${textOf(isNetwork ? replaced.slice(0, length).padEnd(bits.length, '0') : replaced)}/${length}`;
  }

  #address(bits: Bits): Bits {
    if (KEPT.some((block) => family(block) === family(bits) && bits.startsWith(block.slice(1)))) return bits;
    let replaced = '';
    for (let i = 0; i < bits.length; i++) {
      const prefix = `${family(bits)}${bits.slice(0, i)}`;
      replaced += this.#flip(prefix) ? (bits[i] === '0' ? '1' : '0') : bits[i];
    }
    return replaced;
  }

  /** Whether the bit after the prefix is turned. Never on the way to a fixed block: then no other address falls into it. */
  #flip(prefix: Bits): boolean {
    const known = this.#flips.get(prefix);
    if (known !== undefined) return known;
    const onTheWay = [...FIXED, ...KEPT].some((block) => block.length > prefix.length && block.startsWith(prefix));
    const flip = !onTheWay && (createHmac('sha256', this.#key).update(prefix).digest()[0]! & 1) === 1;
    this.#flips.set(prefix, flip);
    return flip;
  }
}

function family(bits: Bits): '4' | '6' {
  const head = bits[0];
  if (head === '4' || head === '6') return head;
  return bits.length > 32 ? '6' : '4';
}

/** The block's prefix after a letter for its family. */
function prefixBits(cidr: string): Bits {
  const [address, length] = ipaddr.parseCIDR(cidr);
  const bits = bitsOf(address);
  return `${family(bits)}${bits.slice(0, length)}`;
}

function bitsOf(address: ipaddr.IPv4 | ipaddr.IPv6): Bits {
  return address
    .toByteArray()
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
}

function textOf(bits: Bits): string {
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const address = ipaddr.fromByteArray(bytes);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
