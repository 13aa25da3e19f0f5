import { number64 } from './header.ts';
import type { EntryHead, EntryHeads } from './objects.ts';
import { aligned, DATA, ENTRY, ENTRY_HEAD, LAST_TYPE, NO_BOOT, OBJECT_HEADER, objectSize } from './objects.ts';
import { LARGEST_VIEW, PAGE_BYTES, type PagedBytes } from './paged-bytes.ts';

/**
 * Looks for entries between two places without any index. Objects follow each other without gaps; after bytes that are
 * none, the search goes on at the next multiple of 8. Text inside a message may look like an object, so one is believed
 * only where another, zeros or the end follow it.
 */
export class EntryScan {
  readonly #source: PagedBytes;
  readonly #heads: EntryHeads;
  readonly #isCompact: boolean;
  #end: number;
  #at: number;
  /** More bytes may come: an object that is not all there is waited for. */
  #isGrowing = false;

  constructor(source: PagedBytes, heads: EntryHeads, isCompact: boolean, from: number, end: number) {
    this.#source = source;
    this.#heads = heads;
    this.#isCompact = isCompact;
    this.#at = aligned(from);
    this.#end = Math.min(end, source.size);
  }

  /** Where the search stands: what lies before is not looked at as an object again. */
  get at(): number {
    return this.#at;
  }

  /** The search may go on to the last byte that has come; the last ones of all have come where `isGrowing` is false. */
  extend(isGrowing: boolean): void {
    this.#end = this.#source.size;
    this.#isGrowing = isGrowing;
  }

  next(): EntryHead | undefined {
    const source = this.#source;
    while (this.#at + OBJECT_HEADER <= this.#end) {
      const offset = this.#at;
      if (!source.seek(offset, OBJECT_HEADER)) return undefined;
      if (source.bytes[source.at] === 0) {
        this.#at = this.#afterZeros(offset);
        continue;
      }
      if (this.#isGrowing && this.#isUnfinished(offset)) return undefined;
      const size = objectSize(source, offset);
      const type = size === 0 ? 0 : source.bytes[source.at];
      if (size === 0 || !this.#isFollowed(aligned(offset + size))) {
        this.#at += 8;
        continue;
      }
      const head = type === ENTRY ? this.#heads.at(offset) : undefined;
      if (type === ENTRY && !this.#isEntry(head)) {
        this.#at += 8;
        continue;
      }
      this.#at = aligned(offset + size);
      if (head !== undefined) return head;
    }
    return undefined;
  }

  /** Files are allocated in steps of megabytes: runs of zeros are passed over in one go. */
  #afterZeros(offset: number): number {
    const source = this.#source;
    const { words } = source;
    const start = source.at / 4;
    let word = start;
    const stop = Math.min(words.length, word + PAGE_BYTES / 4) - 1;
    while (word < stop && words[word] === 0 && words[word + 1] === 0) word += 2;
    return offset + Math.max((word - start) * 4, 8);
  }

  /** Its size says that it and the head of the next one end in bytes that have not come yet. */
  #isUnfinished(offset: number): boolean {
    const { bytes, words, at } = this.#source;
    const size = number64(words, (at + 8) / 4);
    const isObject = bytes[at]! <= LAST_TYPE && size >= OBJECT_HEADER && size <= LARGEST_VIEW;
    return isObject && aligned(offset + size) + OBJECT_HEADER > this.#source.size;
  }

  #isFollowed(next: number): boolean {
    if (next + OBJECT_HEADER > this.#source.size || next >= this.#end) return true;
    if (objectSize(this.#source, next) > 0) return true;
    if (!this.#source.seek(next, OBJECT_HEADER)) return false;
    return number64(this.#source.words, this.#source.at / 4) === 0 || (this.#isGrowing && this.#isUnfinished(next));
  }

  /**
   * No boot is rarely true and often damage. An entry's first field is a DATA object that was written before it. Where it was dropped, as fields that all entries share
   * are in a large journal that streams, the last one is looked at, which is the latest.
   */
  #isEntry(head: EntryHead | undefined): head is EntryHead {
    if (head === undefined || head.items === 0 || head.bootId === NO_BOOT) return false;
    const first = this.#item(head, 0);
    if (first === 0 || first >= head.offset) return false;
    const checked = first < this.#source.dropped ? this.#item(head, head.items - 1) : first;
    return checked < this.#source.dropped || objectSize(this.#source, checked, DATA) > 0;
  }

  /** Offset of one of an entry's fields. */
  #item(head: EntryHead, item: number): number {
    const source = this.#source;
    const size = this.#isCompact ? 4 : 16;
    if (!source.seek(head.offset + ENTRY_HEAD + item * size, size)) return 0;
    return this.#isCompact ? source.words[source.at / 4]! : number64(source.words, source.at / 4);
  }
}
