import type { LineDecoder, LineRegion } from '../../model/log-line.ts';
import { countNewlines } from '../../model/newlines.ts';
import type { Source } from '../../model/source.ts';
import { MINUTE, type Stamp } from '../../model/time.ts';
import { templateOf } from '../rhythm/template.ts';
import { errorLines } from './error-lines.ts';

/** Of one log so much is read, from its start on, so that what it shows first is first. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_LINES = 4000;
const MOST_TEMPLATES = 200;
/** Counts are kept by such spans. */
export const SPAN = 5 * MINUTE;
const MOST_SPANS = 2000;

/** An error of a log: when it came first, and how often in each span of time. */
export interface ErrorTemplate {
  readonly template: string;
  readonly text: string;
  readonly line: number | undefined;
  readonly offset: number | undefined;
  readonly host: string | undefined;
  readonly first: Stamp;
  /** By boot, where the log counts from several, and number of the span since the epoch of the log's clock. */
  readonly spans: Map<number, Map<number, number>>;
}

/** The errors of one log, as its regions go by. Bounded: a log that holds more is not read to its end. */
export class ErrorLog {
  readonly source: Source;
  readonly templates = new Map<string, ErrorTemplate>();
  #bytes = 0;
  #lines = 0;

  constructor(source: Source) {
    this.source = source;
  }

  /** Was it read to its end? */
  get isWhole(): boolean {
    return this.#bytes <= MOST_BYTES && this.#lines < MOST_LINES;
  }

  /** `marked` as of `errorLines`. */
  add(region: LineRegion, decoder: LineDecoder, marked?: readonly number[]): void {
    if (!this.isWhole) return;
    const left = MOST_BYTES - this.#bytes;
    this.#bytes += region.end - region.start;
    for (const { at, text } of errorLines(region, MOST_LINES - this.#lines, marked)) {
      // Where it ends depends on the log alone, not on how it is cut into regions.
      if (at - region.start >= left) return;
      this.#lines++;
      const { at: stamp, host, message } = decoder.decode(text, at);
      if (stamp === undefined) continue;
      const error = this.#of(templateOf(message), () => ({ text, host, first: stamp, ...placeOf(region, at) }));
      if (error === undefined) continue;
      const { boot = 0 } = stamp;
      const spans = error.spans.get(boot) ?? new Map<number, number>();
      error.spans.set(boot, spans);
      const span = Math.floor(stamp.micros / SPAN);
      if (spans.size < MOST_SPANS || spans.has(span)) spans.set(span, (spans.get(span) ?? 0) + 1);
    }
  }

  #of(template: string, make: () => Omit<ErrorTemplate, 'template' | 'spans'>): ErrorTemplate | undefined {
    const known = this.templates.get(template);
    if (known !== undefined || this.templates.size >= MOST_TEMPLATES) return known;
    const error = { template, spans: new Map<number, Map<number, number>>(), ...make() };
    this.templates.set(template, error);
    return error;
  }
}

function placeOf(region: LineRegion, at: number): Pick<ErrorTemplate, 'line' | 'offset'> {
  const before = countNewlines(region.bytes, region.start, at);
  const { origins, linesBefore } = region;
  if (origins === undefined) return { line: linesBefore + before + 1, offset: undefined };
  const line = origins.lines[before];
  return { line: line === 0 ? undefined : line, offset: origins.offsets?.[before] };
}
