import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { type ByteSource, type Failure, messageOf } from './byte-source.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { RatioGuard } from './ratio-guard.ts';

type Decoder = ReadableStreamDefaultReader<Uint8Array>;

let opening: Promise<unknown> = Promise.resolve();

/**
 * The package has one WebAssembly instance for all streams and lends it to one at a time: an xz file inside an xz archive
 * (sosreports hold `eipp.log.xz`) would wait for the archive for ever. Sharing it without the queue corrupts the outer
 * stream, because releasing one decoder resets the memory of all. So each stream gets an instance of its own.
 */
function openDecoder(compressed: ReadableStream<Uint8Array>): Promise<Decoder> {
  const opened = opening.then(async () => {
    // Loaded when it is needed: it carries its decoder as text.
    const { default: xz } = await import('xz-decompress');
    Object.assign(xz.XzReadableStream, {
      _contextMutex: { acquire: () => Promise.resolve(), release: () => undefined },
      _moduleInstance: undefined,
      _moduleInstancePromise: undefined,
    });
    const decoder = new xz.XzReadableStream(compressed).getReader();
    // The stream looks its instance up once that is compiled; until then nobody may ask for another.
    await (xz.XzReadableStream as unknown as { _moduleInstancePromise?: Promise<void> })._moduleInstancePromise;
    await new Promise((resolve) => setImmediate(resolve));
    return decoder;
  });
  opening = opened.catch(() => undefined);
  return opened;
}

/** What may follow the end of an xz stream without being data that was left out: padding and a tail of one chunk. */
const TAIL_BYTES = 256 * 1024;

/** Decompresses xz. The decoder is WebAssembly and runs on this thread. */
export class XzSource implements ByteSource {
  failure: Failure | undefined;
  readonly #input: ChunkReader;
  readonly #guard: RatioGuard;
  readonly #compressed: ReadableStream<Uint8Array>;
  #decoder: Decoder | undefined;
  #starved = false;
  #ended = false;

  constructor(input: ChunkReader, guard: RatioGuard) {
    this.#input = input;
    this.#guard = guard;
    this.#compressed = new ReadableStream<Uint8Array>({ pull: (to) => this.#feed(to) }, { highWaterMark: 0 });
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
    if (!this.#ended) await this.#decoder?.cancel().catch(() => undefined);
    this.#ended = true;
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      this.#decoder ??= await openDecoder(this.#compressed);
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
