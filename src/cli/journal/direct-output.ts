import { writeSync } from 'node:fs';
import type { ByteWriter } from '../../model/byte-writer.ts';
import { explained } from '../failure.ts';

const BUFFER_BYTES = 256 * 1024;
const PAUSE = new Int32Array(new SharedArrayBuffer(4));
const PAUSE_MS = 2;

/** Whoever read the output has seen enough. */
export class ReaderGone extends Error {}

/** Takes the first bytes, which hold until it returns, and tells how many it took. */
export type TakeBytes = (bytes: Uint8Array) => number;

/**
 * Writes to a descriptor as fast as it takes it, and waits where it takes no more: entries come from code that cannot be
 * made to wait, so a slow reader would otherwise fill the memory. Throws `ReaderGone` when nobody reads any more, a `UserError` where it cannot be written to.
 */
export function toDescriptor(fd: number): TakeBytes {
  return (bytes) => {
    try {
      return writeSync(fd, bytes);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') throw new ReaderGone();
      if (code !== 'EAGAIN') throw explained(error, 'cannot write the output');
      Atomics.wait(PAUSE, 0, 0, PAUSE_MS);
      return 0;
    }
  };
}

/** Gathers what is printed in pieces that are worth a call of `take`. */
export class DirectOutput implements ByteWriter {
  readonly #take: TakeBytes;
  buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  used = 0;

  constructor(take: TakeBytes) {
    this.#take = take;
  }

  text(text: string): void {
    this.room(text.length * 3);
    this.used += this.buffer.write(text, this.used, 'utf8');
  }

  /** Text of ASCII only. */
  ascii(text: string): void {
    this.room(text.length);
    this.used += this.buffer.write(text, this.used, 'latin1');
  }

  bytes(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  byte(value: number): void {
    this.room(1);
    this.buffer[this.used++] = value;
  }

  flush(): void {
    for (let taken = 0; taken < this.used; ) taken += this.#take(this.buffer.subarray(taken, this.used));
    this.used = 0;
  }

  room(length: number): void {
    if (this.used + length <= this.buffer.length) return;
    this.flush();
    if (length > this.buffer.length) this.buffer = Buffer.allocUnsafe(length);
  }
}
