import type { LineDecoder, LineRegion } from '../../model/log-line.ts';
import { countNewlines } from '../../model/newlines.ts';
import type { Stamp } from '../../model/time.ts';
import { lineShapes, type ShapeCount } from './line-shape.ts';
import { type LogTail, TAIL_BYTES } from './log-tail.ts';
import { constantParts, isTrouble, templateOf } from './template.ts';

const NEWLINE = 10;
/** The end of each region is looked at for loops that have begun. */
const SAMPLE_BYTES = 8 * 1024;
const LEAST_TURNS = 5;
const MOST_RUNS = 4;
const MOST_DISMISSED = 256;
const LEAST_PART = 6;
const PARTS_TRIED = 4;
const LINE_HEAD = 4096;

/** The first turn of a loop. */
export interface FirstTurn {
  readonly text: string;
  readonly at: Stamp | undefined;
  readonly line?: number;
  readonly offset?: number;
}

/** A loop that goes on, from where it began. */
export interface LoopRun {
  readonly template: string;
  readonly count: number;
  readonly first: FirstTurn;
}

interface Running extends LoopRun {
  /** What stands once in each of its lines and in no other. */
  readonly literal: Buffer;
  count: number;
  /** Bytes of the log since its last line. */
  silent: number;
}

/**
 * Counts the turns of the loops that a log is in, from the region on in which they begin. A loop is noticed by the shapes of the
 * last lines of a region, and then counted by the bytes that its lines share.
 */
export class LoopRuns {
  #runs: Running[] = [];
  /** Shapes that are frequent and no loop, or one that is counted. */
  readonly #dismissed = new Set<number>();

  run(template: string): LoopRun | undefined {
    return this.#runs.find((run) => run.template === template);
  }

  /** Reads a region; `tail` holds the end of those before it. */
  add(region: LineRegion, decoder: LineDecoder, tail: LogTail): void {
    const { start, end } = region;
    const bytes = Buffer.from(region.bytes.buffer, region.bytes.byteOffset, end);
    for (const run of this.#runs) {
      const hits = hitsOf(run.literal, bytes, start, end);
      run.count += hits.count;
      run.silent = hits.count > 0 ? end - hits.last : run.silent + end - start;
    }
    const isOver = this.#runs.some((run) => run.silent > TAIL_BYTES);
    if (isOver) {
      this.#runs = this.#runs.filter((run) => run.silent <= TAIL_BYTES);
      this.#dismissed.clear();
    }
    if (this.#runs.length < MOST_RUNS) this.#notice({ ...region, bytes }, decoder, tail);
  }

  #notice(region: Region, decoder: LineDecoder, tail: LogTail): void {
    const { bytes, start, end } = region;
    const cut = end - start > SAMPLE_BYTES ? bytes.indexOf(NEWLINE, end - SAMPLE_BYTES) + 1 : start;
    for (const [shape, found] of lineShapes(bytes, cut, end)) {
      if (found.count < LEAST_TURNS || this.#dismissed.has(shape)) continue;
      if (this.#dismissed.size >= MOST_DISMISSED) this.#dismissed.clear();
      this.#dismissed.add(shape);
      const run = this.#begun(found, cut, region, decoder, tail);
      if (run !== undefined && this.#runs.push(run) === MOST_RUNS) return;
    }
  }

  #begun(
    found: ShapeCount,
    sampleStart: number,
    region: Region,
    decoder: LineDecoder,
    tail: LogTail,
  ): Running | undefined {
    const { bytes, start, end } = region;
    const text = bytes.toString('latin1', found.start, Math.min(found.end, found.start + LINE_HEAD));
    if (!isTrouble(text)) return undefined;
    const template = templateOf(decoder.decode(text, found.start).message);
    if (this.run(template) !== undefined) return undefined;
    const literal = literalOf(text, template, Buffer.from(bytes.subarray(sampleStart, end)), decoder, found.start);
    if (literal === undefined) return undefined;
    const hits = hitsOf(literal, bytes, start, end);
    const before = tail.lines().filter((line) => line.text.includes(literal.toString('latin1')));
    const first =
      before[0] === undefined ? firstIn(region, hits.first, decoder) : firstBefore(region, before[0], decoder);
    return { template, literal, first, count: before.length + hits.count, silent: end - hits.last };
  }
}

type Region = LineRegion & { readonly bytes: Buffer };

/** The longest part of the line that is found in the sample as often as lines of its template are. */
function literalOf(
  text: string,
  template: string,
  sample: Buffer,
  decoder: LineDecoder,
  offset: number,
): Buffer | undefined {
  const lines = sample.toString('latin1').split('\n');
  const turns = lines.filter((line) => templateOf(decoder.decode(line, offset).message) === template).length;
  const parts = constantParts(text);
  const longest = parts
    .filter((part) => part.length >= LEAST_PART)
    .sort((a, b) => b.length - a.length)
    .slice(0, PARTS_TRIED);
  // Another loop may say all that this one says, and more.
  return [...longest, `${parts.at(-1)}\n`]
    .map((part) => Buffer.from(part, 'latin1'))
    .find((part) => hitsOf(part, sample, 0, sample.length).count === turns);
}

function hitsOf(literal: Buffer, bytes: Buffer, start: number, end: number) {
  let count = 0;
  let first = -1;
  let last = -1;
  for (let at = bytes.indexOf(literal, start); at >= 0 && at < end; at = bytes.indexOf(literal, at + literal.length)) {
    if (count === 0) first = at;
    last = at;
    count++;
  }
  return { count, first, last };
}

function firstIn(region: Region, at: number, decoder: LineDecoder): FirstTurn {
  const { bytes, start, end, origins } = region;
  const from = Math.max(bytes.lastIndexOf(NEWLINE, at) + 1, start);
  const newline = bytes.indexOf(NEWLINE, at);
  const text = bytes.toString('latin1', from, Math.min(newline < 0 ? end : newline, from + LINE_HEAD));
  const index = countNewlines(bytes, start, from);
  const line = origins === undefined ? region.linesBefore + index + 1 : origins.lines[index];
  const offset = origins?.offsets?.[index];
  return {
    text,
    at: decoder.decode(text, from).at,
    ...(line !== undefined && { line }),
    ...(offset !== undefined && { offset }),
  };
}

function firstBefore(region: Region, first: ReturnType<LogTail['lines']>[number], decoder: LineDecoder): FirstTurn {
  const { text, fromEnd, offset } = first;
  const line = first.line ?? (region.origins === undefined ? region.linesBefore - fromEnd + 1 : undefined);
  return {
    text,
    at: decoder.decode(text, region.start).at,
    ...(line !== undefined && { line }),
    ...(offset !== undefined && { offset }),
  };
}
