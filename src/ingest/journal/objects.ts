import { number64 } from './header.ts';
import type { PagedBytes } from './paged-bytes.ts';

export const DATA = 1;
export const ENTRY = 3;
/** Of data, and of fields. */
export const HASH_TABLES: readonly number[] = [4, 5];
export const ENTRY_ARRAY = 6;
export const LAST_TYPE = 7;
export const OBJECT_HEADER = 16;
/** Bytes of an entry before its items. */
export const ENTRY_HEAD = 64;
/** Bytes of an entry array before its items. */
export const ARRAY_HEAD = 24;

/** The journal itself allows 1024 fields in an entry. */
export const MOST_FIELDS = 2048;
/** Objects start at multiples of so many bytes. */
export const PLACE = 8;

/** Of entries that came to `systemd-journal-remote` without one. */
export const NO_BOOT = '0'.repeat(32);

/** Smallest size of an object of each type, from 1. */
const LEAST_SIZE = [0, 64, 40, 64, 16, 16, 24, 64];

/** A journal entry before its fields are read. There is one object for all entries of a file: copy it to keep it. */
export interface EntryHead {
  offset: number;
  /** Where the next object may start. */
  end: number;
  sequence: number;
  realtime: number;
  monotonic: number;
  bootId: string;
  /** Hash of all its fields, in two halves. */
  hashLow: number;
  hashHigh: number;
  items: number;
}

/**
 * Size of the object at `offset`, padding excluded; 0 where none can stand there. Only its header is looked at; `type`
 * is its type if it has to be one in particular.
 */
export function objectSize(source: PagedBytes, offset: number, type?: number): number {
  if (offset % 8 !== 0 || !source.seek(offset, OBJECT_HEADER)) return 0;
  const { bytes, words, at } = source;
  const found = bytes[at]!;
  const least = LEAST_SIZE[found];
  if (least === undefined || least === 0 || (type !== undefined && found !== type)) return 0;
  const isFlagged = bytes[at + 1] !== 0 && (found !== DATA || ![1, 2, 4].includes(bytes[at + 1]!));
  if (isFlagged) return 0;
  const size = number64(words, (at + 8) / 4);
  return size >= least && offset + size <= source.size ? size : 0;
}

/** Where the next object starts. Shifts would cut sizes to 32 bits. */
export function aligned(offset: number): number {
  const over = offset % 8;
  return over === 0 ? offset : offset + 8 - over;
}

/** Reads entries' heads, keeping the text of the boot id from one to the next. */
export class EntryHeads {
  readonly #source: PagedBytes;
  readonly #itemSize: number;
  readonly #lastBoot = Buffer.alloc(16);
  #bootText = NO_BOOT;
  readonly #head: EntryHead = {
    offset: 0,
    end: 0,
    sequence: 0,
    realtime: 0,
    monotonic: 0,
    bootId: '',
    hashLow: 0,
    hashHigh: 0,
    items: 0,
  };

  constructor(source: PagedBytes, isCompact: boolean) {
    this.#source = source;
    this.#itemSize = isCompact ? 4 : 16;
  }

  /** The entry at `offset`, or undefined where no valid one stands there. */
  at(offset: number): EntryHead | undefined {
    const source = this.#source;
    const size = objectSize(source, offset, ENTRY);
    if (size === 0 || !source.seek(offset, ENTRY_HEAD)) return undefined;
    const { bytes, words, at } = source;
    const word = at / 4;
    const items = (size - ENTRY_HEAD) / this.#itemSize;
    const sequence = number64(words, word + 4);
    const realtime = number64(words, word + 6);
    if (!Number.isInteger(items) || sequence === 0 || realtime === 0) return undefined;
    const head = this.#head;
    head.offset = offset;
    head.end = aligned(offset + size);
    head.sequence = sequence;
    head.realtime = realtime;
    head.monotonic = number64(words, word + 8);
    head.bootId = this.#boot(bytes, at + 40);
    head.hashLow = words[word + 14]!;
    head.hashHigh = words[word + 15]!;
    head.items = items;
    return head;
  }

  #boot(bytes: Buffer, at: number): string {
    const last = this.#lastBoot;
    let isSame = true;
    for (let i = 0; i < 16 && isSame; i++) isSame = bytes[at + i] === last[i];
    if (!isSame) {
      bytes.copy(last, 0, at, at + 16);
      this.#bootText = last.toString('hex');
    }
    return this.#bootText;
  }
}
