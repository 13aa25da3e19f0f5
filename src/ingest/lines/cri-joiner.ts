import type { LineRegion } from '../../model/log-line.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { OriginList } from './origins.ts';

const SPACE = 32;
const NEWLINE = 10;
const PARTIAL = 80;
const FULL = 70;
const NEEDLE = Buffer.from(' P ');
/** `2024-12-03T11:59:58.401200034+00:00` and shorter or longer ones. */
const SHORTEST_TIME = 20;
const LONGEST_TIME = 40;

/** Pieces of one stream that wait for their last one. */
interface Pending {
  readonly bytes: GrowingBytes;
  /** Line of the first piece; 0 while there is none. */
  line: number;
}

/**
 * Joins the pieces into which the container runtime cuts long lines:
 *
 *     2024-12-03T11:59:58.401200034+00:00 stderr P {"level":"info","msg":"finished
 *     2024-12-03T11:59:58.401201001+00:00 stderr F  compaction"}
 *
 * The joined line stands where its last piece stood, with the time and the line number of its first. Once a region was
 * rewritten, all later ones of the source state their lines' origins.
 */
export class CriJoiner {
  readonly #limit: number;
  readonly #out = new GrowingBytes();
  readonly #origins = new OriginList();
  readonly #pending = new Map<number, Pending>();
  #hasJoined = false;
  cut = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The lines of `bytes[0, end)`, joined where that was needed. `linesBefore` are those before the region. */
  region(bytes: Buffer, end: number, linesBefore: number, final: boolean): LineRegion {
    if (!this.#hasJoined && !hasPieces(bytes, end)) return { bytes, start: 0, end, linesBefore };
    this.#hasJoined = true;
    this.#out.clear();
    this.#origins.clear();
    let line = linesBefore;
    for (let start = 0; start < end; ) {
      const newline = bytes.indexOf(NEWLINE, start);
      const stop = newline < 0 || newline >= end ? end : newline;
      this.#line(bytes, start, stop, ++line);
      start = stop + 1;
    }
    if (final) for (const pending of this.#pending.values()) this.#complete(pending);
    return { bytes: this.#out.bytes, start: 0, end: this.#out.end, linesBefore, origins: this.#origins.origins() };
  }

  #line(bytes: Buffer, start: number, end: number, line: number): void {
    const tag = tagAt(bytes, start, end);
    const pending = tag < 0 ? undefined : this.#stream(bytes[tag - 2]!);
    const isPiece = pending !== undefined && (bytes[tag] === PARTIAL || pending.line > 0);
    if (!isPiece) {
      this.#out.copy(bytes, start, end);
      this.#endLine(line);
      return;
    }
    const isFirst = pending.line === 0;
    const isLast = bytes[tag] !== PARTIAL;
    if (isFirst) bytes[tag] = FULL;
    pending.bytes.copy(bytes, isFirst ? start : Math.min(tag + 2, end), end);
    if (isFirst) pending.line = line;
    if (isLast || pending.bytes.end > this.#limit) this.#complete(pending);
  }

  /** The last letters of `stdout` and `stderr` differ. */
  #stream(letter: number): Pending {
    const known = this.#pending.get(letter);
    if (known !== undefined) return known;
    const pending: Pending = { bytes: new GrowingBytes(), line: 0 };
    this.#pending.set(letter, pending);
    return pending;
  }

  #complete(pending: Pending): void {
    if (pending.line === 0) return;
    if (pending.bytes.end > this.#limit) this.cut++;
    this.#out.copy(pending.bytes.bytes, 0, pending.bytes.end);
    this.#endLine(pending.line);
    pending.bytes.clear();
    pending.line = 0;
  }

  #endLine(line: number): void {
    this.#out.byte(NEWLINE);
    this.#origins.add(line);
  }
}

/** Place of the `P` or `F` of a CRI line, or -1. */
function tagAt(bytes: Buffer, start: number, end: number): number {
  let space = start + SHORTEST_TIME;
  const limit = Math.min(end, start + LONGEST_TIME);
  while (space < limit && bytes[space] !== SPACE) space++;
  const tag = space + 8;
  if (tag >= end || bytes[start + 10] !== 84 || bytes[space] !== SPACE || bytes[tag - 1] !== SPACE) return -1;
  if (bytes[space + 1] !== 115 || bytes[space + 2] !== 116 || bytes[space + 3] !== 100) return -1;
  const isTag = bytes[tag] === PARTIAL || bytes[tag] === FULL;
  return isTag && (tag + 1 === end || bytes[tag + 1] === SPACE) ? tag : -1;
}

/** Whether any line is a piece. Text may hold ` P ` too, so what stands before it is looked at. */
function hasPieces(buffer: Buffer, end: number): boolean {
  const bytes = buffer.subarray(0, end);
  for (let at = bytes.indexOf(NEEDLE); at >= 0; at = bytes.indexOf(NEEDLE, at + 1)) {
    if (bytes[at - 7] !== SPACE || bytes[at - 5] !== 116) continue;
    const start = bytes.subarray(Math.max(at - LONGEST_TIME - 8, 0), at).lastIndexOf(NEWLINE);
    const from = start < 0 ? 0 : Math.max(at - LONGEST_TIME - 8, 0) + start + 1;
    if (tagAt(bytes, from, end) === at + 1) return true;
  }
  return false;
}
