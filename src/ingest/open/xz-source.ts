import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import xz from 'xz-decompress';
import { type ByteSource, type Failure, messageOf } from './byte-source.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { RatioGuard } from './ratio-guard.ts';

/**
 * The package lends its decoder to one stream at a time, so that an xz file inside an xz archive would wait for the
 * archive for ever. Decoders share no state; there is no need to queue.
 */
Object.assign(xz.XzReadableStream, {
  _contextMutex: { acquire: () => Promise.resolve(), release: () => undefined },
});

/** What may follow the end of an xz stream without being data that was left out: padding and a tail of one chunk. */
const TAIL_BYTES = 256 * 1024;

/** Decompresses xz. The decoder is WebAssembly and runs on this thread. */
export class XzSource implements ByteSource {
  failure: Failure | undefined;
  readonly #input: ChunkReader;
  readonly #guard: RatioGuard;
  readonly #decoder: ReadableStreamDefaultReader<Uint8Array>;
  #starved = false;
  #ended = false;

  constructor(input: ChunkReader, guard: RatioGuard) {
    this.#input = input;
    this.#guard = guard;
    const compressed = new ReadableStream<Uint8Array>({ pull: (to) => this.#feed(to) }, { highWaterMark: 0 });
    this.#decoder = new xz.XzReadableStream(compressed).getReader();
  }

  async read(): Promise<Uint8Array | undefined> {
    while (!this.#ended) {
      const chunk = await this.#next();
      if (chunk === undefined || chunk.length === 0) continue;
      this.failure = this.#guard.decompressed(chunk.length);
      if (this.failure !== undefined) this.#ended = true;
      return chunk;
    }
    return undefined;
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.#decoder.cancel().catch(() => undefined);
    this.#ended = true;
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#decoder.read();
      if (!done) return value;
      this.#ended = true;
      if (this.#input.available > TAIL_BYTES) {
        this.failure = { kind: 'corrupt', detail: 'only the first of several xz streams in it was read' };
      }
    } catch (error) {
      this.#ended = true;
      this.failure = this.#starved
        ? (this.#input.failure ?? { kind: 'truncated', detail: 'the compressed data ends early' })
        : { kind: 'corrupt', detail: `the compressed data is damaged (${messageOf(error)})` };
    }
    return undefined;
  }

  async #feed(to: { enqueue(chunk: Uint8Array): void; close(): void }): Promise<void> {
    if (this.#input.available === 0 && !(await this.#input.more())) {
      this.#starved = true;
      to.close();
      return;
    }
    const chunk = this.#input.take(Number.POSITIVE_INFINITY);
    this.#guard.compressed(chunk.length);
    to.enqueue(chunk);
  }
}
