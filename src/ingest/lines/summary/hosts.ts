import type { LogLine } from '../../../model/log-line.ts';
import type { Stamp } from '../../../model/time.ts';
import { cleaned, type SourceDecoder } from '../decoder.ts';
import { type HostPosition, hostEnd } from './host-position.ts';

const LONGEST_HOST = 253;
const MOST_HOSTS = 4096;
const HEAD = 1024;
const RECENT_HOSTS = 8;
const HOST_NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/;

export interface HostTimes {
  readonly host: string;
  first: Stamp | undefined;
  last: Stamp | undefined;
  /** Start and end of its last line in the region being read; -1 where it has none there. */
  lastStart: number;
  lastEnd: number;
}

/**
 * Follows which host wrote each line. Exact, not sampled: in the masters' merged logs whole hosts are drained one after
 * the other at the change of the month, so a host's last line may stand anywhere. One comparison of bytes a line, and a
 * line is decoded only where a host is new or a region ends.
 */
export class HostTracker {
  readonly #position: HostPosition;
  readonly #decoder: SourceDecoder;
  readonly #hosts = new Map<string, HostTimes | undefined>();
  readonly #recent: { readonly name: Buffer; readonly host: HostTimes }[] = [];
  #touched: HostTimes[] = [];

  constructor(position: HostPosition, decoder: SourceDecoder) {
    this.#position = position;
    this.#decoder = decoder;
  }

  /** The host that wrote the line, or undefined where the line names none. */
  line(bytes: Buffer, start: number, end: number): HostTimes | undefined {
    const at = this.#position(bytes, start, end);
    if (at < 0) return undefined;
    const host = this.#known(bytes, at) ?? this.#looked(bytes, at, start, end);
    if (host === undefined) return undefined;
    if (host.lastStart < 0) this.#touched.push(host);
    host.lastStart = start;
    host.lastEnd = end;
    return host;
  }

  /** A host of the last few; logs merged of several hosts change from line to line. */
  #known(bytes: Buffer, at: number): HostTimes | undefined {
    for (const recent of this.#recent) if (isName(recent.name, bytes, at)) return recent.host;
    return undefined;
  }

  #looked(bytes: Buffer, at: number, start: number, end: number): HostTimes | undefined {
    const to = hostEnd(bytes, at, Math.min(end, at + LONGEST_HOST));
    if (to < 0) return undefined;
    const host = this.#find(bytes, at, to, start, end);
    if (host === undefined) return undefined;
    this.#recent.unshift({ name: Buffer.from(bytes.subarray(at, to)), host });
    if (this.#recent.length > RECENT_HOSTS) this.#recent.pop();
    return host;
  }

  /** Reads the times of the hosts' last lines before the region's bytes go away. */
  leave(bytes: Buffer): void {
    for (const host of this.#touched) {
      host.last = this.#decode(bytes, host.lastStart, host.lastEnd)?.at ?? host.last;
      host.lastStart = -1;
    }
    this.#touched = [];
  }

  /** A host that has not yet got its name is left out where named ones follow. */
  get hosts(): HostTimes[] {
    const all = [...new Set(this.#hosts.values())].filter((host) => host !== undefined);
    const named = all.filter((host) => !host.host.startsWith('localhost'));
    return named.length > 0 ? named : all;
  }

  #find(bytes: Buffer, at: number, to: number, start: number, end: number): HostTimes | undefined {
    const name = bytes.toString('latin1', at, to);
    if (this.#hosts.has(name) || this.#hosts.size >= MOST_HOSTS) return this.#hosts.get(name);
    const line = this.#decode(bytes, start, end);
    const isHost = line?.host !== undefined && HOST_NAME.test(name) && (line.identifier ?? line.at) !== undefined;
    const host = isHost ? this.#named(line) : undefined;
    this.#hosts.set(name, host);
    return host;
  }

  /** The decoder may know a host by another name than its line does. */
  #named(line: LogLine): HostTimes {
    const known = [...this.#hosts.values()].find((host) => host?.host === line.host);
    return known ?? { host: line.host!, first: line.at, last: line.at, lastStart: -1, lastEnd: -1 };
  }

  #decode(bytes: Buffer, start: number, end: number): LogLine | undefined {
    return this.#decoder.parse(cleaned(bytes.toString('latin1', start, Math.min(end, start + HEAD))), start);
  }
}

function isName(name: Buffer, bytes: Buffer, at: number): boolean {
  const length = name.length;
  if (bytes[at + length] !== 32) return false;
  for (let i = length - 1; i >= 0; i--) if (bytes[at + i] !== name[i]) return false;
  return true;
}
