import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { type ByteSource, CHUNK_BYTES, type Failure } from './byte-source.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { RatioGuard } from './ratio-guard.ts';

/**
 * One write's output is queued whole, so the slice bounds memory: deflate cannot expand it more than about a
 * thousandfold. It also bounds what a corrupt stream loses: zlib throws away the output of a write that failed.
 */
const SLICE_BYTES = 32 * 1024;

const STREAMS: Readonly<Record<'gzip' | 'deflate' | 'zstd', () => Transform>> = {
  gzip: () => zlib.createGunzip({ chunkSize: CHUNK_BYTES }),
  deflate: () => zlib.createInflateRaw({ chunkSize: CHUNK_BYTES }),
  zstd: () => zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES }),
};

/**
 * Decompresses on zlib's threads: while the taker works on one chunk the next is being made. Written on the stream's
 * write and data events and not on its async iterator, because that drops what was decompressed before an error.
 */
export class InflateSource implements ByteSource {
  failure: Failure | undefined;
  readonly #input: ChunkReader;
  readonly #guard: RatioGuard;
  readonly #stream: Transform;
  readonly #out: Uint8Array[] = [];
  readonly #ended: Promise<void>;
  #finished = false;
  #step: Promise<void> | undefined;

  constructor(format: keyof typeof STREAMS, input: ChunkReader, guard: RatioGuard) {
    this.#input = input;
    this.#guard = guard;
    this.#stream = STREAMS[format]();
    this.#stream.on('data', (chunk: Uint8Array) => this.#take(chunk));
    this.#ended = new Promise((resolve) => {
      const finish = (): void => {
        this.#finished = true;
        resolve();
      };
      this.#stream.on('end', finish);
      this.#stream.on('close', finish);
      this.#stream.on('error', (error: NodeJS.ErrnoException) => {
        this.failure ??= this.#input.failure ?? explain(error);
        finish();
      });
    });
  }

  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const chunk = this.#out.shift();
      if (chunk !== undefined) {
        if (this.#out.length === 0) this.#advance();
        return chunk;
      }
      if (this.#finished) return undefined;
      await this.#advance();
    }
  }

  async close(): Promise<void> {
    this.#finished = true;
    await this.#step;
    this.#stream.destroy();
    this.#out.length = 0;
  }

  #advance(): Promise<void> {
    if (this.#finished) return Promise.resolve();
    this.#step ??= this.#feed().finally(() => {
      this.#step = undefined;
    });
    return this.#step;
  }

  async #feed(): Promise<void> {
    if (this.#input.available === 0 && !(await this.#input.more())) {
      if (!this.#finished) this.#stream.end();
      return this.#ended;
    }
    if (this.#finished) return;
    const slice = this.#input.take(SLICE_BYTES);
    this.#guard.compressed(slice.length);
    const written = new Promise<void>((resolve) => {
      this.#stream.write(slice, () => resolve());
    });
    await Promise.race([written, this.#ended]);
  }

  #take(chunk: Uint8Array): void {
    if (chunk.length === 0 || this.failure?.kind === 'limit') return;
    this.#out.push(chunk);
    const excess = this.#guard.decompressed(chunk.length);
    if (excess === undefined) return;
    this.failure = excess;
    this.#finished = true;
  }
}

function explain(error: NodeJS.ErrnoException): Failure {
  const early = error.code === 'Z_BUF_ERROR' || /unexpected end/i.test(error.message);
  return early
    ? { kind: 'truncated', detail: 'the compressed data ends early' }
    : { kind: 'corrupt', detail: `the compressed data is damaged (${error.message})` };
}
