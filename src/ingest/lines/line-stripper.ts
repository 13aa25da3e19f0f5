import { uncoloured } from './decoder.ts';
import { GrowingBytes } from './growing-bytes.ts';
import type { SourceReader } from './region-consumer.ts';

const NEWLINE = 10;
const RETURN = 13;
const ESCAPE = 27;
const LONGEST_PREFIX = 256;
/** A record that is longer is read in pieces. */
const MOST_KEPT = 4 * 1024 * 1024;

/** What stands around the lines of a log that somebody passed on. */
export interface Wrapping {
  readonly prefix: RegExp | undefined;
  /** `SYSTEMD_COLORS=1` colours names and values of fields, too. */
  readonly isColoured: boolean;
}

/** Takes off each line what is no part of the log, and a CR off its end, and hands the lines on. Their numbers stay as they were. */
export class LineStripper implements SourceReader {
  readonly #prefix: RegExp | undefined;
  readonly #isColoured: boolean;
  readonly #reader: SourceReader;
  readonly #out = new GrowingBytes();
  /** What came last was not the end of a line. */
  #isInside = false;

  constructor({ prefix, isColoured }: Wrapping, reader: SourceReader) {
    this.#prefix = prefix;
    this.#isColoured = isColoured;
    this.#reader = reader;
  }

  consume(bytes: Buffer, end: number, final: boolean): number {
    const used = final ? end : end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1;
    if (used === 0 && !final) return 0;
    this.#strip(bytes, used);
    this.#pass(final);
    return used;
  }

  overflow(bytes: Buffer, end: number): number {
    const used = end - (end % 4);
    this.#strip(bytes, used);
    this.#out.drop(Math.max(this.#reader.overflow(this.#out.bytes, this.#out.end), 1));
    return used;
  }

  /** What the reader leaves stands before what comes next. */
  #pass(final: boolean): void {
    this.#out.drop(this.#reader.consume(this.#out.bytes, this.#out.end, final));
    if (this.#out.end > MOST_KEPT) this.#out.drop(Math.max(this.#reader.overflow(this.#out.bytes, this.#out.end), 1));
  }

  finish(): void {
    this.#reader.finish();
  }

  #strip(bytes: Buffer, end: number): void {
    for (let start = 0; start < end; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      const next = newline < 0 || newline >= end ? end : newline + 1;
      const length = this.#isInside ? 0 : this.#lengthAt(bytes, start, next);
      this.#copy(bytes, start + length, next);
      this.#isInside = bytes[next - 1] !== NEWLINE;
      start = next;
    }
  }

  #copy(bytes: Buffer, start: number, end: number): void {
    if (this.#isColoured && bytes.subarray(start, end).includes(ESCAPE)) {
      const plain = Buffer.from(uncoloured(bytes.toString('latin1', start, end)), 'latin1');
      this.#out.copy(plain, 0, plain.length);
      return;
    }
    const hasReturn = end - start > 1 && bytes[end - 1] === NEWLINE && bytes[end - 2] === RETURN;
    this.#out.copy(bytes, start, hasReturn ? end - 2 : end);
    if (hasReturn) this.#out.byte(NEWLINE);
  }

  #lengthAt(bytes: Buffer, start: number, end: number): number {
    if (this.#prefix === undefined) return 0;
    const head = bytes.toString('latin1', start, Math.min(end, start + LONGEST_PREFIX));
    return this.#prefix.exec(head)?.[0].length ?? 0;
  }
}
