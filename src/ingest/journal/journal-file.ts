import type { ByteWriter } from '../../model/byte-writer.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { EntryOutput } from '../lines/transcode/entry-output.ts';
import { KEPT_FIELDS } from '../lines/transcode/journal-entry.ts';
import { EntryExport } from './entry-export.ts';
import { EntryFields, type Wanted } from './entry-fields.ts';
import { EntryScan } from './entry-scan.ts';
import { EntryWalk } from './entry-walk.ts';
import { Fields } from './fields.ts';
import { type JournalHeader, readHeader } from './header.ts';
import { type EntryHead, EntryHeads, HASH_TABLES, OBJECT_HEADER, objectSize } from './objects.ts';
import type { PagedBytes } from './paged-bytes.ts';

/** Bytes. */
const SMALLEST = 4096;

export interface JournalFileOptions {
  readonly wants: Wanted;
  /** Entries are to be exported. */
  readonly exports: boolean;
  /** Memory for fields that entries share. */
  readonly cacheBytes: number;
}

/** One journal file whose bytes are all at hand, or are coming in. */
export class JournalFile {
  readonly header: JournalHeader;
  readonly #source: PagedBytes;
  readonly #walk: EntryWalk;
  readonly #entries: EntryFields;
  readonly #export: EntryExport | undefined;
  /** The entry that was last moved to. */
  head: EntryHead | undefined;

  constructor(source: PagedBytes, header: JournalHeader, options: JournalFileOptions) {
    const isWanted = options.wants.fields ? () => true : (name: string) => name === 'MESSAGE' || KEPT_FIELDS.has(name);
    const fields = new Fields(source, header, isWanted, options.cacheBytes / 2);
    this.header = header;
    this.#source = source;
    this.#walk = new EntryWalk(source, header);
    this.#entries = new EntryFields(source, header, fields, options.wants, options.cacheBytes / 2);
    this.#export = options.exports ? new EntryExport(source, header, options.cacheBytes / 2) : undefined;
  }

  /** Opens a journal by its header; a reason where it cannot be read. */
  static open(source: PagedBytes, options: JournalFileOptions): JournalFile | string {
    const header = readHeader(source);
    return typeof header === 'string' ? header : new JournalFile(source, header, options);
  }

  /** Moves to the next entry; undefined after the last one. */
  next(): EntryHead | undefined {
    this.head = this.#walk.next();
    return this.head;
  }

  /** Searches the file from its start instead of going by its index: for bytes that are still coming in. */
  scan(): EntryScan {
    const { isCompact, headerSize } = this.header;
    return new EntryScan(this.#source, new EntryHeads(this.#source, isCompact), isCompact, headerSize, 0);
  }

  read(head: EntryHead): JournalEntry {
    return this.#entries.read(head);
  }

  /** Writes an entry as `journalctl -o export` prints it; does nothing without `exports`. */
  export(head: EntryHead, out: ByteWriter): void {
    this.#export?.write(head, out);
  }

  /**
   * Why a journal without entries is not believed. Even one that never had any has the tables that journald puts behind the
   * header, of many kilobytes; bytes taken out of a header shift its numbers, which may then speak of no entry.
   */
  #emptiness(): string[] {
    const { headerSize } = this.header;
    if (this.#source.size < SMALLEST) return ['it ends behind its header: no entry is left'];
    if (!this.#source.seek(headerSize, OBJECT_HEADER)) return [];
    const hasTables = HASH_TABLES.some((type) => objectSize(this.#source, headerSize, type) > 0);
    return hasTables ? [] : ['its header is damaged: no entry was found'];
  }

  /** What could not be read, once the last entry was; `scanned` is how many entries were found where only `scan` was used. */
  damage(scanned?: number): string[] {
    const found = scanned ?? this.#walk.found;
    const { broken, salvaged } = scanned === undefined ? this.#walk : { broken: 0, salvaged: 0 };
    const lost = Math.max(this.header.entries - found, broken - salvaged);
    // An entry may have been read for its line, and then exported.
    const missing = Math.max(this.#entries.missing, this.#export?.missing ?? 0);
    return [
      ...(lost > 0 ? [`${lost} journal entries could not be read (${found} were)`] : []),
      ...(found === 0 && lost === 0 ? this.#emptiness() : []),
      ...(salvaged > 0 ? [`the index is damaged: ${salvaged} entries were found without it`] : []),
      ...(missing > 0 ? [`${missing} fields of journal entries could not be read`] : []),
    ];
  }
}

/** Gives the entry of a file to an output, in the form that it takes. */
export function handOut(file: JournalFile, head: EntryHead, output: EntryOutput): void {
  const { exporter, wants } = output;
  if (exporter === undefined) {
    output.entry(file.read(head), { line: 0, offset: head.offset });
    return;
  }
  output.count++;
  if (exporter.wants(wants.line ? file.read(head) : undefined)) file.export(head, exporter.out);
}
