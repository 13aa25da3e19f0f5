import type { ByteSource, Failure } from './byte-source.ts';
import type { ChunkReader } from './chunk-reader.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
/** A header at its longest: magic, descriptor, window, dictionary and size of the content. */
const HEADER_BYTES = 18;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const RUN = 1;
const RESERVED = 3;
const DICTIONARY_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];

const EARLY: Failure = { kind: 'truncated', detail: 'the compressed data ends early' };

type Part = 'frame' | 'block' | 'checksum' | 'end';

/**
 * The compressed bytes of zstd frames (RFC 8878), without the frames that are to be skipped, as `pzstd` writes them between.
 * No chunk goes beyond the end of its frame: Node's decompressor drops what is left of a write when a frame ends. Up to
 * Node 22 it says nothing either when a frame is cut.
 */
export class ZstdFrames implements ByteSource {
  failure: Failure | undefined;
  readonly #input: ChunkReader;
  #next: Part = 'frame';
  #hasChecksum = false;
  #hasFrame = false;
  /** Bytes of the part that is being passed on. */
  #left = 0;

  constructor(input: ChunkReader) {
    this.#input = input;
  }

  async read(): Promise<Uint8Array | undefined> {
    if (this.#left === 0) this.#left = await this.#measure();
    if (this.#left === 0) return undefined;
    if (this.#input.available === 0 && !(await this.#input.more())) return this.#end();
    const chunk = this.#input.take(this.#left);
    this.#left -= chunk.length;
    return this.#input.isLent ? chunk.slice() : chunk;
  }

  close(): Promise<void> {
    this.#next = 'end';
    this.#left = 0;
    return Promise.resolve();
  }

  #end(failure: Failure = EARLY): undefined {
    this.#next = 'end';
    this.#left = 0;
    this.failure = this.#input.failure ?? failure;
  }

  /** Bytes of the part that comes next; 0 at the end. */
  async #measure(): Promise<number> {
    switch (this.#next) {
      case 'frame':
        return this.#frame();
      case 'block':
        return this.#block();
      case 'checksum':
        this.#next = 'frame';
        return CHECKSUM_BYTES;
      case 'end':
        return 0;
    }
  }

  async #frame(): Promise<number> {
    for (;;) {
      const head = await this.#input.peek(HEADER_BYTES);
      if (head.length === 0 && this.#hasFrame && this.#input.failure === undefined) return 0;
      if (head.length < 8) return this.#cut();
      const view = new DataView(head.buffer, head.byteOffset, head.length);
      const magic = view.getUint32(0, true);
      if (magic === MAGIC) return this.#header(head);
      // Anything else after a complete frame is padding, not data.
      if ((magic & 0xfffffff0) >>> 0 !== SKIPPABLE_MAGIC) return 0;
      if (!(await this.#input.skip(8 + view.getUint32(4, true)))) return this.#cut();
    }
  }

  #header(head: Uint8Array): number {
    const descriptor = head[4]!;
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const contentSize = CONTENT_SIZE_BYTES[descriptor >> 6]! || (isSingleSegment ? 1 : 0);
    this.#hasChecksum = (descriptor & 0x04) !== 0;
    this.#hasFrame = true;
    this.#next = 'block';
    return 5 + (isSingleSegment ? 0 : 1) + DICTIONARY_BYTES[descriptor & 0x03]! + contentSize;
  }

  async #block(): Promise<number> {
    const head = await this.#input.peek(BLOCK_HEADER_BYTES);
    if (head.length < BLOCK_HEADER_BYTES) return this.#cut();
    const header = head[0]! | (head[1]! << 8) | (head[2]! << 16);
    const type = (header >> 1) & 0x03;
    if (type === RESERVED)
      return this.#cut({ kind: 'corrupt', detail: 'the compressed data is damaged (no such block)' });
    if ((header & 1) === 1) this.#next = this.#hasChecksum ? 'checksum' : 'frame';
    return BLOCK_HEADER_BYTES + (type === RUN ? 1 : header >> 3);
  }

  #cut(failure?: Failure): number {
    this.#end(failure);
    return 0;
  }
}
