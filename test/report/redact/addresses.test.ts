import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Addresses } from '../../../src/report/redact/addresses.ts';

const addresses = new Addresses(Buffer.from('a key of the test'));
const octet = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(octet, octet, octet, octet).map((bytes) => bytes.join('.'));

function bits(address: string): string {
  return address
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
}

function shared(a: string, b: string): number {
  const [x, y] = [bits(a), bits(b)];
  let i = 0;
  while (i < 32 && x[i] === y[i]) i++;
  return i;
}

describe('Addresses', () => {
  it('keeps exactly the prefix that two addresses share', () => {
    fc.assert(
      fc.property(ipv4, ipv4, (a, b) => {
        expect(shared(addresses.replace(a)!, addresses.replace(b)!)).toBe(shared(a, b));
      }),
    );
  });

  it('keeps private addresses private and what names nobody as it is', () => {
    expect(addresses.replace('10.46.120.21')).toMatch(/^10\./);
    expect(addresses.replace('192.168.7.1')).toMatch(/^192\.168\./);
    expect(addresses.replace('10.46.120.21')).not.toBe('10.46.120.21');
    for (const kept of ['127.0.0.1', '0.0.0.0', '255.255.255.0', '169.254.169.2', '::1', '::']) {
      expect(addresses.replace(kept)).toBe(kept);
    }
    fc.assert(
      fc.property(ipv4, (address) => {
        expect(addresses.replace(address)!.startsWith('10.')).toBe(address.startsWith('10.'));
      }),
    );
  });

  it('replaces networks by networks that hold what they held', () => {
    const network = addresses.replace('10.46.120.0/24')!;
    expect(network).toMatch(/\.0\/24$/);
    const first = network.replace(/\.0\/24$/, '.');
    expect(addresses.replace('10.46.120.13')!.startsWith(first)).toBe(true);
    expect(addresses.replace('10.46.124.13')!.startsWith(first)).toBe(false);
    expect(addresses.replace('10.46.120.21/24')).toBe(`${addresses.replace('10.46.120.21')}/24`);
  });

  it('does the same for IPv6', () => {
    const inside = addresses.replace('fd2e:6f44:5dd8::14')!;
    const network = addresses.replace('fd2e:6f44:5dd8::/64')!;
    expect(network).toMatch(/::\/64$/);
    expect(inside.startsWith(network.replace('::/64', ':'))).toBe(true);
    expect(inside).not.toContain('6f44');
    expect(addresses.replace('::ffff:10.46.120.21')).toBe(`::ffff:${addresses.replace('10.46.120.21')}`);
  });

  it('leaves what is no address', () => {
    for (const text of ['1.2.3.4/33', '300.1.1.1', '12:30:45', 'a::b::c']) {
      expect(addresses.replace(text)).toBeUndefined();
    }
  });
});
