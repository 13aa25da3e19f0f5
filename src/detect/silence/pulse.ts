import type { LineDecoder, LineRegion } from '../../model/log-line.ts';
import type { Stamp } from '../../model/time.ts';

const STEP = 4096;
/** Knuth's multiplicative hash: places vary within a step, so that lines which take turns do not fall into step with them. */
const SCATTER = 2_654_435_761;
/** When and by whom a line was written stands in so many bytes. */
const HEAD = 128;
const LONGEST_TEXT = 500;
const NEWLINE = 10;

export interface Sample {
  readonly at: Stamp;
  readonly host: string | undefined;
}

/** Keeps the heads of a few lines of a log, and its last line. They depend on the log alone, not on how it is cut. */
export class Pulse {
  readonly #most: number;
  #heads: string[] = [];
  #stride = 1;
  /** Place of the next sample, from the start of the log. */
  #next = 0;
  #bytes = 0;
  #decoder: LineDecoder | undefined;
  #lastLine = '';
  #lastOrigin: { readonly line: number; readonly offset: number | undefined } | undefined;

  /** The log is looked at in so many places, evenly spread over its bytes; when there are twice as many, every other goes. */
  constructor(most: number) {
    this.#most = most;
  }

  add(region: LineRegion, decoder: LineDecoder): void {
    const { start, end } = region;
    const bytes = Buffer.from(region.bytes.buffer, region.bytes.byteOffset, region.bytes.byteLength);
    this.#decoder = decoder;
    while (this.#next < this.#bytes + end - start) {
      const at = start + this.#next - this.#bytes;
      const head = lineStart(bytes, start, at);
      const text = bytes.toString('latin1', head, Math.min(end, head + HEAD));
      const newline = text.indexOf('\n');
      this.#heads.push(newline < 0 ? text : text.slice(0, newline));
      if (this.#heads.length === 2 * this.#most) this.#halve();
      this.#next = placeOf(this.#heads.length * this.#stride);
    }
    this.#bytes += end - start;
    const last = lineStart(bytes, start, bytes[end - 1] === NEWLINE ? end - 1 : end);
    this.#lastLine = bytes.toString('latin1', last, Math.min(end, last + LONGEST_TEXT)).split('\n', 1)[0]!;
    const { origins } = region;
    const line = origins?.lines[origins.lines.length - 1];
    this.#lastOrigin = line === undefined ? undefined : { line, offset: origins?.offsets?.[origins.lines.length - 1] };
  }

  /** The log's last line, and where it stands in the original of a transcoded journal. */
  get last(): { readonly text: string; readonly line?: number; readonly offset?: number } {
    const { line = 0, offset } = this.#lastOrigin ?? {};
    return {
      text: Buffer.from(this.#lastLine, 'latin1').toString(),
      ...(line > 0 && { line }),
      ...(offset !== undefined && { offset }),
    };
  }

  /** The times that the log shows on its way; empty where it is too short to tell. To be called once, at its end. */
  samples(least: number): Sample[] {
    const decoder = this.#decoder;
    if (this.#heads.length < least || decoder === undefined) return [];
    while (this.#heads.length > this.#most) this.#halve();
    return this.#heads.flatMap((head) => {
      const { at, host } = decoder.decode(head);
      return at === undefined ? [] : [{ at, host }];
    });
  }

  #halve(): void {
    this.#heads = this.#heads.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }
}

function placeOf(step: number): number {
  return step * STEP + ((Math.imul(step, SCATTER) >>> 0) % STEP);
}

function lineStart(bytes: Buffer, start: number, at: number): number {
  return at <= start ? start : Math.max(start, bytes.lastIndexOf(NEWLINE, at - 1) + 1);
}
