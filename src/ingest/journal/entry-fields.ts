import type { JournalEntry } from '../../model/journal-entry.ts';
import { emptyEntry, KEPT_FIELDS, setField } from '../lines/transcode/journal-entry.ts';
import { Addresses } from './addresses.ts';
import { type Field, type Fields, UNWANTED } from './fields.ts';
import { type JournalHeader, number32, number64 } from './header.ts';
import { ENTRY_HEAD, type EntryHead } from './objects.ts';
import type { PagedBytes } from './paged-bytes.ts';

/** The journal itself allows 1024 fields in an entry. */
const MOST_FIELDS = 2048;
const LONGEST_TEXT = 1024;

export interface Wanted {
  /** All fields of an entry. */
  readonly fields: boolean;
  /** What makes up its line. */
  readonly line: boolean;
}

/** Puts entries together from their fields. */
export class EntryFields {
  /** Fields that entries point to and that could not be read. */
  missing = 0;
  readonly #source: PagedBytes;
  readonly #header: JournalHeader;
  readonly #fields: Fields;
  readonly #wantsAll: boolean;
  readonly #wantsLine: boolean;
  readonly #addresses: Addresses;
  readonly #offsets = new Float64Array(MOST_FIELDS);

  constructor(source: PagedBytes, header: JournalHeader, fields: Fields, wants: Wanted) {
    this.#source = source;
    this.#header = header;
    this.#fields = fields;
    this.#addresses = new Addresses(header.sequenceId);
    this.#wantsAll = wants.fields;
    this.#wantsLine = wants.line;
  }

  read(head: EntryHead): JournalEntry {
    const entry = emptyEntry();
    entry.realtime = head.realtime;
    entry.monotonic = head.monotonic;
    entry.bootId = head.bootId;
    if (this.#wantsAll) entry.fields = this.#addresses.of(head);
    const count = this.#items(head);
    for (let item = 0; item < count; item++) {
      const field = this.#fields.at(this.#offsets[item]!);
      if (field === undefined) this.missing++;
      else if (field !== UNWANTED) this.#add(entry, field.name, field);
    }
    return entry;
  }

  #add(entry: JournalEntry, name: string, field: Field): void {
    if (this.#wantsAll && name !== '_BOOT_ID') entry.fields!.push(field);
    if (!this.#wantsLine) return;
    if (name === 'MESSAGE') entry.messages.push(field.value);
    else if (!this.#wantsAll || KEPT_FIELDS.has(name)) {
      field.text ??= textOf(field.value);
      setField(entry, name, field.text);
    }
  }

  /** Reads the offsets of the entry's fields before looking at any of them. */
  #items(head: EntryHead): number {
    const source = this.#source;
    const { isCompact } = this.#header;
    const itemSize = isCompact ? 4 : 16;
    const count = Math.min(head.items, MOST_FIELDS);
    this.missing += head.items - count;
    if (!source.seek(head.offset + ENTRY_HEAD, count * itemSize)) return 0;
    const { bytes, at } = source;
    for (let item = 0; item < count; item++) {
      this.#offsets[item] = isCompact ? number32(bytes, at + item * 4) : number64(bytes, at + item * 16);
    }
    return count;
  }
}

function textOf(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, Math.min(value.length, LONGEST_TEXT)).toString('utf8');
}
