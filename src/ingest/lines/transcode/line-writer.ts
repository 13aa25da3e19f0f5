import type { SourceSummary } from '../../../model/ingest.ts';
import type { LineSink } from '../../../model/log-line.ts';
import type { Source } from '../../../model/source.ts';
import { type Micros, SECOND, type Stamp } from '../../../model/time.ts';
import { REGION_BYTES } from '../buffer-pool.ts';
import { SourceDecoder } from '../decoder.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { OriginList } from '../origins.ts';
import { absolute } from '../parse/log-line.ts';
import { bootEnd, TAIL_BYTES } from '../summary/boot-end.ts';
import { BootList } from '../summary/boots.ts';
import type { EntryOrigin, JournalEntry } from './journal-entry.ts';

const NEWLINE = 10;
const FLUSH_AT = REGION_BYTES - 32 * 1024;
const MOST_HOSTS = 4096;
const LONGEST_LAST = 1024;

/**
 * Writes journal entries as lines of the short-iso-precise form, so that literals and patterns see what journalctl prints:
 *
 *     2024-12-03T20:00:00.123789Z master-2 kubenswrapper[2511]: I1203 20:00:00.123456 …
 *
 * Each further line of a message gets the same prefix and, unless `isMultiline`, the same origin.
 */
export class LineWriter {
  readonly #source: Source;
  readonly #sink: LineSink;
  readonly #decoder: SourceDecoder;
  readonly #out = new GrowingBytes();
  readonly #origins = new OriginList();
  readonly #hosts = new Map<string, { first: Micros; last: Micros }>();
  readonly #boots = new BootList(true);
  readonly #bootsSeen = new Set<string>();
  /** Host and time of the entry before: an entry without its own gets them. */
  #host: string;
  #rawHost: string | undefined;
  #time: Micros | undefined;
  #first: Micros | undefined;
  #last: Micros | undefined;
  /** The boot of the entry before, when that was, and where it stands. */
  #boot: string | undefined;
  #bootLast: Micros | undefined;
  #lastOrigin: EntryOrigin | undefined;
  /** Where the boot starts in what has not been handed out yet. */
  #bootStart = 0;
  /** The boot's last lines in what has been handed out. */
  #tail = '';
  #second = Number.NaN;
  #secondText = '';

  constructor(source: Source, sink: LineSink) {
    this.#source = source;
    this.#sink = sink;
    this.#decoder = new SourceDecoder('journal-short-iso-precise', source);
    this.#host = word(source.host ?? 'localhost');
  }

  entry(entry: JournalEntry, origin: EntryOrigin): void {
    const at = entry.realtime ?? this.#time;
    this.#time = at;
    const host = this.#hostOf(entry);
    this.#noteTimes(entry, host, origin);
    const prefix = `${at === undefined ? '' : `${this.#timeText(at)} `}${host} ${writer(entry)}: `;
    for (const message of entry.messages) this.#message(prefix, message, origin);
    if (this.#out.end >= FLUSH_AT) this.flush();
  }

  /** Hands out what has been written. */
  flush(): void {
    if (this.#out.end === 0) return;
    const { bytes, end } = this.#out;
    this.#decoder.enter(bytes, 0, end);
    this.#sink.region({ bytes, start: 0, end, linesBefore: 0, origins: this.#origins.origins() }, this.#decoder);
    this.#tail = bytes.toString('utf8', Math.max(this.#bootStart, end - TAIL_BYTES), end);
    this.#bootStart = 0;
    this.#out.clear();
    this.#origins.clear();
  }

  /** What the log was; `lines` are those of the original file. */
  summary(format: string, lines: number): SourceSummary {
    this.#endBoot();
    return {
      source: this.#source,
      format,
      lines,
      ...(this.#first !== undefined && { first: absolute(this.#first) }),
      ...(this.#last !== undefined && { last: absolute(this.#last) }),
      hosts: [...this.#hosts].map(([host, { first, last }]) => ({
        host,
        first: absolute(first),
        last: absolute(last),
      })),
      boots: this.#boots.list(),
    };
  }

  /** Early in its boot a host calls itself localhost. */
  #hostOf(entry: JournalEntry): string {
    if (entry.host === undefined || (entry.host.startsWith('localhost') && this.#source.host !== undefined))
      return this.#host;
    if (entry.host !== this.#rawHost) {
      this.#rawHost = entry.host;
      this.#host = word(entry.host);
    }
    return this.#host;
  }

  #message(prefix: string, message: string | Uint8Array, origin: EntryOrigin): void {
    const bytes = typeof message === 'string' ? Buffer.from(message) : message;
    let line = origin.line;
    for (let start = 0; start === 0 || start < bytes.length; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline < 0 ? bytes.length : newline;
      this.#out.text(prefix);
      this.#out.copy(bytes, start, end);
      this.#out.byte(NEWLINE);
      this.#origins.add(line, origin.offset);
      if (origin.isMultiline === true) line++;
      start = end + 1;
    }
  }

  #noteTimes(entry: JournalEntry, host: string, origin: EntryOrigin): void {
    const at = entry.realtime;
    if (at === undefined) return;
    if (this.#first === undefined || at < this.#first) this.#first = at;
    if (this.#last === undefined || at > this.#last) this.#last = at;
    const times = this.#hosts.get(host);
    if (times === undefined) {
      if (this.#hosts.size < MOST_HOSTS) this.#hosts.set(host, { first: at, last: at });
    } else {
      if (at < times.first) times.first = at;
      if (at > times.last) times.last = at;
    }
    if (entry.bootId !== undefined) this.#noteBoot(entry.bootId, host, at, entry.monotonic, origin.line);
    this.#lastOrigin = origin;
  }

  #noteBoot(id: string, host: string, at: Micros, monotonic: number | undefined, line: number): void {
    if (id !== this.#boot) {
      this.#endBoot();
      this.#tail = '';
      this.#bootStart = this.#out.end;
    }
    this.#boot = id;
    this.#bootLast = at;
    if (this.#bootsSeen.has(id) || this.#bootsSeen.size >= MOST_HOSTS) return;
    this.#bootsSeen.add(id);
    const start: Stamp = absolute(monotonic === undefined ? at : at - monotonic);
    this.#boots.known(host, id, start, line);
  }

  /** The entries go on with another boot, or end. */
  #endBoot(): void {
    const origin = this.#lastOrigin;
    if (this.#boot === undefined || origin === undefined) return;
    const own = this.#out.bytes.toString('utf8', Math.max(this.#bootStart, this.#out.end - TAIL_BYTES), this.#out.end);
    const { ending, last } = bootEnd(own.length < TAIL_BYTES ? this.#tail + own : own, 0);
    this.#boots.endedKnown(this.#boot, {
      ...(ending !== undefined && { ending }),
      ...(last !== undefined && {
        last: {
          text: last.text.slice(0, LONGEST_LAST),
          line: origin.line,
          ...(origin.offset !== undefined && { offset: origin.offset }),
          ...(this.#bootLast !== undefined && { at: absolute(this.#bootLast) }),
        },
      }),
    });
  }

  #timeText(at: Micros): string {
    const second = Math.floor(at / SECOND);
    if (second !== this.#second) {
      this.#second = second;
      this.#secondText = isoSecond(second);
    }
    return `${this.#secondText}.${String(at - second * SECOND).padStart(6, '0')}Z`;
  }
}

/** Times past the year 9999 come from hostile input and are clamped. */
function isoSecond(second: number): string {
  return new Date(Math.min(second, 253_402_300_799) * 1000).toISOString().slice(0, 19);
}

function writer(entry: JournalEntry): string {
  const identifier = word(entry.identifier ?? entry.unit?.replace(/\.service$/, '') ?? 'unknown');
  return entry.pid !== undefined && /^\d{1,10}$/.test(entry.pid) ? `${identifier}[${entry.pid}]` : identifier;
}

/** A name that cannot be taken for anything but one word of the prefix. */
function word(text: string): string {
  const short = text.length > 128 ? text.slice(0, 128) : text;
  return /^[\w.@/+-]+$/.test(short) ? short : short.replace(/[\s[\]:\x00-\x1f]+/g, '_') || 'unknown';
}
