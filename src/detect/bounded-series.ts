import { createHash } from 'node:crypto';

/** Series of one matcher at the most. */
const MOST_SERIES = 5000;
/** So many more are held before the surplus goes, that it need not be looked for at each. */
const SURPLUS = 1000;

/**
 * The series of one matcher. Where there are too many, those whose ids have the lowest hashes stay, whole, and the others are
 * counted: a sample that does not depend on the order in which files are read.
 */
export class BoundedSeries<Series extends { readonly count: number }> {
  readonly #byId = new Map<string, Series>();
  /** Whoever ranks above it is left out. */
  #highest: string | undefined;
  #leftOut = 0;

  /** Undefined where the id is left out; its hit then counts `weight`. */
  get(id: string, weight: number, make: () => Series): Series | undefined {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    if (this.#highest !== undefined && rankOf(id) > this.#highest) {
      this.#leftOut += weight;
      return undefined;
    }
    if (this.#byId.size >= MOST_SERIES + SURPLUS) this.#cut();
    const series = make();
    this.#byId.set(id, series);
    return series;
  }

  /** By id. */
  kept(): ReadonlyMap<string, Series> {
    this.#cut();
    return this.#byId;
  }

  /** Hits that are in no series. */
  leftOut(): number {
    this.#cut();
    return this.#leftOut;
  }

  #cut(): void {
    if (this.#byId.size <= MOST_SERIES) return;
    const ranked = [...this.#byId].map(([id, series]) => ({ id, series, rank: rankOf(id) }));
    ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
    this.#highest = ranked[MOST_SERIES - 1]!.rank;
    for (const { id, series } of ranked.slice(MOST_SERIES)) {
      this.#leftOut += series.count;
      this.#byId.delete(id);
    }
  }
}

function rankOf(id: string): string {
  return createHash('sha1').update(id).digest('hex');
}
