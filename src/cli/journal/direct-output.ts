import { writeSync } from 'node:fs';

const BUFFER_BYTES = 256 * 1024;
const PAUSE = new Int32Array(new SharedArrayBuffer(4));
const PAUSE_MS = 2;

/** Whoever read the output has seen enough. */
export class ReaderGone extends Error {}

/**
 * Writes to a descriptor as fast as it takes it, and waits where it takes no more: entries come from code that cannot be
 * made to wait, so a slow reader would otherwise fill the memory.
 */
export class DirectOutput {
  readonly #fd: number;
  #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #used = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  text(text: string): void {
    this.#room(text.length * 3);
    this.#used += this.#buffer.write(text, this.#used, 'utf8');
  }

  /** Text of ASCII only. */
  ascii(text: string): void {
    this.#room(text.length);
    this.#used += this.#buffer.write(text, this.#used, 'latin1');
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#used++] = value;
  }

  /** Makes room for `length` more bytes, and marks where they will start. */
  mark(length: number): number {
    this.#room(length);
    return this.#used;
  }

  /** A copy of what was written since `mark`. */
  since(mark: number): Uint8Array {
    return Uint8Array.prototype.slice.call(this.#buffer, mark, this.#used);
  }

  /** Throws `ReaderGone` when nobody reads any more. */
  flush(): void {
    for (let written = 0; written < this.#used; ) written += this.#write(written);
    this.#used = 0;
  }

  #room(length: number): void {
    if (this.#used + length <= this.#buffer.length) return;
    this.flush();
    if (length > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(length);
  }

  #write(from: number): number {
    try {
      return writeSync(this.#fd, this.#buffer, from, this.#used - from);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') throw new ReaderGone();
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(PAUSE, 0, 0, PAUSE_MS);
      return 0;
    }
  }
}
