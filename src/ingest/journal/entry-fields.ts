import type { JournalEntry, JournalField } from '../../model/journal-entry.ts';
import { emptyEntry, KEPT_FIELDS, setField } from '../lines/transcode/journal-entry.ts';
import { Addresses } from './addresses.ts';
import { FieldRuns, type KnownFields } from './field-runs.ts';
import { type Field, type Fields, UNWANTED } from './fields.ts';
import { type JournalHeader, number64 } from './header.ts';
import { ENTRY_HEAD, type EntryHead, MOST_FIELDS, NO_BOOT, PLACE } from './objects.ts';
import type { PagedBytes } from './paged-bytes.ts';

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
  readonly #runs: FieldRuns;
  readonly #wantsAll: boolean;
  readonly #wantsLine: boolean;
  readonly #addresses: Addresses;
  /** Of the entry's fields, in steps of eight bytes: numbers that V8 keeps without an object. */
  readonly #places = new Uint32Array(MOST_FIELDS);
  /** Place of the entry that was read last. */
  #last = 0;

  constructor(source: PagedBytes, header: JournalHeader, fields: Fields, wants: Wanted, cacheBytes: number) {
    this.#source = source;
    this.#header = header;
    this.#fields = fields;
    this.#runs = new FieldRuns(cacheBytes);
    this.#addresses = new Addresses(header.sequenceId);
    this.#wantsAll = wants.fields;
    this.#wantsLine = wants.line;
  }

  read(head: EntryHead): JournalEntry {
    const count = this.#items(head);
    const shared = this.#sharedItems(count);
    this.#last = head.offset / PLACE;
    const known = shared === 0 ? undefined : (this.#runs.find(this.#places, shared) ?? this.#newRun(shared));
    const isNew = known === undefined || !this.#wantsLine;
    const entry = isNew ? emptyEntry() : { ...known.entry, messages: [...known.entry.messages] };
    entry.realtime = head.realtime;
    entry.monotonic = head.monotonic;
    entry.bootId = head.bootId === NO_BOOT ? undefined : head.bootId;
    const own: JournalField[] = [];
    for (let item = known?.places.length ?? 0; item < count; item++) {
      const field = this.#fields.at(this.#places[item]!);
      if (field === undefined) this.missing++;
      else if (field !== UNWANTED) {
        if (this.#wantsAll && field.name !== '_BOOT_ID') own.push(field);
        if (this.#wantsLine) this.#set(entry, field.name, field);
      }
    }
    if (this.#wantsAll) {
      const address = this.#addresses.of(head);
      entry.fields = known === undefined ? [address, { fields: own }] : [address, known.group, { fields: own }];
    }
    return entry;
  }

  /** How many of the items, from the first on, were written before the last entry was, so that other entries have them too. */
  #sharedItems(count: number): number {
    let shared = 0;
    while (shared < count && this.#places[shared]! < this.#last) shared++;
    return shared;
  }

  /**
   * Undefined for a run that has not been met before, and where one of the fields is damaged or says that it is not shared: that
   * is a view of a page, which would be kept too.
   */
  #newRun(count: number): KnownFields | undefined {
    if (!this.#runs.isMetAgain()) return undefined;
    const entry = emptyEntry();
    const fields: Field[] = [];
    for (let item = 0; item < count; item++) {
      const field = this.#fields.at(this.#places[item]!);
      if (field?.isShared !== true) return undefined;
      if (field === UNWANTED) continue;
      if (field.name !== '_BOOT_ID') fields.push(field);
      if (this.#wantsLine) this.#set(entry, field.name, field);
    }
    return this.#runs.keep(this.#places.slice(0, count), fields, entry);
  }

  #set(entry: JournalEntry, name: string, field: Field): void {
    if (name === 'MESSAGE') entry.messages.push(field.value);
    else if (!this.#wantsAll || KEPT_FIELDS.has(name)) {
      field.text ??= textOf(field.value);
      setField(entry, name, field.text);
    }
  }

  /** Reads where the entry's fields stand before looking at any of them. */
  #items(head: EntryHead): number {
    const source = this.#source;
    const { isCompact } = this.#header;
    const itemSize = isCompact ? 4 : 16;
    const count = Math.min(head.items, MOST_FIELDS);
    this.missing += head.items - count;
    if (!source.seek(head.offset + ENTRY_HEAD, count * itemSize)) return 0;
    const { words } = source;
    const first = source.at / 4;
    for (let item = 0; item < count; item++) {
      this.#places[item] = (isCompact ? words[first + item]! : number64(words, first + item * 4)) / PLACE;
    }
    return count;
  }
}

function textOf(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, Math.min(value.length, LONGEST_TEXT)).toString('utf8');
}
