import { readSync } from 'node:fs';
import { GenerationCache } from './generation-cache.ts';

export const PAGE_BYTES = 64 * 1024;
/** Nothing larger is looked at as a whole. */
export const LARGEST_VIEW = 64 * 1024 * 1024;
const EMPTY = Buffer.alloc(0);

/** Bytes that are read at any place, a page at a time. */
export abstract class PagedBytes {
  /** After a `seek` that returned true: what was asked for stands in `bytes` from `at` on, until the next `seek`. */
  bytes: Buffer = EMPTY;
  at = 0;
  abstract readonly size: number;
  /** What stands before this offset was dropped and cannot be read any more. */
  dropped = 0;
  #number = -1;
  #page: Buffer = EMPTY;

  /** Moves to `length` bytes at `offset`; false where they are not all there. */
  seek(offset: number, length: number): boolean {
    if (!(offset >= 0) || !(offset + length <= this.size) || length > LARGEST_VIEW) return false;
    const number = Math.floor(offset / PAGE_BYTES);
    if (number !== this.#number) {
      this.#page = this.page(number);
      this.#number = number;
    }
    this.at = offset - number * PAGE_BYTES;
    this.bytes = this.#page;
    return this.at + length <= this.#page.length || this.#across(offset, length);
  }

  /** The page that was read last may have become longer. */
  protected forget(): void {
    this.#number = -1;
  }

  /** The bytes of one page: fewer than `PAGE_BYTES` at the end, and where they cannot be read. */
  protected abstract page(number: number): Buffer;

  #across(offset: number, length: number): boolean {
    const whole = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length; ) {
      const number = Math.floor((offset + filled) / PAGE_BYTES);
      const start = offset + filled - number * PAGE_BYTES;
      const page = this.page(number);
      if (page.length <= start) return false;
      filled += page.copy(whole, filled, start, Math.min(page.length, start + length - filled));
    }
    this.bytes = whole;
    this.at = 0;
    return true;
  }
}

/** Bytes of an open file. Its pages are kept while they are in use, in so many bytes. */
export class FileBytes extends PagedBytes {
  readonly size: number;
  readonly #fd: number;
  readonly #pages: GenerationCache<Buffer>;

  constructor(fd: number, size: number, cacheBytes: number) {
    super();
    this.#fd = fd;
    this.size = size;
    this.#pages = new GenerationCache(cacheBytes, () => PAGE_BYTES);
  }

  protected page(number: number): Buffer {
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    const buffer = Buffer.allocUnsafeSlow(PAGE_BYTES);
    const page = buffer.subarray(0, this.#read(buffer, number * PAGE_BYTES));
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
    for (let page = this.dropped / PAGE_BYTES; page < before; page++) this.#pages[page] = EMPTY;
    this.dropped = Math.max(this.dropped, before * PAGE_BYTES);
  }

  protected page(number: number): Buffer {
    const page = this.#pages[number] ?? EMPTY;
    return number === this.#pages.length - 1 ? page.subarray(0, this.size - number * PAGE_BYTES) : page;
  }
}
