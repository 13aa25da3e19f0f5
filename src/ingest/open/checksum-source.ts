import { crc32 } from 'node:zlib';
import type { ByteSource, Failure } from './byte-source.ts';

/** Hands bytes on and compares their CRC-32 with the stated one at the end: deflate alone does not notice damage. */
export class ChecksumSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #stated: number;
  #sum = 0;
  #differs = false;

  constructor(source: ByteSource, stated: number) {
    this.#source = source;
    this.#stated = stated;
  }

  get failure(): Failure | undefined {
    if (this.#source.failure !== undefined || !this.#differs) return this.#source.failure;
    return { kind: 'corrupt', detail: 'the data is damaged (its checksum differs)' };
  }

  async read(): Promise<Uint8Array | undefined> {
    const chunk = await this.#source.read();
    if (chunk === undefined) this.#differs = this.#sum !== this.#stated;
    else this.#sum = crc32(chunk, this.#sum);
    return chunk;
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
