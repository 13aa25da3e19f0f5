import { copyMatch } from './lz4.ts';
import { RangeDecoder } from './range-decoder.ts';

const STATES = 12;
const POSITION_STATES = 16;
const HALF = 1024;

/** Bit models of a length: short, middle, long. */
interface LengthModel {
  readonly choice: Uint16Array;
  readonly low: Uint16Array;
  readonly middle: Uint16Array;
  readonly high: Uint16Array;
}

function models(count: number): Uint16Array {
  return new Uint16Array(count).fill(HALF);
}

function lengthModel(): LengthModel {
  return {
    choice: models(2),
    low: models(POSITION_STATES * 8),
    middle: models(POSITION_STATES * 8),
    high: models(256),
  };
}

/** The LZMA algorithm over an output that is its own dictionary. `output` grows as it is written. */
export class LzmaDecoder {
  output: Uint8Array;
  position = 0;
  readonly #range = new RangeDecoder();
  #literalContext = 3;
  #literalPosition = 0;
  #positionMask = 3;
  #state = 0;
  #rep: [number, number, number, number] = [0, 0, 0, 0];
  #dictionaryStart = 0;
  #literals = models(0);
  #isMatch = models(0);
  #isRep = models(0);
  #isRep0 = models(0);
  #isRep1 = models(0);
  #isRep2 = models(0);
  #isRep0Long = models(0);
  #slots = models(0);
  #special = models(0);
  #align = models(0);
  #matchLength = lengthModel();
  #repLength = lengthModel();

  constructor(expected: number) {
    this.output = new Uint8Array(expected);
  }

  /** Sets `lc`, `lp` and `pb` from their one byte; false where it is none. */
  properties(byte: number): boolean {
    if (byte > 224) return false;
    const [lc, lp, pb] = [byte % 9, Math.floor(byte / 9) % 5, Math.floor(byte / 45)];
    if (lc + lp > 4) return false;
    this.#literalContext = lc;
    this.#literalPosition = lp;
    this.#positionMask = (1 << pb) - 1;
    return true;
  }

  resetState(): void {
    this.#state = 0;
    this.#rep = [0, 0, 0, 0];
    this.#literals = models(0x300 << (this.#literalContext + this.#literalPosition));
    this.#isMatch = models(STATES * POSITION_STATES);
    this.#isRep = models(STATES);
    this.#isRep0 = models(STATES);
    this.#isRep1 = models(STATES);
    this.#isRep2 = models(STATES);
    this.#isRep0Long = models(STATES * POSITION_STATES);
    this.#slots = models(4 * 64);
    this.#special = models(128);
    this.#align = models(16);
    this.#matchLength = lengthModel();
    this.#repLength = lengthModel();
  }

  resetDictionary(): void {
    this.#dictionaryStart = this.position;
  }

  /** Makes room for `length` more bytes. */
  room(length: number): void {
    if (this.position + length <= this.output.length) return;
    const larger = new Uint8Array(Math.max(this.output.length * 2, this.position + length));
    larger.set(this.output.subarray(0, this.position));
    this.output = larger;
  }

  /** Decodes one chunk that makes `length` bytes; false where it is damaged. There must be room. */
  chunk(input: Uint8Array, start: number, end: number, length: number): boolean {
    const range = this.#range;
    if (!range.start(input, start, end)) return false;
    const stop = this.position + length;
    while (this.position < stop) {
      const positionState = (this.position - this.#dictionaryStart) & this.#positionMask;
      const slot = this.#state * POSITION_STATES + positionState;
      if (range.bit(this.#isMatch, slot) === 0) this.#literal();
      else if (!this.#copy(positionState, slot, stop)) return false;
      if (range.isExhausted) return false;
    }
    return true;
  }

  #literal(): void {
    const { output, position } = this;
    const previous = position > this.#dictionaryStart ? output[position - 1]! : 0;
    const row =
      ((position - this.#dictionaryStart) & ((1 << this.#literalPosition) - 1)) * (1 << this.#literalContext) +
      (previous >> (8 - this.#literalContext));
    const base = row * 0x300;
    let symbol = 1;
    if (this.#state >= 7) symbol = this.#matchedLiteral(base, output[position - this.#rep[0] - 1] ?? 0);
    while (symbol < 0x100) symbol = (symbol << 1) | this.#range.bit(this.#literals, base + symbol);
    output[this.position++] = symbol & 0xff;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  /** After a match, the byte that would have continued it guides the decoding until they differ. */
  #matchedLiteral(base: number, byte: number): number {
    let symbol = 1;
    let guide = byte;
    while (symbol < 0x100) {
      const guided = (guide >> 7) & 1;
      guide <<= 1;
      const bit = this.#range.bit(this.#literals, base + ((1 + guided) << 8) + symbol);
      symbol = (symbol << 1) | bit;
      if (bit !== guided) break;
    }
    return symbol;
  }

  #copy(positionState: number, slot: number, stop: number): boolean {
    const length = this.#range.bit(this.#isRep, this.#state) === 0 ? this.#match(positionState) : this.#repeat(slot);
    const distance = this.#rep[0] + 1;
    if (distance > this.position - this.#dictionaryStart || this.position + length > stop) return false;
    copyMatch(this.output, this.position, distance, length);
    this.position += length;
    return true;
  }

  #match(positionState: number): number {
    const length = this.#length(this.#matchLength, positionState);
    this.#rep = [this.#distance(length), this.#rep[0], this.#rep[1], this.#rep[2]];
    this.#state = this.#state < 7 ? 7 : 10;
    return length;
  }

  /** A match at one of the last four distances. */
  #repeat(slot: number): number {
    const range = this.#range;
    const [rep0, rep1, rep2, rep3] = this.#rep;
    if (range.bit(this.#isRep0, this.#state) === 0) {
      if (range.bit(this.#isRep0Long, slot) === 0) {
        this.#state = this.#state < 7 ? 9 : 11;
        return 1;
      }
    } else if (range.bit(this.#isRep1, this.#state) === 0) this.#rep = [rep1, rep0, rep2, rep3];
    else if (range.bit(this.#isRep2, this.#state) === 0) this.#rep = [rep2, rep0, rep1, rep3];
    else this.#rep = [rep3, rep0, rep1, rep2];
    this.#state = this.#state < 7 ? 8 : 11;
    return this.#length(this.#repLength, slot % POSITION_STATES);
  }

  #length(model: LengthModel, positionState: number): number {
    const range = this.#range;
    if (range.bit(model.choice, 0) === 0) return 2 + range.tree(model.low, positionState * 8, 3);
    if (range.bit(model.choice, 1) === 0) return 10 + range.tree(model.middle, positionState * 8, 3);
    return 18 + range.tree(model.high, 0, 8);
  }

  #distance(length: number): number {
    const range = this.#range;
    const slot = range.tree(this.#slots, Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < 14) return high + range.reverseTree(this.#special, high - slot, bits);
    return high + range.direct(bits - 4) * 16 + range.reverseTree(this.#align, 0, 4);
  }
}
