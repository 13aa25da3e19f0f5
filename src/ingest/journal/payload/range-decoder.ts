const TOP = 0x1000000;
const EMPTY = new Uint8Array(0);

/** The range decoder of LZMA: bits by adaptive models of 11 bits. Reads zeros past the end, and says so. */
export class RangeDecoder {
  #input: Uint8Array = EMPTY;
  #at = 0;
  #end = 0;
  #range = 0;
  #code = 0;

  /** More was read than there was. */
  get isExhausted(): boolean {
    return this.#at > this.#end;
  }

  start(input: Uint8Array, start: number, end: number): boolean {
    if (end - start < 5 || input[start] !== 0) return false;
    this.#input = input;
    this.#at = start + 5;
    this.#end = end;
    this.#range = 0xffffffff;
    this.#code =
      ((input[start + 1]! << 24) | (input[start + 2]! << 16) | (input[start + 3]! << 8) | input[start + 4]!) >>> 0;
    return true;
  }

  bit(models: Uint16Array, index: number): 0 | 1 {
    const model = models[index]!;
    const bound = (this.#range >>> 11) * model;
    if (this.#code < bound) {
      this.#range = bound;
      models[index] = model + ((2048 - model) >> 5);
      this.#normalize();
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    models[index] = model - (model >> 5);
    this.#normalize();
    return 1;
  }

  /** Bits of equal chance, the highest first. */
  direct(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left--) {
      this.#range >>>= 1;
      const isSet = this.#code >= this.#range;
      if (isSet) this.#code -= this.#range;
      value = value * 2 + (isSet ? 1 : 0);
      this.#normalize();
    }
    return value;
  }

  tree(models: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    for (let left = bits; left > 0; left--) symbol = (symbol << 1) | this.bit(models, base + symbol);
    return symbol - (1 << bits);
  }

  /** As `tree`, the lowest bit first. */
  reverseTree(models: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let at = 0; at < bits; at++) {
      const bit = this.bit(models, base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << at;
    }
    return value;
  }

  #normalize(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.#at < this.#end ? this.#input[this.#at]! : 0)) >>> 0;
    this.#at++;
  }
}
