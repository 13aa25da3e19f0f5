import type { LogLine } from '../../../model/log-line.ts';
import type { Stamp } from '../../../model/time.ts';
import { cleaned, type SourceDecoder } from '../decoder.ts';
import { type HostPosition, hostEnd } from './host-position.ts';

const LONGEST_HOST = 253;
const MOST_HOSTS = 4096;
const HEAD = 1024;
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
  readonly #touched = new Set<HostTimes>();
  #name: Buffer = Buffer.alloc(0);
  #current: HostTimes | undefined;

  constructor(position: HostPosition, decoder: SourceDecoder) {
    this.#position = position;
    this.#decoder = decoder;
  }

  /** The host that wrote the line, or undefined where the line names none. */
  line(bytes: Buffer, start: number, end: number): HostTimes | undefined {
    const at = this.#position(bytes, start, end);
    if (at < 0) return undefined;
    if (!this.#isSame(bytes, at)) {
      const to = hostEnd(bytes, at, Math.min(end, at + LONGEST_HOST));
      if (to < 0) return undefined;
      const known = this.#find(bytes, at, to, start, end);
      if (known === undefined) return undefined;
      this.#current = known;
      this.#name = Buffer.from(bytes.subarray(at, to));
      this.#touched.add(known);
    }
    const host = this.#current!;
    host.lastStart = start;
    host.lastEnd = end;
    return host;
  }

  /** Reads the times of the hosts' last lines before the region's bytes go away. */
  leave(bytes: Buffer): void {
    for (const host of this.#touched) {
      host.last = this.#decode(bytes, host.lastStart, host.lastEnd)?.at ?? host.last;
      host.lastStart = -1;
    }
    this.#touched.clear();
    this.#name = Buffer.alloc(0);
  }

  get hosts(): HostTimes[] {
    return [...this.#hosts.values()].filter((host) => host !== undefined);
  }

  #isSame(bytes: Buffer, at: number): boolean {
    const name = this.#name;
    const length = name.length;
    if (length === 0 || bytes[at + length] !== 32) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== name[i]) return false;
    return true;
  }

  #find(bytes: Buffer, at: number, to: number, start: number, end: number): HostTimes | undefined {
    const name = bytes.toString('latin1', at, to);
    if (this.#hosts.has(name) || this.#hosts.size >= MOST_HOSTS) return this.#hosts.get(name);
    const line = this.#decode(bytes, start, end);
    const isHost =
      line !== undefined && line.host === name && HOST_NAME.test(name) && (line.identifier ?? line.at) !== undefined;
    const host = isHost ? { host: name, first: line.at, last: line.at, lastStart: start, lastEnd: end } : undefined;
    this.#hosts.set(name, host);
    return host;
  }

  #decode(bytes: Buffer, start: number, end: number): LogLine | undefined {
    return this.#decoder.parse(cleaned(bytes.toString('latin1', start, Math.min(end, start + HEAD))));
  }
}
