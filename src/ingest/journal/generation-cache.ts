/**
 * Keeps what was used of late, by number, in about so many bytes: two generations, of which the older one is dropped
 * when the younger one is full. Cheaper for what is used again and again than a list in the order of use.
 */
export class GenerationCache<V> {
  readonly #half: number;
  readonly #sizeOf: (value: V) => number;
  #young = new Map<number, V>();
  #old = new Map<number, V>();
  #used = 0;

  constructor(bytes: number, sizeOf: (value: V) => number) {
    this.#half = bytes / 2;
    this.#sizeOf = sizeOf;
  }

  get(key: number): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: number, value: V): void {
    const bytes = this.#sizeOf(value);
    if (this.#used + bytes > this.#half && this.#young.size > 0) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#used = 0;
    }
    this.#young.set(key, value);
    this.#used += bytes;
  }
}
