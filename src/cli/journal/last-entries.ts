const BLOCK_BYTES = 1024 * 1024;

/** Entries as they will be printed, one behind the other. */
interface Block {
  readonly bytes: Buffer;
  /** Where each entry ends. */
  readonly ends: number[];
}

/** Keeps the last entries that fit into so many bytes, to print them the last one first. */
export class LastEntries {
  readonly #most: number;
  #blocks: Block[] = [];
  #bytes = 0;
  #dropped = 0;
  #pieces: Uint8Array[] = [];

  /** `most` is in bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** So many of the first entries were given up for later ones. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a piece of an entry. */
  add(piece: Uint8Array): number {
    this.#pieces.push(Uint8Array.prototype.slice.call(piece));
    return piece.length;
  }

  endEntry(): void {
    const entry = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    this.#pieces = [];
    const block = this.#blockFor(entry.length);
    const start = block.ends.at(-1) ?? 0;
    block.bytes.set(entry, start);
    block.ends.push(start + entry.length);
  }

  /** Hands out the entries, the last one first, and forgets them. */
  takeReversed(take: (entry: Uint8Array) => void): void {
    for (const { bytes, ends } of this.#blocks.toReversed())
      for (let i = ends.length - 1; i >= 0; i--) take(bytes.subarray(ends[i - 1] ?? 0, ends[i]));
    this.#blocks = [];
    this.#bytes = 0;
    this.#dropped = 0;
  }

  #blockFor(length: number): Block {
    const last = this.#blocks.at(-1);
    if (last !== undefined && (last.ends.at(-1) ?? 0) + length <= last.bytes.length) return last;
    const block: Block = { bytes: Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, length)), ends: [] };
    this.#blocks.push(block);
    this.#bytes += block.bytes.length;
    while (this.#bytes > this.#most && this.#blocks.length > 1) {
      const oldest = this.#blocks.shift()!;
      this.#bytes -= oldest.bytes.length;
      this.#dropped += oldest.ends.length;
    }
    return block;
  }
}
