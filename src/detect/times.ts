/** Times kept of one series at the most; beyond it every second one is dropped and the rest count double. */
const KEPT = 4096;

/** The times of a series of hits, bounded. Exact up to 4096 hits; then evenly thinned. */
export class TimeSeries {
  #kept: number[] = [];
  #stride = 1;
  #pending = 0;
  #count = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  add(micros: number): void {
    this.#count++;
    if (micros < this.#first) this.#first = micros;
    if (micros > this.#last) this.#last = micros;
    if (++this.#pending < this.#stride) return;
    this.#pending = 0;
    this.#kept.push(micros);
    if (this.#kept.length < KEPT) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 1);
    this.#stride *= 2;
  }

  get count(): number {
    return this.#count;
  }

  get first(): number | undefined {
    return this.#count === 0 ? undefined : this.#first;
  }

  get last(): number | undefined {
    return this.#count === 0 ? undefined : this.#last;
  }

  /** How many hits each kept time stands for. */
  get stride(): number {
    return this.#stride;
  }

  get kept(): readonly number[] {
    return this.#kept;
  }
}
