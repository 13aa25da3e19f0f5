import { DAY, type Micros, type Stamp } from '../../../model/time.ts';
import { inYear } from '../parse/civil.ts';

const LEAP_YEAR = 366 * DAY;

/**
 * Whether `a` is the later stamp. Yearless ones are compared around the turn of the year: of two days, the one that
 * follows the other within half a year is the later.
 */
export function isLater(a: Stamp, b: Stamp): boolean {
  if (a.clock !== b.clock) return a.clock === 'absolute';
  if (a.clock !== 'yearless') return a.micros > b.micros;
  const ahead = (a.micros - b.micros + LEAP_YEAR) % LEAP_YEAR;
  return ahead > 0 && ahead < LEAP_YEAR / 2;
}

export function latest(stamps: Iterable<Stamp | undefined>): Stamp | undefined {
  let best: Stamp | undefined;
  for (const stamp of stamps) if (stamp !== undefined && (best === undefined || isLater(stamp, best))) best = stamp;
  return best;
}

export function earliest(stamps: Iterable<Stamp | undefined>): Stamp | undefined {
  let best: Stamp | undefined;
  for (const stamp of stamps) if (stamp !== undefined && (best === undefined || isLater(best, stamp))) best = stamp;
  return best;
}

/** A yearless time in the year that brings it nearest to `near`. */
export function nearestYear(yearless: number, near: Micros): Micros | undefined {
  const year = new Date(near / 1000).getUTCFullYear();
  let best: Micros | undefined;
  for (const candidate of [year - 1, year, year + 1]) {
    const at = inYear(yearless, candidate);
    if (at !== undefined && (best === undefined || Math.abs(at - near) < Math.abs(best - near))) best = at;
  }
  return best;
}

const LEAST_STEPS = 8;
/** Of a short log, where not one goes the other way. */
const LEAST_FALLS = 3;

/** Tells from some of a log's lines, in the order of the file, whether the newest stands first, as `journalctl -r` prints them. */
export class Direction {
  #last: Stamp | undefined;
  #falls = 0;
  #rises = 0;

  add(stamp: Stamp): void {
    const last = this.#last;
    this.#last = stamp;
    if (last === undefined) return;
    if (isLater(last, stamp)) this.#falls++;
    if (isLater(stamp, last)) this.#rises++;
  }

  get isReversed(): boolean {
    const isTold = this.#rises === 0 ? this.#falls >= LEAST_FALLS : this.#falls + this.#rises >= LEAST_STEPS;
    return isTold && this.#falls > this.#rises;
  }
}
