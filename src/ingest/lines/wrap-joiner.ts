import type { LineRegion } from '../../model/log-line.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { OriginList } from './origins.ts';
import { shapeOf } from './shape.ts';

const NEWLINE = 10;
const RETURN = 13;
const NARROWEST = 60;
const WIDEST = 255;
const LEAST_WRAPPED = 3;
const LINE_HEAD = 256;
/** A line that was wrapped more often is none. */
const MOST_PIECES = 64;

/**
 * The width at which a terminal broke the lines of a console or kernel log: no line is longer, and what follows the lines of
 * that length has no time of its own. Undefined where they are as they were written.
 */
export function wrapWidth(head: string): number | undefined {
  const lines = head.split('\n').map((line) => line.replace(/\r+$/, ''));
  lines.pop();
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  if (width < NARROWEST || width > WIDEST) return undefined;
  const followers = lines.filter((_, index) => index > 0 && lines[index - 1]!.length === width);
  const pieces = followers.filter((line) => line !== '' && shapeOf(line) === undefined);
  return pieces.length >= LEAST_WRAPPED && pieces.length * 10 >= followers.length * 9 ? width : undefined;
}

/**
 * Puts the lines together that a terminal of `width` columns broke:
 *
 *     [   55.118403] mlx5_core 0000:3b:00.1: mlx5_query_module_id:315:(pid 2871): quer
 *     y_mcia_reg failed: status: 0x3
 *
 * A joined line has the number of its first piece.
 */
export class WrapJoiner {
  readonly cut = 0;
  readonly #width: number;
  readonly #out = new GrowingBytes();
  readonly #origins = new OriginList();
  /** A line that may go on, with the number of its first piece. */
  readonly #pending = new GrowingBytes();
  #pendingLine = 0;
  #pieces = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** The lines of `bytes[0, end)`, joined. `linesBefore` are those before the region. */
  region(bytes: Buffer, end: number, linesBefore: number, final: boolean): LineRegion {
    this.#out.clear();
    this.#origins.clear();
    let line = linesBefore;
    for (let start = 0; start < end; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      const stop = newline < 0 || newline >= end ? end : newline;
      this.#line(bytes, start, stop, ++line);
      start = stop + 1;
    }
    if (final) this.#complete();
    return { bytes: this.#out.bytes, start: 0, end: this.#out.end, linesBefore, origins: this.#origins.origins() };
  }

  #line(bytes: Buffer, start: number, stop: number, line: number): void {
    let end = stop;
    while (end > start && bytes[end - 1] === RETURN) end--;
    const goesOn =
      this.#pieces > 0 && shapeOf(bytes.toString('latin1', start, Math.min(end, start + LINE_HEAD))) === undefined;
    if (!goesOn) this.#complete();
    if (this.#pieces === 0) this.#pendingLine = line;
    this.#pieces++;
    this.#pending.copy(bytes, start, end);
    if (end - start !== this.#width || this.#pieces === MOST_PIECES) this.#complete();
  }

  #complete(): void {
    if (this.#pieces === 0) return;
    this.#out.copy(this.#pending.bytes, 0, this.#pending.end);
    this.#out.byte(NEWLINE);
    this.#origins.add(this.#pendingLine);
    this.#pending.clear();
    this.#pieces = 0;
  }
}
