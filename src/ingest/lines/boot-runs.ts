import { SECOND } from '../../model/time.ts';
import { countsFromBoot, type LineFormat } from './formats.ts';
import { bracketSecondsAt } from './parse/journal.ts';

const NEWLINE = 10;
/** Processors that log at once, and senders' clocks, put lines out of order by less than this. */
const FALL = 30 * SECOND;
/** `microcode: updated early` may stand before the kernel's first line. */
const FIRST_WITHIN = SECOND / 2;
const MOST_RUNS = 1000;
const LEAST_STEPS = 8;
const MARKER = /^-- (?:Boot [0-9a-f]|Reboot --)/;
const FIRST_LINE = /(?:\] |kernel: )Linux version \d/;
const HEAD = 256;

/** Which boot lines count from, up to a place in a log. */
interface Run {
  readonly boot: number;
  /** Time of its last line, µs; undefined before its first. */
  readonly last: number | undefined;
}

/** A line that states its time since boot, or (without one) a marker of journalctl's. */
interface Step {
  readonly start: number;
  readonly micros: number | undefined;
  readonly isFirst: boolean;
}

/**
 * Tells the boots of a log apart whose lines count from boot: by journalctl's markers, the kernel's first line, or a time that
 * falls back. The later boot has the higher number; the one that the log begins with has 0.
 */
export class BootRuns {
  readonly #isWatched: boolean;
  /** The newest line comes first, as `journalctl -r` prints them. */
  #isReversed: boolean | undefined;
  #before: Run = { boot: 0, last: undefined };
  #after: Run = this.#before;
  /** Where in the region other boots begin. */
  #starts: { readonly at: number; readonly boot: number }[] = [];
  #entered: { readonly bytes: Buffer; readonly end: number } | undefined;

  constructor(format: LineFormat, isMerged: boolean) {
    this.#isWatched = countsFromBoot(format) && !isMerged;
  }

  get isWatched(): boolean {
    return this.#isWatched;
  }

  get isReversed(): boolean {
    return this.#isReversed === true;
  }

  /** Looks through the region `bytes[start, end)`, which follows what was left last. */
  enter(bytes: Buffer, start: number, end: number): void {
    if (!this.#isWatched || (this.#entered?.bytes === bytes && this.#entered.end === end)) return;
    this.#entered = { bytes, end };
    this.#after = this.#before;
    this.#starts = [];
    const steps = stepsOf(bytes, start, end);
    if (this.#isReversed === undefined) this.#isReversed = isFalling(steps);
    for (const step of steps) this.#step(step);
  }

  leave(): void {
    this.#before = this.#after;
    this.#starts = [];
    this.#entered = undefined;
  }

  /** The boot of the line at `offset`; of the last one, without. */
  at(offset = Number.POSITIVE_INFINITY): number {
    if (offset === Number.POSITIVE_INFINITY) return this.#after.boot;
    return this.#starts.findLast((start) => start.at <= offset)?.boot ?? this.#before.boot;
  }

  /** Where the boots of the region begin in it, its start among them. */
  starts(start: number): number[] {
    return [start, ...this.#starts.map(({ at }) => at).filter((at) => at > start)];
  }

  #step({ start, micros, isFirst }: Step): void {
    const { boot, last } = this.#after;
    if (last !== undefined && this.#begins(micros, last, isFirst) && Math.abs(boot) < MOST_RUNS) {
      const next = this.#isReversed === true ? boot - 1 : boot + 1;
      this.#starts.push({ at: start, boot: next });
      this.#after = { boot: next, last: micros };
    } else this.#after = { boot, last: micros ?? last };
  }

  #begins(micros: number | undefined, last: number, isFirst: boolean): boolean {
    if (micros === undefined) return true;
    if (this.#isReversed === true) return isFall(micros, last);
    return isFall(last, micros) || (isFirst && last > FIRST_WITHIN);
  }
}

/** A boot begins near 0: lines that were merely put together out of order do not fall that deep. */
function isFall(from: number, to: number): boolean {
  return from - to > FALL && to < from / 2;
}

function stepsOf(bytes: Buffer, from: number, end: number): Step[] {
  const steps: Step[] = [];
  for (let start = from; start < end; ) {
    const newline = bytes.indexOf(NEWLINE, start);
    const stop = newline < 0 || newline > end ? end : newline;
    const step = stepAt(bytes, start, stop);
    if (step !== undefined) steps.push(step);
    start = stop + 1;
  }
  return steps;
}

function stepAt(bytes: Buffer, start: number, stop: number): Step | undefined {
  let at = start;
  while (at < stop && bytes[at]! < 32) at++;
  const byte = bytes[at];
  // `<6>[   12.345678]`
  if (byte === 60) while (at < stop && at < start + 8 && bytes[at] !== 91) at++;
  if (byte === 45) {
    const isMarker = bytes[at + 1] === 45 && MARKER.test(bytes.toString('latin1', at, Math.min(stop, at + 16)));
    return isMarker ? { start, micros: undefined, isFirst: false } : undefined;
  }
  if (bytes[at] !== 91) return undefined;
  const time = bracketSecondsAt(bytes.toString('latin1', at, Math.min(stop, at + 64)), 0);
  if (time === undefined) return undefined;
  const { micros } = time;
  const isFirst = micros < SECOND && FIRST_LINE.test(bytes.toString('latin1', at, Math.min(stop, at + HEAD)));
  return { start, micros, isFirst };
}

/** Undefined where there are too few lines to tell. */
function isFalling(steps: readonly Step[]): boolean | undefined {
  let falls = 0;
  let rises = 0;
  let last: number | undefined;
  for (const { micros } of steps) {
    if (micros !== undefined && last !== undefined && micros < last) falls++;
    if (micros !== undefined && last !== undefined && micros > last) rises++;
    last = micros ?? last;
  }
  return falls + rises < LEAST_STEPS ? undefined : falls > rises;
}
