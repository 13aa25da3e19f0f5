import { giveBack, REGION_BYTES, takeBuffer } from './buffer-pool.ts';

/** Takes collected bytes. What it leaves is given again, with more behind it. */
export interface Consumer {
  /**
   * Uses some of `bytes[0, end)` and says how many from the start. With `final`, no more follow, and all are used.
   */
  consume(bytes: Buffer, end: number, final: boolean): number;
  /** The buffer holds nothing but the start of a record that is longer than allowed: uses some of it. */
  overflow(bytes: Buffer, end: number): number;
}

/** Collects chunks of any size in one aligned buffer, which grows only for records that are longer than it. */
export class Collector {
  readonly #consumer: Consumer;
  readonly #limit: number;
  #buffer: Buffer | undefined;
  #used = 0;

  constructor(consumer: Consumer, limit: number) {
    this.#consumer = consumer;
    this.#limit = Math.max(limit, REGION_BYTES);
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const buffer = this.#withRoom();
      const length = Math.min(chunk.length - at, buffer.length - this.#used);
      buffer.set(length === chunk.length ? chunk : chunk.subarray(at, at + length), this.#used);
      this.#used += length;
      at += length;
    }
  }

  end(): void {
    const buffer = this.#buffer ?? Buffer.alloc(0);
    this.#keepFrom(buffer, this.#consumer.consume(buffer, this.#used, true));
    if (this.#buffer !== undefined) giveBack(this.#buffer);
    this.#buffer = undefined;
    this.#used = 0;
  }

  #withRoom(): Buffer {
    const buffer = this.#buffer ?? takeBuffer();
    this.#buffer = buffer;
    if (this.#used < buffer.length) return buffer;
    this.#keepFrom(buffer, this.#consumer.consume(buffer, this.#used, false));
    if (this.#used < buffer.length) return buffer;
    if (buffer.length < this.#limit) return this.#grown(buffer);
    this.#keepFrom(buffer, Math.max(this.#consumer.overflow(buffer, this.#used), 1));
    return buffer;
  }

  #keepFrom(buffer: Buffer, consumed: number): void {
    if (consumed > 0) buffer.copyWithin(0, consumed, this.#used);
    this.#used -= consumed;
  }

  #grown(buffer: Buffer): Buffer {
    const larger = Buffer.allocUnsafeSlow(Math.min(buffer.length * 2, this.#limit));
    buffer.copy(larger, 0, 0, this.#used);
    giveBack(buffer);
    this.#buffer = larger;
    return larger;
  }
}
