import type { LineOrigins } from '../../model/log-line.ts';

/** Origins of lines that are being written, grown as needed and reused from region to region. */
export class OriginList {
  #lines = new Uint32Array(0);
  #offsets: Float64Array | undefined;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(line: number, offset?: number): void {
    if (this.#count === this.#lines.length) this.#grow();
    if (offset !== undefined) {
      this.#offsets ??= new Float64Array(this.#lines.length);
      this.#offsets[this.#count] = offset;
    }
    this.#lines[this.#count++] = line;
  }

  clear(): void {
    this.#count = 0;
  }

  origins(): LineOrigins {
    return {
      lines: this.#lines.subarray(0, this.#count),
      ...(this.#offsets !== undefined && { offsets: this.#offsets.subarray(0, this.#count) }),
    };
  }

  #grow(): void {
    const lines = new Uint32Array(Math.max(this.#lines.length * 2, 1024));
    lines.set(this.#lines);
    this.#lines = lines;
    if (this.#offsets === undefined) return;
    const offsets = new Float64Array(lines.length);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
  }
}
