import { closeSync, fstatSync, openSync } from 'node:fs';
import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import type { ReadContext } from '../byte-sink.ts';
import { EntryOutput } from '../lines/transcode/entry-output.ts';
import { readHeader } from './header.ts';
import { handOut, JournalFile } from './journal-file.ts';
import { mergeJournals, type Part } from './merge.ts';
import { FileBytes, type MemoryBytes, type PagedBytes } from './paged-bytes.ts';

const MiB = 1024 * 1024;
/** Memory for pages and for shared fields, each, of all journals of a set together, and of each at least and at most. */
const CACHE_BYTES = 64 * MiB;
const LEAST_CACHE = MiB / 2;
const MOST_CACHE = 16 * MiB;

/** One journal of a set. */
export interface Member {
  readonly source: Source;
  /** Its bytes, or where they stand on disk. */
  readonly content: MemoryBytes | { readonly disk: string };
  /** Told how many entries were read. */
  readonly done: (entries: number) => void;
}

/** What was read of journal files before, so that copies in other places are not read twice. */
export class SeenFiles {
  readonly #last = new Map<string, number>();

  /** Sequence number of the last entry that was read of the file of this id. */
  last(fileId: string): number {
    return this.#last.get(fileId) ?? 0;
  }

  read(fileId: string, sequence: number): void {
    if (sequence > this.last(fileId)) this.#last.set(fileId, sequence);
  }
}

/** Reads journals of one directory as one, merged; each entry goes to the sink of the file it stands in. */
export function readJournalSet(
  members: readonly Member[],
  log: (source: Source) => LineSink,
  context: ReadContext,
  seen: SeenFiles,
): void {
  const share = CACHE_BYTES / members.length;
  const cacheBytes = Math.min(Math.max(share, LEAST_CACHE), MOST_CACHE);
  const parts = members.flatMap((member) => partOf(member, log, context, seen, cacheBytes) ?? []);
  mergeJournals(parts);
  for (const part of parts) part.finish();
}

class MemberPart implements Part {
  readonly headRealtime: number;
  readonly headSequence: number;
  readonly sequenceId: string;
  readonly #member: Member;
  readonly #sink: LineSink;
  readonly #output: EntryOutput;
  readonly #context: ReadContext;
  readonly #seen: SeenFiles;
  readonly #cacheBytes: number;
  readonly #fileId: string;
  readonly #before: number;
  #fd: number | undefined;
  #known = 0;
  #lastSequence = 0;
  #damage: readonly string[] = [];

  constructor(
    member: Member,
    header: Pick<Part, 'headRealtime' | 'headSequence' | 'sequenceId'> & { readonly fileId: string },
    sink: LineSink,
    shared: { context: ReadContext; seen: SeenFiles; cacheBytes: number },
  ) {
    this.headRealtime = header.headRealtime;
    this.headSequence = header.headSequence;
    this.sequenceId = header.sequenceId;
    this.#fileId = header.fileId;
    this.#member = member;
    this.#sink = sink;
    this.#output = new EntryOutput(member.source, sink);
    this.#context = shared.context;
    this.#seen = shared.seen;
    this.#cacheBytes = shared.cacheBytes;
    this.#before = shared.seen.last(header.fileId);
  }

  open(): JournalFile | undefined {
    const bytes = this.#bytes();
    const file = bytes && JournalFile.open(bytes, { ...this.#output.reading, cacheBytes: this.#cacheBytes });
    return typeof file === 'object' ? file : undefined;
  }

  take(file: JournalFile, head: NonNullable<JournalFile['head']>): void {
    this.#lastSequence = head.sequence;
    if (head.sequence <= this.#before) {
      this.#known++;
      return;
    }
    handOut(file, head, this.#output);
  }

  close(file: JournalFile): void {
    this.#damage = file.damage();
    this.#seen.read(this.#fileId, this.#lastSequence);
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  finish(): void {
    const { path } = this.#member.source;
    for (const text of this.#damage) this.#context.notes.note(`${path}: ${text}`);
    if (this.#known > 0)
      this.#context.notes.note(`${path}: ${this.#known} entries are also in a copy that was read before`);
    this.#output.flush();
    this.#sink.end();
    this.#context.summary(this.#output.summary('journal-binary', this.#output.count));
    this.#member.done(this.#output.count);
  }

  #bytes(): PagedBytes | undefined {
    const { content } = this.#member;
    if (!('disk' in content)) return content;
    try {
      this.#fd = openSync(content.disk, 'r');
      return new FileBytes(this.#fd, fstatSync(this.#fd).size, this.#cacheBytes);
    } catch {
      return undefined;
    }
  }
}

/** Looks at a member's header; a member without a usable one is left out with a note. */
function partOf(
  member: Member,
  log: (source: Source) => LineSink,
  context: ReadContext,
  seen: SeenFiles,
  cacheBytes: number,
): MemberPart | undefined {
  const header = headerOf(member);
  if (typeof header !== 'string') {
    return new MemberPart(member, header, log(member.source), { context, seen, cacheBytes });
  }
  context.notes.skip(member.source.path, `binary systemd journal: ${header}`);
  member.done(0);
  return undefined;
}

function headerOf({ content }: Member): ReturnType<typeof readHeader> {
  if (!('disk' in content)) return readHeader(content);
  let fd: number | undefined;
  try {
    fd = openSync(content.disk, 'r');
    return readHeader(new FileBytes(fd, fstatSync(fd).size, 0));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
