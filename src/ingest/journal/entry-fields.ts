import type { JournalEntry } from '../../model/journal-entry.ts';
import { emptyEntry, KEPT_FIELDS, setField } from '../lines/transcode/journal-entry.ts';
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
  readonly #offsets = new Float64Array(MOST_FIELDS);

  constructor(source: PagedBytes, header: JournalHeader, fields: Fields, wants: Wanted) {
    this.#source = source;
    this.#header = header;
    this.#fields = fields;
    this.#wantsAll = wants.fields;
    this.#wantsLine = wants.line;
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

  /** What journalctl puts before the fields of an entry. */
  #addresses(head: EntryHead): NonNullable<JournalEntry['fields']> {
    return [
      { name: '__CURSOR', value: cursorOf(this.#header, head) },
      { name: '__REALTIME_TIMESTAMP', value: decimal(head.realtime) },
      { name: '__MONOTONIC_TIMESTAMP', value: decimal(head.monotonic) },
      { name: '_BOOT_ID', value: head.bootId },
    ];
  }
}

function textOf(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, Math.min(value.length, LONGEST_TEXT)).toString('utf8');
}

/** As journalctl writes it: `s=` sequence id, `i=` number, `b=` boot, `m=`, `t=` times, `x=` hash, in hexadecimal. */
function cursorOf(header: JournalHeader, head: EntryHead): string {
  const { sequence, bootId, monotonic, realtime } = head;
  return `s=${header.sequenceId};i=${hex(sequence)};b=${bootId};m=${hex(monotonic)};t=${hex(realtime)};x=${hashText(head)}`;
}

function hashText({ hashHigh, hashLow }: EntryHead): string {
  return hashHigh === 0 ? hex(hashLow) : hex(hashHigh) + padded(hashLow);
}

const BILLION = 1_000_000_000;

/** Small numbers are written much faster than those beyond 32 bits. */
function decimal(value: number): string {
  if (value < BILLION) return String(value);
  const high = Math.floor(value / BILLION);
  return `${high < BILLION ? high : decimal(high)}${String(value - high * BILLION).padStart(9, '0')}`;
}

const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight digits. `toString(16)` takes several times as long. */
function padded(value: number): string {
  return PAIRS[value >>> 24]! + PAIRS[(value >>> 16) & 255]! + PAIRS[(value >>> 8) & 255]! + PAIRS[value & 255]!;
}

function hex(value: number): string {
  const digits = padded(Math.floor(value / 0x1_0000_0000)) + padded(value >>> 0);
  let start = 0;
  while (start < 15 && digits.charCodeAt(start) === 48) start++;
  return digits.slice(start);
}
