/** Steps of a doubling: values within one differ by less than a tenth. */
const STEPS = 8;
const UNITS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** How durations are spread: counted in bounded memory, their quantiles good to a tenth, their ends exact. */
export class Spread {
  readonly #counts = new Map<number, number>();
  #total = 0;
  min = Number.POSITIVE_INFINITY;
  max = 0;

  add(seconds: number): void {
    this.#count(Math.round(Math.log2(Math.max(seconds, 1e-9)) * STEPS), 1);
    this.min = Math.min(this.min, seconds);
    this.max = Math.max(this.max, seconds);
  }

  merge(other: Spread): void {
    for (const [bucket, count] of other.#counts) this.#count(bucket, count);
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  /** The value that the share `q` of all does not exceed, in seconds. */
  quantile(q: number): number {
    let below = 0;
    for (const [bucket, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      below += count;
      if (below >= q * this.#total) return Math.min(this.max, Math.max(this.min, 2 ** (bucket / STEPS)));
    }
    return this.max;
  }

  #count(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#total += count;
  }
}

/** Seconds of a duration as Go prints it: `415.1ms`, `1m2.5s`, `12.7µs`; undefined of anything else. */
export function goDuration(text: string): number | undefined {
  if (text.length > 40 || !/^\d/.test(text)) return undefined;
  // Lines are held as latin1: the micro sign is two bytes there.
  const plain = text.replace('Âµ', 'µ');
  if (!/^(?:\d{1,9}(?:\.\d{1,12})?(?:ns|us|µs|ms|s|m|h))+$/.test(plain)) return undefined;
  let seconds = 0;
  for (const [, number, unit] of plain.matchAll(/(\d{1,9}(?:\.\d{1,12})?)(ns|us|µs|ms|s|m|h)/g))
    seconds += Number(number) * UNITS[unit!]!;
  return seconds;
}

/** `415 ms`, `1.8 s`, `62 s`, `12 us`: two digits are as good as quantiles get. */
export function shownSeconds(seconds: number): string {
  // Rounding must not make a thousand of the smaller unit.
  const [value, unit] =
    seconds >= 0.9995 ? [seconds, 's'] : seconds >= 0.9995e-3 ? [seconds * 1e3, 'ms'] : [seconds * 1e6, 'us'];
  return `${value >= 10 ? Math.round(value) : Number(value.toFixed(1))} ${unit}`;
}
