import { CHUNK_BYTES } from './byte-source.ts';

/** Buffers between the thread that decompresses and the one that reads. */
export const SLOTS = 10;

/** Waking a thread costs both of them more than a chunk is worth. */
const FREED_AT_ONCE = 4;

const DATA_BYTES = SLOTS * CHUNK_BYTES;
/** Words of the head: chunks produced, compressed KiB read, whether to stop, a counter of freed slots. */
const PRODUCED = 0;
const READ_KIB = 1;
const STOP = 2;
const FREED = 3;
const HEAD_WORDS = 4;
/** For each slot, whether it is in use; for each of the last chunks, its slot and its length. */
const BUSY = HEAD_WORDS;
const ORDER = BUSY + SLOTS;
const LENGTH = ORDER + SLOTS;

/**
 * Chunks of bytes in memory that two threads share: handing one over costs neither a copy nor, as fresh buffers would, the
 * garbage collector's attention. Any free slot may take the next chunk, so that one that is held for long holds up nothing.
 */
export class SharedRing {
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory = new SharedArrayBuffer(DATA_BYTES + (HEAD_WORDS + 3 * SLOTS) * 4)) {
    this.memory = memory;
    this.#bytes = new Uint8Array(memory, 0, DATA_BYTES);
    this.#words = new Int32Array(memory, DATA_BYTES);
  }

  /** Chunks produced so far. */
  get produced(): number {
    return Atomics.load(this.#words, PRODUCED);
  }

  /** KiB of input used so far. */
  get readKib(): number {
    return Atomics.load(this.#words, READ_KIB);
  }

  get isStopped(): boolean {
    return Atomics.load(this.#words, STOP) === 1;
  }

  /** Producer: blocks until a slot is free. Undefined where the consumer has stopped. */
  claim(): { readonly slot: number; readonly bytes: Uint8Array } | undefined {
    for (;;) {
      const freed = Atomics.load(this.#words, FREED);
      if (this.isStopped) return undefined;
      for (let slot = 0; slot < SLOTS; slot++) {
        if (Atomics.load(this.#words, BUSY + slot) === 0) return { slot, bytes: this.#slotBytes(slot, CHUNK_BYTES) };
      }
      Atomics.wait(this.#words, FREED, freed);
    }
  }

  /** Producer: hands a filled slot over. */
  publish(slot: number, length: number, readKib: number): void {
    const place = this.produced % SLOTS;
    Atomics.store(this.#words, BUSY + slot, 1);
    Atomics.store(this.#words, ORDER + place, slot);
    Atomics.store(this.#words, LENGTH + place, length);
    Atomics.store(this.#words, READ_KIB, readKib);
    Atomics.add(this.#words, PRODUCED, 1);
    Atomics.notify(this.#words, PRODUCED);
  }

  /** Consumer: the slot and the bytes of a chunk that was produced and not yet freed. */
  chunk(index: number): { readonly slot: number; readonly bytes: Uint8Array } {
    const place = index % SLOTS;
    const slot = Atomics.load(this.#words, ORDER + place);
    return { slot, bytes: this.#slotBytes(slot, Atomics.load(this.#words, LENGTH + place)) };
  }

  /** Consumer: resolves once more than `count` chunks have been produced. */
  async waitFor(count: number): Promise<void> {
    Atomics.notify(this.#words, FREED);
    const waiting = Atomics.waitAsync(this.#words, PRODUCED, count);
    if (waiting.async) await waiting.value;
  }

  /** Consumer: a producer that waits is woken for several slots at once, or when nothing is left to read. */
  free(slot: number): void {
    Atomics.store(this.#words, BUSY + slot, 0);
    const freed = Atomics.add(this.#words, FREED, 1) + 1;
    if (freed % FREED_AT_ONCE === 0) Atomics.notify(this.#words, FREED);
  }

  stop(): void {
    Atomics.store(this.#words, STOP, 1);
    Atomics.add(this.#words, FREED, 1);
    Atomics.notify(this.#words, FREED);
  }

  #slotBytes(slot: number, length: number): Uint8Array {
    return this.#bytes.subarray(slot * CHUNK_BYTES, slot * CHUNK_BYTES + length);
  }
}
