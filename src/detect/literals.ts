import { MIN_LITERAL } from '../model/matcher-values.ts';
import { foldedWord, WordRarity } from './word-rarity.ts';

/**
 * One prefilter for the literals of many signatures: sampled 4-grams.
 *
 * The scanned bytes are read as 32-bit words at every fourth byte. A literal of at least seven bytes holds an aligned word
 * at whichever of the four alignments it starts, so one word per alignment, its rarest, is put into a table. A word that is
 * in the table is compared in place with the literals that hold it. Which words are rare is learned from what is scanned,
 * and decides how long a scan takes, never what it finds.
 */

const TABLE_BITS = 18;
const SHIFT = 32 - TABLE_BITS;
const HASH = 0x9e3779b1;
const FOLD = 0x20202020;
/** More of a region says little more about which words are rare. */
const SAMPLE_WORDS = 16 * 1024;
const FIRST_SAMPLES = 256 * 1024;
const LATER_SAMPLES = 64 * 1024 * 1024;
/** Words that are looked at before those that may be a literal's are verified. */
const BLOCK_WORDS = 4096;

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
  readonly #texts: readonly Uint8Array[];
  readonly #ignoreCase: readonly boolean[];
  readonly #wanted: readonly number[];
  readonly #table = new Uint8Array(1 << TABLE_BITS);
  readonly #entries = new Map<number, Entry[]>();
  readonly #rarity = new WordRarity();
  /** Places of the words of a block that are in the table. */
  readonly #hits = new Int32Array(BLOCK_WORDS);
  #scanned = 0;
  #nextSample = 0;
  /** What the scan at hand found: offset and literal in one number, so that they sort. */
  #found: number[] = [];

  /** `wanted` are the indexes of the literals to look for; default all. */
  constructor(literals: readonly Literal[], wanted: readonly number[] = literals.map((_, index) => index)) {
    this.#texts = literals.map((literal) => encode(literal));
    this.#ignoreCase = literals.map((literal) => literal.ignoreCase);
    this.#wanted = wanted;
    this.#chooseWords();
  }

  /** Finds the literals in `bytes[start, end)`, in the order of their offsets, then of their indexes. */
  scan(bytes: Uint8Array, start: number, end: number, found: OnLiteral): void {
    const misaligned = bytes.byteOffset & 3;
    const base = bytes.byteOffset - misaligned;
    const words = new Int32Array(bytes.buffer, base, (bytes.byteLength + misaligned) >> 2);
    const first = (start + misaligned + 3) >> 2;
    const last = (end + misaligned) >> 2;
    if (this.#scanned >= this.#nextSample) this.#learn(words, first, last);
    this.#scanned += end - start;
    for (let from = first; from < last; from += BLOCK_WORDS) {
      const count = collect(words, from, Math.min(from + BLOCK_WORDS, last), this.#table, this.#hits);
      for (let hit = 0; hit < count; hit++) {
        const i = this.#hits[hit]!;
        this.#verify(bytes, start, end, words[i]! | FOLD, (i << 2) - misaligned);
      }
    }
    if (this.#found.length > 0) this.#tell(found);
  }

  #learn(words: Int32Array, first: number, last: number): void {
    this.#nextSample = this.#scanned + Math.min(Math.max(this.#scanned / 2, FIRST_SAMPLES), LATER_SAMPLES);
    this.#rarity.sample(words, first, Math.min(last, first + SAMPLE_WORDS));
    this.#chooseWords();
  }

  #chooseWords(): void {
    this.#table.fill(0);
    this.#entries.clear();
    for (const literal of this.#wanted) {
      const bytes = this.#texts[literal]!;
      for (let alignment = 0; alignment < 4; alignment++) {
        const shift = this.#rarity.rarest(bytes, alignment);
        const word = foldedWord(bytes, shift);
        this.#table[Math.imul(word, HASH) >>> SHIFT] = 1;
        const entries = this.#entries.get(word);
        if (entries === undefined) this.#entries.set(word, [{ literal, shift }]);
        else entries.push({ literal, shift });
      }
    }
  }

  #verify(bytes: Uint8Array, start: number, end: number, word: number, offset: number): void {
    const entries = this.#entries.get(word);
    if (entries === undefined) return;
    for (const { literal, shift } of entries) {
      const at = offset - shift;
      const text = this.#texts[literal]!;
      if (at < start || at + text.length > end) continue;
      const isThere = this.#ignoreCase[literal] === true ? equalFolded(bytes, at, text) : equal(bytes, at, text);
      if (isThere) this.#found.push(at * this.#texts.length + literal);
    }
  }

  #tell(found: OnLiteral): void {
    const all = this.#found.sort((a, b) => a - b);
    this.#found = [];
    const count = this.#texts.length;
    for (const one of all) found(one % count, Math.floor(one / count));
  }
}

/**
 * Writes the places of those `words[first, last)` that are in the table into `hits`, and says how many they are. Four words at
 * a time: nearly always none of them is in the table, and one test says so. Calls nothing, so that a rare word leaves the
 * compiled loop as it is.
 */
function collect(words: Int32Array, first: number, last: number, table: Uint8Array, hits: Int32Array): number {
  let count = 0;
  let i = first;
  for (const stop = last - 3; i < stop; i += 4) {
    const inA = table[Math.imul(words[i]! | FOLD, HASH) >>> SHIFT]!;
    const inB = table[Math.imul(words[i + 1]! | FOLD, HASH) >>> SHIFT]!;
    const inC = table[Math.imul(words[i + 2]! | FOLD, HASH) >>> SHIFT]!;
    const inD = table[Math.imul(words[i + 3]! | FOLD, HASH) >>> SHIFT]!;
    if ((inA | inB | inC | inD) === 0) continue;
    // Each place is written and, if it was no hit, written over by the next.
    hits[count] = i;
    count += inA;
    hits[count] = i + 1;
    count += inB;
    hits[count] = i + 2;
    count += inC;
    hits[count] = i + 3;
    count += inD;
  }
  for (; i < last; i++) {
    hits[count] = i;
    count += table[Math.imul(words[i]! | FOLD, HASH) >>> SHIFT]!;
  }
  return count;
}

/** Log bytes are matched as latin1: a literal beyond ASCII is compared by its UTF-8 bytes. */
function encode(literal: Literal): Uint8Array {
  const text = literal.ignoreCase ? literal.text.toLowerCase() : literal.text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < MIN_LITERAL) throw new RangeError(`literal shorter than ${MIN_LITERAL} bytes: ${literal.text}`);
  return bytes;
}

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
