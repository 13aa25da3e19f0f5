import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import type { ReadContext } from '../byte-sink.ts';
import { EntryOutput } from '../lines/transcode/entry-output.ts';
import type { EntryScan } from './entry-scan.ts';
import { handOut, JournalFile } from './journal-file.ts';
import type { SeenFiles } from './journal-set.ts';
import type { MemoryBytes } from './paged-bytes.ts';

const MiB = 1024 * 1024;
const CACHE_BYTES = 64 * MiB;

/**
 * Reads a journal too large to be held in memory, as its bytes come in. Fields are written before the entries that point to
 * them; one that was written so long before that it has been forgotten is missing in the entry, and counted.
 */
export class StreamedJournal {
  readonly #source: Source;
  readonly #bytes: MemoryBytes;
  readonly #kept: number;
  readonly #context: ReadContext;
  readonly #file: JournalFile | string;
  readonly #scan: EntryScan | undefined;
  readonly #sink: LineSink;
  readonly #output: EntryOutput;
  readonly #seen: SeenFiles;
  readonly #before: number;
  #found = 0;
  #known = 0;
  #last = 0;

  /** `bytes` holds the start of the journal, up to `kept` bytes of it. */
  constructor(source: Source, bytes: MemoryBytes, kept: number, sink: LineSink, context: ReadContext, seen: SeenFiles) {
    this.#source = source;
    this.#bytes = bytes;
    this.#kept = kept;
    this.#context = context;
    this.#seen = seen;
    this.#sink = sink;
    this.#output = new EntryOutput(source, sink);
    this.#file = JournalFile.open(bytes, { ...this.#output.reading, cacheBytes: CACHE_BYTES });
    const isOpen = typeof this.#file === 'object';
    this.#scan = isOpen ? (this.#file as JournalFile).scan() : undefined;
    this.#before = isOpen ? seen.last((this.#file as JournalFile).header.fileId) : 0;
  }

  write(chunk: Uint8Array): void {
    this.#bytes.write(chunk);
    this.#read(true);
    this.#bytes.drop(Math.min(this.#bytes.size - this.#kept, this.#scan?.at ?? this.#bytes.size));
  }

  /** Returns how many entries were read. */
  end(): number {
    this.#read(false);
    const { path } = this.#source;
    if (typeof this.#file === 'string') this.#context.notes.skip(path, `binary systemd journal: ${this.#file}`);
    else {
      for (const text of this.#file.damage(this.#found)) this.#context.notes.note(`${path}: ${text}`);
      if (this.#known > 0)
        this.#context.notes.note(`${path}: ${this.#known} entries are also in a copy that was read before`);
      this.#context.notes.note(
        `${path}: larger than ${this.#kept} bytes, so it was read without its index and not merged`,
      );
      this.#seen.read(this.#file.header.fileId, this.#last);
    }
    this.#output.flush();
    this.#sink.end();
    this.#context.summary(this.#output.summary('journal-binary', this.#output.count));
    return this.#output.count;
  }

  #read(isGrowing: boolean): void {
    const file = this.#file;
    if (typeof file === 'string' || this.#scan === undefined) return;
    this.#scan.extend(isGrowing);
    for (let head = this.#scan.next(); head !== undefined; head = this.#scan.next()) {
      this.#found++;
      this.#last = head.sequence;
      if (head.sequence <= this.#before) this.#known++;
      else handOut(file, head, this.#output);
    }
  }
}
