import type { Notes } from '../../model/coverage.ts';
import type { Limits } from '../../model/limits.ts';
import type { ByteSink } from '../byte-sink.ts';
import type { Failure } from './byte-source.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { memberPath } from './member-path.ts';

/** A plain file that was found in an input, at whatever depth. */
export interface FoundFile {
  readonly path: string;
  /** Seconds since the epoch, as the archive states it. Absent for files on disk. */
  readonly mtime?: number;
  /** Where the file stands on disk, byte for byte. Absent for what was decompressed or is a member of an archive. */
  readonly disk?: string;
}

/** Says who takes the bytes of a file, by its path and its first bytes. */
export type Visit = (file: FoundFile, head: Uint8Array) => ByteSink;

/** Where a stream of bytes stands in the input. */
export interface Place {
  /** Path of the stream itself, used if it turns out to be a single file. */
  readonly path: string;
  /** What the paths of its members start with, if it turns out to be an archive. */
  readonly inside: string;
  /** Archives around it. */
  readonly depth: number;
  /** Compressions around it since the last archive. */
  readonly layers: number;
  readonly mtime?: number;
  /** The file on disk whose bytes the stream holds as they are. */
  readonly disk?: string;
}

/** Opens what stands at a place: recursion without a cycle of modules. */
export type Open = (reader: ChunkReader, place: Place, walk: Walk) => Promise<void>;

const EXAMPLES = 3;
const TOTAL_JUDGED_FROM = 1024 ** 3;

/** State of one walk over one input. */
export class Walk {
  readonly limits: Limits;
  readonly notes: Notes;
  /** Threads to work on, this one among them. */
  readonly jobs: number;
  readonly visit: Visit;
  readonly open: Open;
  /** A part of the input is missing or damaged. */
  truncated = false;
  readonly #budget: Budget;
  readonly #taken: Map<string, number>;
  readonly #oddities = new Map<string, { count: number; examples: string[] }>();

  constructor(given: {
    limits: Limits;
    notes: Notes;
    jobs?: number;
    visit: Visit;
    open: Open;
    budget: Budget;
    taken: Map<string, number>;
  }) {
    this.limits = given.limits;
    this.notes = given.notes;
    this.jobs = given.jobs ?? 1;
    this.visit = given.visit;
    this.open = given.open;
    this.#budget = given.budget;
    this.#taken = given.taken;
  }

  /** False once a limit on all inputs is met: then nothing more is to be opened. */
  mayGoOn(): boolean {
    return this.#budget.exceeded === undefined;
  }

  /** Counts a member and gives it the path under which it is reported. */
  member(inside: string, name: string): string {
    this.#budget.members++;
    this.#judge(this.#budget.members > this.limits.maxMembers, `more than ${this.limits.maxMembers} members`);
    const { path, changed } = memberPath(name);
    if (changed) this.odd('members have a name that is absolute, leaves the archive or holds control characters', path);
    return inside + path;
  }

  /** Makes the path of a plain file unique in the analysis. */
  unique(path: string): string {
    let copies = this.#taken.get(path) ?? 0;
    let free = path;
    if (copies > 0) {
      do free = `${path}#${++copies}`;
      while (this.#taken.has(free));
      this.#taken.set(free, 1);
    }
    this.#taken.set(path, Math.max(copies, 1));
    return free;
  }

  /** Bytes that may be read at once: the last of them shows that there are more than the limit allows. */
  get room(): number {
    return Math.max(this.limits.maxBytes - this.#budget.bytes, 0) + 1;
  }

  /** Counts decompressed bytes of plain files. */
  bytes(count: number): void {
    const budget = this.#budget;
    budget.bytes += count;
    const { maxBytes, maxRatio } = this.limits;
    this.#judge(budget.bytes > maxBytes, `more than ${maxBytes} bytes`);
    // Many small bombs together, or bombs in bombs: each stream by itself may stay below the ratio.
    const swollen = budget.bytes > TOTAL_JUDGED_FROM && budget.bytes > budget.read * maxRatio;
    this.#judge(swollen, `more than ${maxRatio} times their size`);
  }

  /** Counts the bytes of a plain file on disk that its sink reads by itself. */
  bytesOnDisk(count: number): void {
    this.#budget.read += count;
    this.bytes(count);
  }

  /** Something that archives hold by the thousand: noted once, with its count and a few examples. */
  odd(what: string, path: string): void {
    const known = this.#oddities.get(what) ?? { count: 0, examples: [] };
    known.count++;
    if (known.examples.length < EXAMPLES) known.examples.push(path);
    this.#oddities.set(what, known);
  }

  /** A container or file that could be read in part only. */
  broken(path: string, failure: Failure): void {
    this.truncated = true;
    this.notes.skip(path, `read in part: ${failure.detail}`);
  }

  /** Writes the aggregated notes. */
  finish(input: string): void {
    for (const [what, { count, examples }] of this.#oddities) {
      const more = count > examples.length ? ', …' : '';
      this.notes.note(`${input}: ${count} ${what} (${examples.join(', ')}${more})`);
    }
  }

  #judge(exceeded: boolean, what: string): void {
    if (!exceeded || this.#budget.exceeded !== undefined) return;
    this.#budget.exceeded = what;
    this.truncated = true;
    this.notes.note(`The inputs hold ${what}; what comes after that limit was not read.`);
  }
}

/** What all inputs of one analysis may use together. */
export interface Budget {
  members: number;
  /** Of plain files, decompressed. */
  bytes: number;
  /** As the inputs stand on disk or come from standard input. */
  read: number;
  exceeded: string | undefined;
}
