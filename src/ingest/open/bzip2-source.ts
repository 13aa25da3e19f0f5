import { BitReader, EndOfBits } from './bit-reader.ts';
import { type ByteSource, type Failure, messageOf } from './byte-source.ts';
import { decodeBlock } from './bzip2-block.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { RatioGuard } from './ratio-guard.ts';

/** More than any block takes compressed: 900,000 bytes that did not compress, its code tables and selectors. */
const BLOCK_INPUT_BYTES = 1_400_000;
const BLOCK_MAGIC = [0x314159, 0x265359];
const END_MAGIC = [0x177245, 0x385090];

/** Decompresses bzip2 block by block, also several streams on end. The checksums are not verified. */
export class Bzip2Source implements ByteSource {
  failure: Failure | undefined;
  readonly #input: ChunkReader;
  readonly #guard: RatioGuard;
  readonly #bits = new BitReader();
  #blockBytes = 0;
  #ended = false;

  constructor(input: ChunkReader, guard: RatioGuard) {
    this.#input = input;
    this.#guard = guard;
  }

  async read(): Promise<Uint8Array | undefined> {
    while (!this.#ended) {
      await this.#fill();
      const block = this.#decode();
      if (block === undefined || block.length === 0) continue;
      this.failure = this.#guard.decompressed(block.length);
      if (this.failure !== undefined) this.#ended = true;
      return block;
    }
    return undefined;
  }

  close(): Promise<void> {
    this.#ended = true;
    return Promise.resolve();
  }

  async #fill(): Promise<void> {
    while (this.#bits.left < BLOCK_INPUT_BYTES) {
      if (this.#input.available === 0 && !(await this.#input.more())) return;
      const chunk = this.#input.take(BLOCK_INPUT_BYTES);
      this.#guard.compressed(chunk.length);
      this.#bits.append(chunk);
    }
  }

  /** Decodes the next block; undefined at the start and end of a stream, and at the end of all. */
  #decode(): Uint8Array | undefined {
    try {
      if (this.#blockBytes === 0) return this.#startStream();
      const magic = [this.#bits.read(24), this.#bits.read(24)];
      this.#bits.read(16);
      this.#bits.read(16);
      if (magic[0] === BLOCK_MAGIC[0] && magic[1] === BLOCK_MAGIC[1]) return decodeBlock(this.#bits, this.#blockBytes);
      if (magic[0] !== END_MAGIC[0] || magic[1] !== END_MAGIC[1]) throw new Error('no block where one should start');
      this.#bits.alignToByte();
      this.#blockBytes = 0;
      if (this.#bits.left === 0) this.#ended = true;
    } catch (error) {
      this.#ended = true;
      this.failure =
        error instanceof EndOfBits
          ? (this.#input.failure ?? { kind: 'truncated', detail: 'the compressed data ends early' })
          : { kind: 'corrupt', detail: `the compressed data is damaged (${messageOf(error)})` };
    }
    return undefined;
  }

  /** Reads `BZh` and the level. Anything else after a complete stream is padding, not data. */
  #startStream(): undefined {
    if (this.#bits.read(8) !== 0x42 || this.#bits.read(16) !== 0x5a68) {
      this.#ended = true;
      return undefined;
    }
    const level = this.#bits.read(8) - 0x30;
    if (level < 1 || level > 9) throw new Error('bad level');
    this.#blockBytes = level * 100_000;
    return undefined;
  }
}
