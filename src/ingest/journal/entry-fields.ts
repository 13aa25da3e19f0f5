import type { JournalEntry } from '../../model/journal-entry.ts';
import { emptyEntry, KEPT_FIELDS, setField } from '../lines/transcode/journal-entry.ts';
import type { Fields } from './fields.ts';
import { UNWANTED } from './fields.ts';
import { type JournalHeader, number32, number64 } from './header.ts';
import { ENTRY_HEAD, type EntryHead } from './objects.ts';
import type { PagedBytes } from './paged-bytes.ts';

/** The journal itself allows 1024 fields in an entry. */
const MOST_FIELDS = 2048;
const LONGEST_TEXT = 1024;

/** Puts entries together from their fields. */
export class EntryFields {
  /** Fields that entries point to and that could not be read. */
  missing = 0;
  readonly #source: PagedBytes;
  readonly #header: JournalHeader;
  readonly #fields: Fields;
  readonly #wantsAll: boolean;
  readonly #offsets = new Float64Array(MOST_FIELDS);

  constructor(source: PagedBytes, header: JournalHeader, fields: Fields, wantsAll: boolean) {
    this.#source = source;
    this.#header = header;
    this.#fields = fields;
    this.#wantsAll = wantsAll;
  }

  read(head: EntryHead): JournalEntry {
    const entry = emptyEntry();
    entry.realtime = head.realtime;
    entry.monotonic = head.monotonic;
    entry.bootId = head.bootId;
    if (this.#wantsAll) entry.fields = this.#addresses(head);
    const count = this.#items(head);
    for (let item = 0; item < count; item++) {
      const field = this.#fields.at(this.#offsets[item]!);
      if (field === undefined) this.missing++;
      else if (field !== UNWANTED) this.#add(entry, field.name, field);
    }
    return entry;
  }

  #add(entry: JournalEntry, name: string, field: { readonly value: Uint8Array; text?: string }): void {
    if (this.#wantsAll && name !== '_BOOT_ID') entry.fields!.push({ name, value: field.value });
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

  /** What journalctl puts before the fields of an entry. */
  #addresses(head: EntryHead): NonNullable<JournalEntry['fields']> {
    return [
      { name: '__CURSOR', value: cursorOf(this.#header, head) },
      { name: '__REALTIME_TIMESTAMP', value: String(head.realtime) },
      { name: '__MONOTONIC_TIMESTAMP', value: String(head.monotonic) },
      { name: '_BOOT_ID', value: head.bootId },
    ];
  }
}

function textOf(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, Math.min(value.length, LONGEST_TEXT)).toString('utf8');
}

function cursorOf(header: JournalHeader, head: EntryHead): string {
  const { sequence, bootId, monotonic, realtime, hash } = head;
  const xor = Buffer.from(hash, 'latin1').readBigUInt64LE().toString(16);
  return `s=${header.sequenceId};i=${sequence.toString(16)};b=${bootId};m=${monotonic.toString(16)};t=${realtime.toString(16)};x=${xor}`;
}
