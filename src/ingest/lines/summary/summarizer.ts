import type { SourceSummary } from '../../../model/ingest.ts';
import { countNewlines } from '../../../model/newlines.ts';
import type { Source } from '../../../model/source.ts';
import type { Interval, Stamp } from '../../../model/time.ts';
import { cleaned, type SourceDecoder } from '../decoder.ts';
import { holdsKernel } from '../formats.ts';
import { bootEnd, TAIL_BYTES, toldEnd } from './boot-end.ts';
import { BootList, type EndBefore } from './boots.ts';
import { ConsoleHost, mayNameItself } from './console-host.ts';
import { hostPosition } from './host-position.ts';
import { type HostTimes, HostTracker } from './hosts.ts';
import { kernelLines } from './kernel-lines.ts';
import { type LogZone, markerOf, union, zoneIn } from './markers.ts';
import { Direction, earliest, latest, nearestYear } from './order.ts';
import { quotedTime } from './quoted-time.ts';
import { type Edge, ReversedBoots } from './reversed-boots.ts';

const EMPTY = Buffer.alloc(0);
const HEAD = 1024;
const FIRST_LINES = 50;
/** A journal line in so many bytes is decoded for the year that it may quote; more often in the first region. */
const SAMPLE_EVERY = 8192;
const SAMPLE_FIRST = 1024;
/** So many of the first lines are decoded for the direction, which short logs tell by nothing else. */
const DIRECTION_LINES = 64;

/** Watches the regions of a log go by and says at the end what it was. */
export class Summarizer {
  readonly #source: Source;
  readonly #decoder: SourceDecoder;
  readonly #hosts: HostTracker | undefined;
  readonly #consoleHost: ConsoleHost | undefined;
  readonly #boots: BootList;
  /** Of a log of one host. */
  readonly #reversed: ReversedBoots | undefined;
  readonly #holdsKernel: boolean;
  #lines = 0;
  #first: Stamp | undefined;
  #last: Stamp | undefined;
  #header: Interval | undefined;
  #zone: LogZone | undefined;
  #quoted: number | undefined;
  readonly #direction = new Direction();
  #sampleFrom = 0;
  #hostName: string | undefined;
  /** The end of what has been read. */
  #tail: Buffer = EMPTY;

  constructor(source: Source, decoder: SourceDecoder) {
    this.#source = source;
    this.#decoder = decoder;
    const position = hostPosition(decoder.format);
    this.#hosts = position && new HostTracker(position, decoder);
    this.#consoleHost = mayNameItself(source) ? new ConsoleHost() : undefined;
    this.#boots = new BootList(source.merged === true, decoder.runs.isWatched);
    this.#holdsKernel = holdsKernel(decoder.format);
    if (source.merged !== true && this.#holdsKernel)
      this.#reversed = new ReversedBoots((text) => decoder.parse(text), source.host);
  }

  /** Newlines seen so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Reads `bytes[0, end)`. The decoder must have entered the region. */
  region(bytes: Buffer, end: number): void {
    if (this.#first === undefined) this.#first = this.#firstStamp(bytes, end);
    if (this.#lines === 0) this.#reversed?.add({ line: 0, by: 'start', run: this.#decoder.runs.at(0) }, bytes, 0, end);
    else this.#reversed?.region(bytes, end);
    if (this.#holdsKernel) {
      kernelLines(bytes, end, this.#decoder, this.#boots, this.#lines, this.#source.host, (start, line) => {
        this.#edge({ line, by: 'kernel', began: this.#stampAt(bytes, start, end) }, bytes, start, end);
        return this.#endBefore(bytes, start, line);
      });
    }
    this.#consoleHost?.region(bytes, end);
    if (this.#hosts === undefined) this.#lines += countNewlines(bytes, 0, end);
    else this.#everyLine(this.#hosts, bytes, end);
    this.#spoke(this.#decoder.leave(end)?.at);
    if (this.#holdsKernel) this.#keepTail(bytes, end);
  }

  finish(unended: boolean, format: string = this.#decoder.format): SourceSummary {
    this.#boots.ended(this.#endBefore(EMPTY, 0, this.#lines + (unended ? 2 : 1)));
    const hosts = this.#hosts?.hosts ?? [];
    const [first, last] = this.#ends(hosts);
    const header = this.#header ?? this.#quotedHeader(last);
    const own = this.#consoleHost?.host ?? this.#source.host;
    const named =
      hosts.length === 0 && own !== undefined ? [{ host: own, first, last }] : hosts.map((host) => this.#inTime(host));
    return {
      source: this.#source,
      format,
      lines: this.#lines + (unended ? 1 : 0),
      ...(first !== undefined && { first }),
      ...(last !== undefined && { last }),
      ...(header !== undefined && { header }),
      ...(this.#zone !== undefined && { zone: this.#zone }),
      hosts: named.map((host) => ({
        host: host.host,
        ...(host.first !== undefined && { first: host.first }),
        ...(host.last !== undefined && { last: host.last }),
      })),
      boots: this.#shownBoots(first),
    };
  }

  #spoke(at: Stamp | undefined): void {
    const isMonotonic = at?.clock === 'monotonic';
    this.#last = isMonotonic ? at : latest([this.#last, at]);
    if (!isMonotonic) this.#first = earliest([this.#first, at]);
  }

  #ends(hosts: readonly HostTimes[]): [first: Stamp | undefined, last: Stamp | undefined] {
    if (this.#last?.clock === 'monotonic') {
      const { first, last } = this.#inTime({ first: this.#first, last: this.#last });
      return [first, last];
    }
    const inTime = hosts.map((host) => this.#inTime(host));
    return [
      earliest(inTime.map((host) => host.first)) ?? this.#first,
      latest(inTime.map((host) => host.last)) ?? this.#last,
    ];
  }

  #shownBoots(first: Stamp | undefined): SourceSummary['boots'] {
    const shown = this.#boots.list();
    if (this.#reversed === undefined || !this.#isReversed(this.#last)) return shown;
    return this.#decoder.runs.isWatched ? this.#reversed.withEnds(shown) : this.#reversed.list(first);
  }

  #isReversed(last: Stamp | undefined): boolean {
    return last?.clock === 'monotonic' ? this.#decoder.runs.isReversed : this.#direction.isReversed;
  }

  /** The file's order decides, which may be the newest first: time since boot starts again at each boot, and clocks are set. */
  #inTime<T extends Pick<HostTimes, 'first' | 'last'>>(ends: T): T {
    return this.#isReversed(ends.last) ? { ...ends, first: ends.last, last: ends.first } : ends;
  }

  /** Without a header, full times that the lines quote tell the year of the last one. */
  #quotedHeader(last: Stamp | undefined): Interval | undefined {
    if (this.#quoted === undefined || last?.clock !== 'yearless') return undefined;
    const to = Math.max(this.#quoted, nearestYear(last.micros, this.#quoted) ?? this.#quoted);
    return { from: Math.min(this.#quoted, to), to };
  }

  #firstStamp(bytes: Buffer, end: number): Stamp | undefined {
    let start = 0;
    for (let line = 0; line < FIRST_LINES && start < end; line++) {
      const text = cleaned(lineHead(bytes, start, end));
      const stamp = this.#decoder.parse(text, start)?.at;
      if (stamp !== undefined) {
        if (this.#decoder.format === 'journal-short-full') this.#zone ??= zoneIn(text.slice(0, 64));
        return stamp;
      }
      start = lineEnd(bytes, start, end) + 1;
    }
    return undefined;
  }

  #everyLine(hosts: HostTracker, bytes: Buffer, end: number): void {
    this.#sampleFrom = 0;
    const every = this.#lines === 0 ? SAMPLE_FIRST : SAMPLE_EVERY;
    for (let start = 0; start < end; ) {
      const newline = bytes.indexOf(10, start);
      const stop = newline < 0 || newline >= end ? end : newline;
      const host = hosts.line(bytes, start, stop);
      if (host !== undefined) {
        this.#hostName = host.host;
        if (this.#boots.isWaiting) this.#boots.spoke(host.host, () => this.#stampAt(bytes, start, stop));
      } else if (bytes[start] === 45 && bytes[start + 1] === 45)
        this.#marker(lineHead(bytes, start, stop), bytes, start, end);
      // Lines without a host, as `--no-hostname` prints them, quote times as well.
      if (start >= this.#sampleFrom && bytes[start] !== 45) {
        this.#sample(bytes, start, stop);
        this.#sampleFrom = start + every;
      }
      if (this.#lines < DIRECTION_LINES) this.#step(bytes, start, stop);
      if (stop < end) this.#lines++;
      start = stop + 1;
    }
    hosts.leave(bytes);
  }

  /** How boots ended whose last lines stand before `bytes[start]`, which starts the line numbered `line`. */
  #endBefore(bytes: Buffer, start: number, line: number): EndBefore {
    return (host) => {
      const own = bytes.toString('latin1', Math.max(0, start - TAIL_BYTES), start);
      const tail = own.length < TAIL_BYTES ? this.#tail.toString('latin1') + own : own;
      return toldEnd(bootEnd(tail, line, host), (text) => this.#decoder.parse(text, start - 1));
    };
  }

  #edge(edge: Omit<Edge, 'run'>, bytes: Buffer, start: number, end: number): void {
    const next = Math.min(end, lineEnd(bytes, start, end) + 1);
    this.#reversed?.add({ ...edge, run: this.#decoder.runs.at(next) }, bytes, next, end);
  }

  #keepTail(bytes: Buffer, end: number): void {
    const kept = Buffer.from(bytes.subarray(Math.max(0, end - TAIL_BYTES), end));
    this.#tail = kept.length < TAIL_BYTES ? Buffer.concat([this.#tail, kept]).subarray(-TAIL_BYTES) : kept;
  }

  #stampAt(bytes: Buffer, start: number, end: number): Stamp | undefined {
    return this.#decoder.parse(lineHead(bytes, start, end), start)?.at;
  }

  #step(bytes: Buffer, start: number, end: number): void {
    const at = this.#stampAt(bytes, start, end);
    if (at !== undefined) this.#direction.add(at);
  }

  #sample(bytes: Buffer, start: number, end: number): void {
    const line = this.#decoder.parse(lineHead(bytes, start, end));
    if (line?.at !== undefined && this.#lines >= DIRECTION_LINES) this.#direction.add(line.at);
    const quoted = line && quotedTime(line);
    if (quoted !== undefined) this.#quoted = Math.max(quoted, this.#quoted ?? quoted);
  }

  #marker(line: string, bytes: Buffer, start: number, end: number): void {
    const marker = markerOf(line);
    if (marker?.type === 'header') {
      this.#header = union(this.#header, marker.interval);
      this.#zone = marker.zone ?? this.#zone;
    }
    if (marker?.type === 'boot') {
      const before = this.#endBefore(bytes, start, this.#lines + 1);
      const began = this.#reversed && before(undefined).last?.at;
      this.#edge({ line: this.#lines + 1, by: 'marker', id: marker.id, began }, bytes, start, end);
      this.#boots.marker(this.#hostName, marker.id, this.#lines + 1, before, this.#decoder.runs.at(start));
    }
  }
}

function lineEnd(bytes: Buffer, start: number, end: number): number {
  const newline = bytes.indexOf(10, start);
  return newline < 0 || newline > end ? end : newline;
}

function lineHead(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, Math.min(lineEnd(bytes, start, end), start + HEAD));
}
