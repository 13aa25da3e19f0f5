/** Reads bits, most significant first, from bytes that arrive in pieces. */
export class BitReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #held = 0;
  #bits = 0;

  /** Whole bytes not yet looked at. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  append(chunk: Uint8Array): void {
    const joined = new Uint8Array(this.left + chunk.length);
    joined.set(this.#bytes.subarray(this.#at));
    joined.set(chunk, this.left);
    this.#bytes = joined;
    this.#at = 0;
  }

  /** At most 24 bits. Throws `EndOfBits` where there are not so many. */
  read(count: number): number {
    while (this.#bits < count) {
      if (this.#at >= this.#bytes.length) throw new EndOfBits();
      this.#held = ((this.#held << 8) | (this.#bytes[this.#at++] as number)) >>> 0;
      this.#bits += 8;
    }
    this.#bits -= count;
    const value = (this.#held >>> this.#bits) & ((1 << count) - 1);
    this.#held &= (1 << this.#bits) - 1;
    return value;
  }

  /** The next bits without taking them, with zeros where there are not so many. At most 24. */
  peek(count: number): number {
    while (this.#bits < count && this.#at < this.#bytes.length) {
      this.#held = ((this.#held << 8) | (this.#bytes[this.#at++] as number)) >>> 0;
      this.#bits += 8;
    }
    const missing = count - this.#bits;
    return missing > 0 ? (this.#held << missing) >>> 0 : (this.#held >>> -missing) & ((1 << count) - 1);
  }

  alignToByte(): void {
    this.#bits -= this.#bits % 8;
    this.#held &= (1 << this.#bits) - 1;
  }
}

/** The bits ran out: the data was cut. */
export class EndOfBits extends Error {
  override readonly name = 'EndOfBits';
}
