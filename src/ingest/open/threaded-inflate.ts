import { Worker } from 'node:worker_threads';
import { type ByteSource, type Failure, messageOf } from './byte-source.ts';
import type { InflateEnd, InflateJob } from './inflate-thread.ts';
import { SharedRing, SLOTS } from './shared-ring.ts';

const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './inflate-thread.ts' : './inflate-thread.js',
  import.meta.url,
);

/** Slots that are left to the thread whatever the reader holds on to. */
const SPARE = 3;

/** Its heap holds next to nothing, but would grow for the chunks that it hands over if it was let. */
const THREAD_HEAP = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

/** A thread, with the memory that it shares, that waits to be told what to decompress. */
interface Inflater {
  readonly ring: SharedRing;
  /** Undefined where the system gives no thread. */
  readonly worker: Worker | undefined;
  /** What it said last, or what became of it without a word. */
  readonly end: Promise<InflateEnd & { readonly isDead?: true }>;
}

/** At most one: an analysis starts it before it knows what it looks for, as a thread takes a while to start. */
let waiting: Inflater | undefined;

/** Starts a thread that the next `ThreadedInflate` takes over. Nobody waits for its end if none does. */
export function startInflater(): void {
  if (waiting !== undefined) return;
  waiting = newInflater();
  waiting.worker?.unref();
}

function takeInflater(): Inflater {
  const taken = waiting ?? newInflater();
  waiting = undefined;
  taken.worker?.ref();
  return taken;
}

function newInflater(): Inflater {
  const ring = new SharedRing();
  const options = { workerData: ring.memory, execArgv: [], stdin: false, resourceLimits: THREAD_HEAP };
  let worker: Worker;
  try {
    worker = new Worker(THREAD, options);
  } catch (error) {
    return { ring, worker: undefined, end: Promise.resolve(dead(messageOf(error))) };
  }
  const end = new Promise<InflateEnd>((resolve) => {
    worker.once('message', (said: InflateEnd) => resolve(said));
    worker.once('error', (error) => resolve(dead(messageOf(error))));
    worker.once('exit', () => resolve(dead('its thread has ended')));
  });
  return { ring, worker, end };
}

function dead(detail: string): InflateEnd & { readonly isDead: true } {
  return { failure: { kind: 'unreadable', detail }, isDead: true };
}

/**
 * Decompresses a gzip file on a thread of its own, so that this one does nothing but use the bytes. Chunks are lent: a
 * chunk that `release` was called for is overwritten.
 */
export class ThreadedInflate implements ByteSource {
  readonly isLent = true;
  failure: Failure | undefined;
  readonly #ring: SharedRing;
  readonly #worker: Worker | undefined;
  readonly #end: Inflater['end'];
  readonly #onRead: (bytes: number) => void;
  readonly #held = new Map<Uint8Array, number>();
  #hasEnded = false;
  #taken = 0;
  #readKib = 0;

  /** `onRead` is told the bytes as they come from the disk. */
  constructor(file: string, maxRatio: number, onRead: (bytes: number) => void) {
    this.#onRead = onRead;
    const { ring, worker, end } = takeInflater();
    this.#ring = ring;
    this.#worker = worker;
    this.#end = end;
    worker?.postMessage({ file, maxRatio } satisfies InflateJob);
    this.#end.then(() => {
      this.#hasEnded = true;
    });
  }

  /** Waits for its first chunk or word; false where the thread did not live to give any, so that nothing was read. */
  async begins(): Promise<boolean> {
    await this.#wait();
    return this.#ring.produced > 0 || (await this.#end).isDead === undefined;
  }

  async read(): Promise<Uint8Array | undefined> {
    await this.#wait();
    if (this.#ring.produced === this.#taken) {
      this.failure = (await this.#end).failure;
      return undefined;
    }
    const { slot, bytes } = this.#ring.chunk(this.#taken++);
    this.#tellProgress();
    // A reader that looks far ahead would keep all slots.
    if (this.#held.size < SLOTS - SPARE) {
      this.#held.set(bytes, slot);
      return bytes;
    }
    const copy = bytes.slice();
    this.#ring.free(slot);
    return copy;
  }

  release(chunk: Uint8Array): void {
    const slot = this.#held.get(chunk);
    if (slot === undefined) return;
    this.#held.delete(chunk);
    this.#ring.free(slot);
  }

  async close(): Promise<void> {
    this.#ring.stop();
    await this.#worker?.terminate();
    this.#hasEnded = true;
  }

  /** Until there is a chunk, or nothing more will come. */
  async #wait(): Promise<void> {
    while (this.#ring.produced === this.#taken && !this.#hasEnded) {
      await Promise.race([this.#ring.waitFor(this.#taken), this.#end]);
    }
  }

  #tellProgress(): void {
    const kib = this.#ring.readKib;
    if (kib > this.#readKib) this.#onRead((kib - this.#readKib) * 1024);
    this.#readKib = kib;
  }
}
