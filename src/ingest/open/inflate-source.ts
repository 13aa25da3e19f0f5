import type { Transform } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import zlib from 'node:zlib';
import { type ByteSource, CHUNK_BYTES, type Failure } from './byte-source.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { RatioGuard } from './ratio-guard.ts';

/**
 * One write's output is queued whole, so the slice bounds memory: deflate cannot expand it more than about a
 * thousandfold. It also bounds what a corrupt stream loses: zlib throws away the output of a write that failed.
 */
export const SLICE_BYTES = 32 * 1024;
/** Chunks that wait for their taker before no more is decompressed. */
const AHEAD = 3;

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
  /** The feeding, once it has begun: it goes on by itself while there is room. */
  #fed: Promise<void> | undefined;
  #wakeTaker: (() => void) | undefined;
  #wakeFeeder: (() => void) | undefined;

  constructor(format: keyof typeof STREAMS, input: ChunkReader, guard: RatioGuard) {
    this.#input = input;
    this.#guard = guard;
    this.#stream = STREAMS[format]();
    this.#stream.on('data', (chunk: Uint8Array) => this.#take(chunk));
    this.#ended = new Promise((resolve) => {
      const finish = (): void => {
        this.failure ??= this.#input.failure;
        this.#finish();
        resolve();
      };
      this.#stream.on('end', finish);
      this.#stream.on('close', finish);
      this.#stream.on('error', (error: NodeJS.ErrnoException) => {
        this.failure ??= this.#input.failure ?? explainInflate(error);
        finish();
      });
    });
  }

  async read(): Promise<Uint8Array | undefined> {
    this.#fed ??= this.#feed();
    while (this.#out.length === 0 && !this.#finished) {
      await new Promise<void>((resolve) => {
        this.#wakeTaker = resolve;
      });
    }
    // The turn lets a chunk that is ready be queued and the next one begun before the taker keeps this thread busy.
    if (!this.#finished) await nextTurn();
    const chunk = this.#out.shift();
    this.#wakeFeeder?.();
    return chunk;
  }

  async close(): Promise<void> {
    this.#finish();
    await this.#fed;
    this.#stream.destroy();
    this.#out.length = 0;
  }

  async #feed(): Promise<void> {
    while (!this.#finished) {
      if (this.#out.length >= AHEAD) {
        await new Promise<void>((resolve) => {
          this.#wakeFeeder = resolve;
        });
      } else if (this.#input.available === 0 && !(await this.#input.more())) {
        if (!this.#finished) this.#stream.end();
        return this.#ended;
      } else if (!this.#finished) {
        await this.#write();
      }
    }
  }

  async #write(): Promise<void> {
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
    this.#wakeTaker?.();
    const excess = this.#guard.decompressed(chunk.length);
    if (excess === undefined) return;
    this.failure = excess;
    this.#finish();
  }

  #finish(): void {
    this.#finished = true;
    this.#wakeTaker?.();
    this.#wakeFeeder?.();
  }
}

/** Why zlib gave up. */
export function explainInflate(error: NodeJS.ErrnoException): Failure {
  const early = error.code === 'Z_BUF_ERROR' || /unexpected end/i.test(error.message);
  return early
    ? { kind: 'truncated', detail: 'the compressed data ends early' }
    : { kind: 'corrupt', detail: `the compressed data is damaged (${error.message})` };
}
