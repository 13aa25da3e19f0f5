import { MIN_LITERAL } from '../model/matcher-values.ts';

/**
 * One prefilter for the literals of all signatures: sampled 4-grams.
 *
 * The scanned bytes are read as 32-bit words at every fourth byte. A literal of at least seven bytes holds an aligned word
 * at whichever of the four alignments it starts, so one word per alignment, its rarest, is put into a table. A word that is
 * in the table is compared in place with the literals that hold it. Nothing is allocated while scanning.
 */

const TABLE_BITS = 18;
const FOLD = 0x20202020;

export interface Literal {
  readonly text: string;
  readonly ignoreCase: boolean;
}

/** Called for each place where a literal stands: its index, and the byte offset where it starts. */
export type OnLiteral = (literal: number, offset: number) => void;

interface Entry {
  readonly literal: number;
  /** Where in the literal the word stands. */
  readonly shift: number;
}

export class Prefilter {
  readonly #literals: readonly Uint8Array[];
  readonly #ignoreCase: readonly boolean[];
  readonly #table = new Uint8Array(1 << TABLE_BITS);
  readonly #entries = new Map<number, Entry[]>();

  constructor(literals: readonly Literal[]) {
    this.#literals = literals.map((literal) => encode(literal));
    this.#ignoreCase = literals.map((literal) => literal.ignoreCase);
    this.#literals.forEach((bytes, index) => {
      for (let alignment = 0; alignment < 4; alignment++) this.#add(index, rarestWord(bytes, alignment));
    });
  }

  #add(literal: number, shift: number): void {
    const word = foldedWord(this.#literals[literal]!, shift);
    this.#table[slot(word)] = 1;
    const entries = this.#entries.get(word);
    if (entries === undefined) this.#entries.set(word, [{ literal, shift }]);
    else if (!entries.some((e) => e.literal === literal && e.shift === shift)) entries.push({ literal, shift });
  }

  /**
   * Finds the literals in `bytes[start, end)`. Offsets come roughly in order: a literal may be reported up to its own length
   * after one that starts behind it. The same place is reported once per literal.
   */
  scan(bytes: Uint8Array, start: number, end: number, found: OnLiteral): void {
    const misaligned = bytes.byteOffset & 3;
    const base = bytes.byteOffset - misaligned;
    const words = new Int32Array(bytes.buffer, base, (bytes.byteLength + misaligned) >> 2);
    const first = (start + misaligned + 3) >> 2;
    const last = (end + misaligned) >> 2;
    const table = this.#table;
    for (let i = first; i < last; i++) {
      const word = words[i]! | FOLD;
      if (table[(Math.imul(word, 0x9e3779b1) >>> 14) & 0x3ffff] === 1) {
        this.#verify(bytes, start, end, word, (i << 2) - misaligned, found);
      }
    }
  }

  #verify(bytes: Uint8Array, start: number, end: number, word: number, offset: number, found: OnLiteral): void {
    const entries = this.#entries.get(word);
    if (entries === undefined) return;
    for (const { literal, shift } of entries) {
      const at = offset - shift;
      const text = this.#literals[literal]!;
      if (at < start || at + text.length > end) continue;
      if (this.#ignoreCase[literal] ? equalFolded(bytes, at, text) : equal(bytes, at, text)) found(literal, at);
    }
  }
}

/** Log bytes are matched as latin1: a literal beyond ASCII is compared by its UTF-8 bytes. */
function encode(literal: Literal): Uint8Array {
  const text = literal.ignoreCase ? literal.text.toLowerCase() : literal.text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < MIN_LITERAL) throw new RangeError(`literal shorter than ${MIN_LITERAL} bytes: ${literal.text}`);
  return bytes;
}

function slot(word: number): number {
  return (Math.imul(word, 0x9e3779b1) >>> 14) & 0x3ffff;
}

function foldedWord(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24) | FOLD;
}

/** The position, congruent to `alignment` modulo 4, of the word that real logs hold least often. */
function rarestWord(bytes: Uint8Array, alignment: number): number {
  let best = -1;
  let bestScore = Number.POSITIVE_INFINITY;
  for (let at = alignment; at + 4 <= bytes.length; at += 4) {
    const score = commonness(bytes, at);
    if (score < bestScore) {
      bestScore = score;
      best = at;
    }
  }
  return best;
}

/** Sum of how common the four bytes are in logs; words of digits, spaces and frequent letters score high. */
function commonness(bytes: Uint8Array, at: number): number {
  let score = 0;
  for (let i = at; i < at + 4; i++) score += BYTE_SCORE[bytes[i]! | 0x20]!;
  return score;
}

/** Relative frequency of (folded) bytes in control-plane logs, in a logarithmic scale; measured once over real gathers. */
const BYTE_SCORE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  const rank = ' eotnrisac0dpl1u2m3"hg:45/8967.fvkbyw-=_x,jq{}()[]z'.indexOf(String.fromCharCode(byte));
  return rank < 0 ? 0 : 60 - rank;
});

function equal(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

function equalFolded(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) {
    const byte = bytes[at + i]!;
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== text[i]) return false;
  }
  return true;
}
