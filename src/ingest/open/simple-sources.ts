import { close, read } from 'node:fs';
import { promisify } from 'node:util';
import { type ByteSource, CHUNK_BYTES, type Failure, messageOf } from './byte-source.ts';
import type { ChunkReader } from './chunk-reader.ts';

/** A byte source over anything that is iterated asynchronously, such as standard input. */
export class IterableSource implements ByteSource {
  failure: Failure | undefined;
  readonly #iterator: AsyncIterator<Uint8Array | string>;
  readonly #onRead: ((bytes: number) => void) | undefined;

  constructor(chunks: AsyncIterable<Uint8Array | string>, onRead?: (bytes: number) => void) {
    this.#iterator = chunks[Symbol.asyncIterator]();
    this.#onRead = onRead;
  }

  async read(): Promise<Uint8Array | undefined> {
    if (this.failure !== undefined) return undefined;
    try {
      for (;;) {
        const next = await this.#iterator.next();
        if (next.done === true) return undefined;
        const chunk = typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
        if (chunk.length === 0) continue;
        this.#onRead?.(chunk.length);
        return chunk;
      }
    } catch (error) {
      this.failure = { kind: 'unreadable', detail: messageOf(error) };
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

/** A byte source over chunks in memory. */
export class MemorySource implements ByteSource {
  readonly failure = undefined;
  readonly #chunks: Uint8Array[];

  constructor(chunks: readonly Uint8Array[]) {
    this.#chunks = chunks.filter((chunk) => chunk.length > 0);
  }

  read(): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#chunks.shift());
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

// Unlike those of file handles, these load nothing.
export const readAt = promisify(read);
const closeFile = promisify(close);

/** A byte source over an open file; the next chunk is read while its taker works on this one. */
export class FileSource implements ByteSource {
  failure: Failure | undefined;
  readonly #fd: number;
  readonly #onRead: (bytes: number) => void;
  #next: Promise<Uint8Array | undefined> | undefined;

  constructor(fd: number, onRead: (bytes: number) => void) {
    this.#fd = fd;
    this.#onRead = onRead;
  }

  async read(): Promise<Uint8Array | undefined> {
    const chunk = await (this.#next ?? this.#load());
    this.#next = chunk === undefined ? undefined : this.#load();
    if (chunk !== undefined) this.#onRead(chunk.length);
    return chunk;
  }

  async #load(): Promise<Uint8Array | undefined> {
    if (this.failure !== undefined) return undefined;
    try {
      const buffer = new Uint8Array(CHUNK_BYTES);
      const { bytesRead } = await readAt(this.#fd, buffer, 0, CHUNK_BYTES, null);
      return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead);
    } catch (error) {
      this.failure = { kind: 'unreadable', detail: messageOf(error) };
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.#next;
    await closeFile(this.#fd);
  }
}

/** The next `size` bytes of a reader as a source of their own: one member of an archive. */
export class MemberSource implements ByteSource {
  failure: Failure | undefined;
  readonly #reader: ChunkReader;
  #left: number;

  constructor(reader: ChunkReader, size: number) {
    this.#reader = reader;
    this.#left = size;
  }

  /** Bytes of the member that nobody has taken yet. */
  get left(): number {
    return this.#left;
  }

  async read(): Promise<Uint8Array | undefined> {
    if (this.#left === 0) return undefined;
    if (this.#reader.available === 0 && !(await this.#reader.more())) {
      this.failure ??= this.#reader.failure ?? { kind: 'truncated', detail: 'the archive ends inside this member' };
      return undefined;
    }
    const chunk = this.#reader.take(this.#left);
    this.#left -= chunk.length;
    return this.#reader.isLent ? chunk.slice() : chunk;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** What is left in a reader that lends its chunks, as a source that does not. */
export class OwnedSource implements ByteSource {
  readonly #reader: ChunkReader;

  constructor(reader: ChunkReader) {
    this.#reader = reader;
  }

  get failure(): Failure | undefined {
    return this.#reader.failure;
  }

  async read(): Promise<Uint8Array | undefined> {
    if (this.#reader.available === 0 && !(await this.#reader.more())) return undefined;
    return this.#reader.take(CHUNK_BYTES).slice();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
