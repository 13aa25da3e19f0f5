import type { ByteSource, Failure } from './byte-source.ts';

const EMPTY = new Uint8Array(0);

/** Looks ahead into a byte source without copying more than what it looks at. */
export class ChunkReader {
  readonly #source: ByteSource;
  readonly #chunks: Uint8Array[] = [];
  /** Chunks of a source that lends them, as they were read, from the oldest that may still be in use. */
  readonly #lent: Uint8Array[] = [];
  /** Bytes of the first chunk that have been taken. */
  #taken = 0;
  #available = 0;
  #ended = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Bytes that can be had without waiting. */
  get available(): number {
    return this.#available;
  }

  /** Whether what is taken may be overwritten once more is asked for. */
  get isLent(): boolean {
    return this.#source.isLent === true;
  }

  get failure(): Failure | undefined {
    return this.#source.failure;
  }

  /** Waits for one more chunk; false at the end. */
  async more(): Promise<boolean> {
    if (this.#ended) return false;
    if (this.isLent) this.#release();
    const chunk = await this.#source.read();
    if (chunk === undefined) {
      this.#ended = true;
      return false;
    }
    this.#chunks.push(chunk);
    if (this.isLent) this.#lent.push(chunk);
    this.#available += chunk.length;
    return true;
  }

  /** Gives back what was taken to its end. */
  #release(): void {
    while (this.#lent.length > this.#chunks.length) this.#source.release?.(this.#lent.shift()!);
  }

  /** The next `count` bytes without taking them, fewer at the end of the source. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#available < count && (await this.more()));
    return this.peekNow(Math.min(count, this.#available)) ?? EMPTY;
  }

  /** As `peek`, from what is there already; undefined if that is not enough. */
  peekNow(count: number): Uint8Array | undefined {
    if (this.#available < count) return undefined;
    const first = this.#chunks[0] ?? EMPTY;
    if (first.length - this.#taken >= count) return first.subarray(this.#taken, this.#taken + count);
    const bytes = new Uint8Array(count);
    let filled = 0;
    for (const chunk of this.#chunks) {
      const from = chunk === first ? this.#taken : 0;
      const part = chunk.subarray(from, from + count - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (filled === count) break;
    }
    return bytes;
  }

  /** Takes at most `limit` bytes of what is there: a view, empty if nothing is. */
  take(limit: number): Uint8Array {
    const first = this.#chunks[0];
    if (first === undefined) return EMPTY;
    const from = this.#taken;
    const length = this.#advance(first, limit);
    return length === first.length ? first : first.subarray(from, from + length);
  }

  /** Drops `count` bytes if they are there already. */
  skipNow(count: number): boolean {
    if (this.#available < count) return false;
    for (let left = count; left > 0; ) left -= this.#advance(this.#chunks[0]!, left);
    return true;
  }

  /** Goes on by at most `limit` bytes in the first chunk. Returns by how many. */
  #advance(first: Uint8Array, limit: number): number {
    const length = Math.min(first.length - this.#taken, limit);
    this.#taken += length;
    this.#available -= length;
    if (this.#taken === first.length) {
      this.#chunks.shift();
      this.#taken = 0;
    }
    return length;
  }

  /** Takes `count` bytes and drops them; false where the source ended before. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    while (left > 0) {
      if (this.#available === 0 && !(await this.more())) return false;
      left -= this.#advance(this.#chunks[0]!, left);
    }
    return true;
  }

  close(): Promise<void> {
    this.#chunks.length = 0;
    this.#available = 0;
    this.#ended = true;
    return this.#source.close();
  }
}
