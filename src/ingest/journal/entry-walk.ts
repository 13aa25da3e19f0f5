import { EntryScan } from './entry-scan.ts';
import { type JournalHeader, number64 } from './header.ts';
import { ARRAY_HEAD, ENTRY_ARRAY, type EntryHead, EntryHeads, objectSize, PLACE } from './objects.ts';
import type { PagedBytes } from './paged-bytes.ts';

const BLOCK = 512;
/** Of an offset that no object can have: beyond all files. */
const NOWHERE = 0xffff_ffff;

/**
 * Goes through the entries of a file in the order in which they were written, which is that of their offsets. The chain
 * of entry arrays leads; where it is broken, the bytes between the last entry and the next one it knows are searched
 * without it. Every step goes forward, so lying offsets and cycles end.
 */
export class EntryWalk {
  /** Places where the chain named no valid entry. */
  broken = 0;
  /** Entries found without the chain. */
  salvaged = 0;
  found = 0;
  readonly #source: PagedBytes;
  readonly #header: JournalHeader;
  readonly #heads: EntryHeads;
  readonly #itemSize: number;
  #array: number;
  #item = 0;
  #items = 0;
  #itemsAt = 0;
  #arrayEnd = 0;
  /** Some of the array's items, in steps of eight bytes, so that its page is not turned to for each. */
  readonly #block = new Uint32Array(BLOCK);
  #blockFrom = 0;
  #blockItems = 0;
  /** End of the last entry. */
  #end: number;
  #scan: EntryScan | undefined;
  #afterScan: EntryHead | undefined;
  #hasGap = false;
  #isDone = false;
  #lastSequence = 0;

  constructor(source: PagedBytes, header: JournalHeader) {
    this.#source = source;
    this.#header = header;
    this.#heads = new EntryHeads(source, header.isCompact);
    this.#itemSize = header.isCompact ? 4 : 8;
    this.#array = header.entryArray;
    this.#end = header.headerSize;
    // Whether there is none is not for a damaged header to say: the whole file is searched.
    if (this.#array === 0) this.#hasGap = true;
    else this.#enter(this.#array);
  }

  next(): EntryHead | undefined {
    const head = this.#searched() ?? this.#listed();
    if (head === undefined) return undefined;
    this.found++;
    this.#end = head.end;
    this.#lastSequence = head.sequence;
    return head;
  }

  #searched(): EntryHead | undefined {
    if (this.#scan !== undefined) {
      const found = this.#scan.next();
      if (found !== undefined) {
        this.salvaged++;
        return found;
      }
      this.#scan = undefined;
    }
    const after = this.#afterScan;
    this.#afterScan = undefined;
    return after;
  }

  #listed(): EntryHead | undefined {
    if (this.#isDone) return undefined;
    for (;;) {
      const offset = this.#nextOffset();
      if (offset === undefined) return this.#rest();
      const head = offset < this.#end ? undefined : this.#heads.at(offset);
      if (head === undefined) {
        this.broken++;
        this.#hasGap = true;
        continue;
      }
      if (!this.#hasGap) return head;
      this.#hasGap = false;
      this.#afterScan = { ...head };
      this.#scan = this.#scanTo(head.offset);
      return this.#searched();
    }
  }

  /** The chain has ended: what lies behind it is searched where the header knows of more entries. */
  #rest(): EntryHead | undefined {
    this.#isDone = true;
    const { entries, tailSequence } = this.#header;
    if (!this.#hasGap && this.found >= entries && this.#lastSequence >= tailSequence) return undefined;
    this.#scan = this.#scanTo(this.#source.size);
    return this.#searched();
  }

  #scanTo(end: number): EntryScan {
    return new EntryScan(this.#source, this.#heads, this.#header.isCompact, this.#end, end);
  }

  /** The next offset that the chain names; undefined at its end, proper or not. */
  #nextOffset(): number | undefined {
    while (this.#item >= this.#items) {
      if (this.#array === 0) return undefined;
      const next = this.#source.seek(this.#array, ARRAY_HEAD)
        ? number64(this.#source.words, (this.#source.at + 16) / 4)
        : 0;
      if (next === 0) {
        this.#array = 0;
        return undefined;
      }
      // Arrays that lie inside one another could make a small file take for ever.
      if (next < this.#arrayEnd) this.#break();
      else this.#enter(next);
    }
    const offset = this.#itemAt(this.#item);
    const following = this.#item + 1 < this.#items ? this.#itemAt(this.#item + 1) : 0;
    this.#item++;
    if (offset === 0) {
      this.#array = 0;
      this.#items = 0;
      return undefined;
    }
    // Offsets grow: one beyond the next one is damaged, and believing it would lose what lies before it.
    return following !== 0 && offset > following && following > this.#end ? -1 : offset;
  }

  #enter(array: number): void {
    const size = objectSize(this.#source, array, ENTRY_ARRAY);
    if (size === 0) {
      this.#break();
      return;
    }
    this.#array = array;
    this.#item = 0;
    this.#items = Math.floor((size - ARRAY_HEAD) / this.#itemSize);
    this.#itemsAt = array + ARRAY_HEAD;
    this.#arrayEnd = array + size;
    this.#blockItems = 0;
  }

  #break(): void {
    this.broken++;
    this.#hasGap = true;
    this.#array = 0;
    this.#items = 0;
  }

  #itemAt(index: number): number {
    const at = index - this.#blockFrom;
    if (at >= 0 && at < this.#blockItems) return this.#block[at]! * PLACE;
    const items = Math.min(this.#items - index, BLOCK);
    if (this.#readBlock(index, items) || this.#readBlock(index, 1)) return this.#block[0]! * PLACE;
    return 0;
  }

  #readBlock(index: number, items: number): boolean {
    const source = this.#source;
    const isCompact = this.#itemSize === 4;
    if (!source.seek(this.#itemsAt + index * this.#itemSize, items * this.#itemSize)) return false;
    const { words } = source;
    const first = source.at / 4;
    for (let i = 0; i < items; i++) {
      const offset = isCompact ? words[first + i]! : number64(words, first + i * 2);
      this.#block[i] = offset % PLACE === 0 ? offset / PLACE : NOWHERE;
    }
    this.#blockFrom = index;
    this.#blockItems = items;
    return true;
  }
}
