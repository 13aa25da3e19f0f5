import { REGION_BYTES } from './buffer-pool.ts';

const EMPTY = Buffer.alloc(0);

/** Bytes that are being written, in one buffer that grows from nothing. */
export class GrowingBytes {
  bytes: Buffer = EMPTY;
  end = 0;

  text(text: string): void {
    this.#room(text.length * 3);
    this.end += this.bytes.write(text, this.end, 'utf8');
  }

  copy(from: Uint8Array, start: number, end: number): void {
    if (end <= start) return;
    this.#room(end - start);
    this.bytes.set(from.subarray(start, end), this.end);
    this.end += end - start;
  }

  byte(value: number): void {
    this.#room(1);
    this.bytes[this.end++] = value;
  }

  /** Takes so many bytes off the start. */
  drop(count: number): void {
    this.bytes.copyWithin(0, count, this.end);
    this.end = Math.max(this.end - count, 0);
  }

  clear(): void {
    this.end = 0;
  }

  #room(length: number): void {
    if (this.end + length <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.end + length, REGION_BYTES));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
