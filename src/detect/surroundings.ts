import type { LineRegion } from '../model/log-line.ts';

/** Lines kept before and after, and bytes of each: what a reader needs to see how it came about. */
const LINES = 2;
const LONGEST = 400;
const NEWLINE = 10;

/** What stands around a line, in the file's order, as latin1 bytes. */
export interface Surrounding {
  readonly before: readonly string[];
  /** Filled while the file is read on. */
  readonly after: string[];
}

/** The lines around places of one source. Nothing is cut at the edges of regions, for those depend on how it is read. */
export class Surroundings {
  #earlier: readonly string[] = [];
  #awaiting: Surrounding[] = [];

  /** To be called with each region before any place in it is asked for. */
  enter({ bytes, start, end }: LineRegion): void {
    if (this.#awaiting.length === 0) return;
    const lines = following(bytes, start, end, LINES);
    for (const { after } of this.#awaiting) after.push(...lines.slice(0, LINES - after.length));
    this.#awaiting = this.#awaiting.filter(({ after }) => after.length < LINES);
  }

  /** What stands around the line `bytes[start, end)` of the region. */
  around({ bytes, start: first, end: last }: LineRegion, start: number, end: number): Surrounding {
    const here = preceding(bytes, first, start, LINES);
    const surrounding = {
      before: [...this.#earlier, ...here].slice(-LINES),
      after: following(bytes, end + 1, last, LINES),
    };
    if (surrounding.after.length < LINES) this.#awaiting.push(surrounding);
    return surrounding;
  }

  /** To be called with each region after all places in it were asked for. */
  leave({ bytes, start, end }: LineRegion): void {
    this.#earlier = [...this.#earlier, ...preceding(bytes, start, end, LINES)].slice(-LINES);
  }
}

/** The last lines of `bytes[start, end)`, which ends where a line does. */
function preceding(bytes: Uint8Array, start: number, end: number, most: number): string[] {
  const lines: string[] = [];
  let to = end > start && bytes[end - 1] === NEWLINE ? end - 1 : end;
  while (lines.length < most && end > start && to >= start) {
    const from = to === start ? start : Math.max(start, bytes.lastIndexOf(NEWLINE, to - 1) + 1);
    lines.unshift(text(bytes, from, to));
    to = from - 1;
  }
  return lines;
}

function following(bytes: Uint8Array, start: number, end: number, most: number): string[] {
  const lines: string[] = [];
  for (let from = start; lines.length < most && from < end; ) {
    const found = bytes.indexOf(NEWLINE, from);
    const to = found < 0 || found > end ? end : found;
    lines.push(text(bytes, from, to));
    from = to + 1;
  }
  return lines;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'latin1',
    from,
    Math.min(to, from + LONGEST),
  );
}
