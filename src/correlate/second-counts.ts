import { SECOND } from '../model/time.ts';

/** Steps of a histogram kept at the most. */
const MOST_STEPS = 5000;

/**
 * A histogram of whole seconds, in bounded memory: where there are too many different ones, steps become twice as wide, so
 * that what it holds does not depend on the order of what came.
 */
export class SecondCounts {
  #counts = new Map<number, number>();
  #width = 1;

  /** Counts a difference in seconds. */
  add(seconds: number, count = 1): void {
    const step = Math.floor(seconds / this.#width);
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + count);
    while (this.#counts.size > MOST_STEPS) this.#widen(this.#width * 2);
  }

  merge(other: SecondCounts): void {
    if (other.#width > this.#width) this.#widen(other.#width);
    for (const [step, count] of other.#counts) this.add(step * other.#width, count);
  }

  #widen(width: number): void {
    const old = [...this.#counts];
    const factor = width / this.#width;
    this.#counts = new Map();
    this.#width = width;
    for (const [step, count] of old) {
      const wide = Math.floor(step / factor);
      this.#counts.set(wide, (this.#counts.get(wide) ?? 0) + count);
    }
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** In µs. */
  quantile(share: number): number {
    const sorted = [...this.#counts].sort(([a], [b]) => a - b);
    let left = share * this.total;
    for (const [step, count] of sorted) {
      left -= count;
      if (left <= 0) return step * this.#width * SECOND;
    }
    return (sorted.at(-1)?.[0] ?? 0) * this.#width * SECOND;
  }
}
