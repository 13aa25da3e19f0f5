import type { IncomingMessage } from 'node:http';
import { Refusal } from './respond.ts';

/**
 * Turns down what no page of this site would send. A page of another site can make a browser send requests here, and by
 * DNS rebinding even under a name of its own: so the Host header must be one of ours, and whatever changes something must
 * come from here.
 * @throws Refusal
 */
export function guard(request: IncomingMessage, hosts: ReadonlySet<string>): void {
  const host = (request.headers.host ?? '').toLowerCase();
  if (!hosts.has(host)) throw new Refusal(421, 'this server is not known by that name (see --allow-host)');
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (request.method !== 'POST') throw new Refusal(405, 'this method is not supported');
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`)
    throw new Refusal(403, 'this comes from another site');
  if (site !== undefined && site !== 'same-origin') throw new Refusal(403, 'this comes from another site');
  // A browser always says where a POST comes from; what is no browser has to say that it means it.
  if (origin === undefined && request.headers['x-file-name'] === undefined)
    throw new Refusal(403, 'an Origin header is missing');
}

/** Names by which the server is reached, with its port. */
export function hostsOf(address: string, port: number, allowed: readonly string[]): Set<string> {
  const names = ['localhost', '127.0.0.1', '[::1]', address.includes(':') ? `[${address}]` : address, ...allowed];
  return new Set(
    names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]).map((name) => name.toLowerCase()),
  );
}
