import ipaddr from 'ipaddr.js';
import type { Report } from '../../model/report.ts';
import { clip, visible } from '../text-safety.ts';
import { type Html, html } from './markup.ts';

interface Network {
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
}

interface Address {
  readonly label: string;
  readonly text: string;
  readonly at: bigint;
  readonly inside: boolean;
}

const WIDTH = 900;
const EDGE = 60;
const ROW = 30;

/** The machine networks as bars on a line of addresses, each VIP inside or outside of them. One picture a family. */
export function networkPictures(report: Report): Html[] {
  const networks = report.cluster.machineNetworks.flatMap(parseNetwork);
  const vips = [
    ...report.cluster.apiVIPs.map((text) => ({ label: 'API VIP', text })),
    ...report.cluster.ingressVIPs.map((text) => ({ label: 'Ingress VIP', text })),
  ];
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const of = networks.filter((network) => network.family === family);
    const addresses = vips.flatMap(({ label, text }) => {
      const at = parseAddress(text);
      if (at?.family !== family) return [];
      return [
        { label, text, at: at.value, inside: of.some(({ first, last }) => at.value >= first && at.value <= last) },
      ];
    });
    return of.length === 0 || addresses.length === 0 ? [] : [picture(of, addresses)];
  });
}

function picture(networks: readonly Network[], addresses: readonly Address[]): Html {
  const low = least([...networks.map(({ first }) => first), ...addresses.map(({ at }) => at)]);
  const high = most([...networks.map(({ last }) => last), ...addresses.map(({ at }) => at)]);
  const span = high - low === 0n ? 1n : high - low;
  const x = (at: bigint) => EDGE + Number(((at - low) * BigInt(WIDTH - 2 * EDGE)) / span);
  const height = 24 + (networks.length + addresses.length) * ROW;
  const says = addresses.map(
    ({ label, text, inside }) => `${label} ${text} ${inside ? 'inside' : 'outside every machine network'}`,
  );
  return html`<figure class="network"><div class="scroll" tabindex="0" role="region" aria-label="Machine networks and VIPs, scrollable"><svg width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${[...networks.map(({ text }) => `machine network ${text}`), ...says].join('; ')}">
${networks.map(({ text, first, last }, i) => {
  const from = x(first);
  const width = Math.max(6, x(last) - from);
  const right = from > WIDTH * 0.6;
  return html`<rect class="cidr" x="${from}" y="${i * ROW + 6}" width="${width}" height="20" rx="4"/><text x="${right ? from - 6 : from + width + 6}" y="${i * ROW + 20}" text-anchor="${right ? 'end' : 'start'}">${clip(visible(text), 50)}</text>`;
})}
${addresses.map(({ label, text, at, inside }, i) => {
  const place = x(at);
  const y = (networks.length + i) * ROW + 16;
  const right = place > WIDTH * 0.55;
  return html`<g class="vip ${inside ? 'inside' : 'outside'}"><line x1="${place}" x2="${place}" y1="2" y2="${y}"/><circle cx="${place}" cy="${y}" r="6"/><text x="${place + (right ? -12 : 12)}" y="${y + 4}" text-anchor="${right ? 'end' : 'start'}">${inside ? '✓' : '✗'} ${label} ${clip(visible(text), 45)}, ${inside ? 'inside' : 'outside'}</text></g>`;
})}
</svg></div><figcaption>${says.map((each) => html`<span>${each}. </span>`)}</figcaption></figure>`;
}

type Family = 'ipv4' | 'ipv6';

function parseAddress(text: string): { readonly family: Family; readonly value: bigint } | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return { family: address.kind(), value: bytesValue(address.toByteArray()) };
}

function parseNetwork(text: string): (Network & { readonly family: Family })[] {
  if (!ipaddr.isValidCIDR(text)) return [];
  const [address, bits] = ipaddr.parseCIDR(text);
  const bytes = address.toByteArray();
  const rest = BigInt(bytes.length * 8 - bits);
  const first = (bytesValue(bytes) >> rest) << rest;
  return [{ text, family: address.kind(), first, last: first + (1n << rest) - 1n }];
}

function bytesValue(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function least(values: readonly bigint[]): bigint {
  return values.toSorted(ascending)[0]!;
}

function most(values: readonly bigint[]): bigint {
  return values.toSorted(ascending).at(-1)!;
}

function ascending(a: bigint, b: bigint): number {
  return Number(a > b) - Number(a < b);
}
