import { readSync } from 'node:fs';
import { GenerationCache } from './generation-cache.ts';

export const PAGE_BYTES = 64 * 1024;
/** Nothing larger is looked at as a whole. */
export const LARGEST_VIEW = 64 * 1024 * 1024;
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Some of the bytes, and the same as 32-bit numbers, which spares putting each together of its bytes. */
interface Page {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
}

const EMPTY: Page = { bytes: Buffer.alloc(0), words: new Uint32Array(0) };

/** Bytes that are read at any place, a page at a time. */
export abstract class PagedBytes {
  /** After a `seek` that returned true: what was asked for stands in `bytes` from `at` on, until the next `seek`. */
  bytes: Buffer = EMPTY.bytes;
  /** The same, four bytes each, the last few perhaps left out: what was asked for at a multiple of four stands from `at / 4` on. */
  words: Uint32Array = EMPTY.words;
  at = 0;
  abstract readonly size: number;
  /** What stands before this offset was dropped and cannot be read any more. */
  dropped = 0;
  #page: Page = EMPTY;
  /** The page's first byte and the one behind its last. */
  #start = 0;
  #end = 0;

  /** Moves to `length` bytes at `offset`; false where they are not all there. */
  seek(offset: number, length: number): boolean {
    if (offset < this.#start || !(offset + length <= this.#end)) return this.#turn(offset, length);
    this.at = offset - this.#start;
    this.bytes = this.#page.bytes;
    this.words = this.#page.words;
    return true;
  }

  #turn(offset: number, length: number): boolean {
    if (!(offset >= 0) || !(offset + length <= this.size) || length > LARGEST_VIEW) return false;
    const number = Math.floor(offset / PAGE_BYTES);
    this.#page = this.page(number);
    this.#start = number * PAGE_BYTES;
    this.#end = this.#start + this.#page.bytes.length;
    return offset + length <= this.#end ? this.seek(offset, length) : this.#across(offset, length);
  }

  /** The page that was read last may have become longer. */
  protected forget(): void {
    this.#end = 0;
  }

  /** One page: fewer bytes than `PAGE_BYTES` at the end, and where they cannot be read. */
  protected abstract page(number: number): Page;

  #across(offset: number, length: number): boolean {
    // A whole number of words, so that none is left out.
    const whole = Buffer.allocUnsafeSlow(Math.ceil(length / 4) * 4);
    for (let filled = 0; filled < length; ) {
      const number = Math.floor((offset + filled) / PAGE_BYTES);
      const start = offset + filled - number * PAGE_BYTES;
      const { bytes } = this.page(number);
      if (bytes.length <= start) return false;
      filled += bytes.copy(whole, filled, start, Math.min(bytes.length, start + length - filled));
    }
    ({ bytes: this.bytes, words: this.words } = pageOf(whole));
    this.at = 0;
    return true;
  }
}

/** Of bytes that start at a multiple of four in their memory. */
function pageOf(bytes: Buffer): Page {
  const count = bytes.length >>> 2;
  if (IS_LITTLE_ENDIAN) return { bytes, words: new Uint32Array(bytes.buffer, bytes.byteOffset, count) };
  const swapped = Buffer.allocUnsafeSlow(count * 4);
  bytes.copy(swapped);
  return { bytes, words: new Uint32Array(swapped.swap32().buffer) };
}

/** Bytes of an open file. Its pages are kept while they are in use, in so many bytes. */
export class FileBytes extends PagedBytes {
  readonly size: number;
  readonly #fd: number;
  readonly #pages: GenerationCache<Page>;

  constructor(fd: number, size: number, cacheBytes: number) {
    super();
    this.#fd = fd;
    this.size = size;
    this.#pages = new GenerationCache(cacheBytes, () => PAGE_BYTES);
  }

  protected page(number: number): Page {
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    const buffer = Buffer.allocUnsafeSlow(PAGE_BYTES);
    const page = pageOf(buffer.subarray(0, this.#read(buffer, number * PAGE_BYTES)));
    this.#pages.set(number, page);
    return page;
  }

  /** A file may shrink while it is read, or stand on a disk that fails: what is there counts. */
  #read(buffer: Buffer, offset: number): number {
    let filled = 0;
    try {
      while (filled < buffer.length) {
        const count = readSync(this.#fd, buffer, filled, buffer.length - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
    } catch {
      return filled;
    }
    return filled;
  }
}

/** Bytes that are collected in memory; the oldest may be dropped again. */
export class MemoryBytes extends PagedBytes {
  readonly #pages: Buffer[] = [];
  size = 0;

  write(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; ) {
      const start = this.size % PAGE_BYTES;
      if (start === 0) this.#pages.push(Buffer.allocUnsafeSlow(PAGE_BYTES));
      const length = Math.min(chunk.length - from, PAGE_BYTES - start);
      this.#pages.at(-1)!.set(chunk.subarray(from, from + length), start);
      from += length;
      this.size += length;
    }
    this.forget();
  }

  /** Drops pages before `offset`. What stood there cannot be read any more. */
  drop(offset: number): void {
    const before = Math.floor(offset / PAGE_BYTES);
    for (let page = this.dropped / PAGE_BYTES; page < before; page++) this.#pages[page] = EMPTY.bytes;
    this.dropped = Math.max(this.dropped, before * PAGE_BYTES);
  }

  protected page(number: number): Page {
    const page = this.#pages[number] ?? EMPTY.bytes;
    return pageOf(number === this.#pages.length - 1 ? page.subarray(0, this.size - number * PAGE_BYTES) : page);
  }
}
