import type { Failure } from './byte-source.ts';

const JUDGED_FROM = 64 * 1024 * 1024;

/** Stops a decompression that gives out far more than any log or resource would: an archive bomb. */
export class RatioGuard {
  readonly #limit: number;
  #in = 0;
  #out = 0;

  /** `limit` is the greatest ratio of decompressed to compressed bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  compressed(bytes: number): void {
    this.#in += bytes;
  }

  /** Returns why to stop, once the limit is exceeded. */
  decompressed(bytes: number): Failure | undefined {
    this.#out += bytes;
    if (this.#out <= JUDGED_FROM || this.#out <= this.#in * this.#limit) return undefined;
    return { kind: 'limit', detail: `it decompresses to more than ${this.#limit} times its size` };
  }
}
