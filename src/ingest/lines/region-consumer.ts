import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import type { ReadContext } from '../byte-sink.ts';
import { REGION_BYTES } from './buffer-pool.ts';
import type { Consumer } from './collector.ts';
import { CriJoiner } from './cri-joiner.ts';
import { SourceDecoder } from './decoder.ts';
import type { LineFormat } from './formats.ts';
import { Summarizer } from './summary/summarizer.ts';
import { WrapJoiner } from './wrap-joiner.ts';

const NEWLINE = 10;

/** A consumer that also has a last word. */
export interface SourceReader extends Consumer {
  /** All bytes have been used: tells the summary and what was left out. */
  finish(): void;
}

/** Hands out the lines of a log as they stand. */
export class RegionConsumer implements SourceReader {
  readonly #source: Source;
  readonly #sink: LineSink;
  readonly #context: ReadContext;
  readonly #decoder: SourceDecoder;
  readonly #summarizer: Summarizer;
  readonly #joiner: CriJoiner | WrapJoiner | undefined;
  /** The last byte handed out was not a newline. */
  #isOpen = false;
  #overlong = 0;

  /** `wrappedAt` is the width at which a terminal broke the lines. */
  constructor(source: Source, sink: LineSink, context: ReadContext, format: LineFormat, wrappedAt?: number) {
    this.#source = source;
    this.#sink = sink;
    this.#context = context;
    this.#decoder = new SourceDecoder(format, source);
    this.#summarizer = new Summarizer(source, this.#decoder);
    // The kubelet's log endpoint, which all other container logs come from, has joined the pieces already.
    if (wrappedAt !== undefined) this.#joiner = new WrapJoiner(wrappedAt);
    else if (format === 'cri') this.#joiner = new CriJoiner(context.limits.maxLine);
  }

  consume(bytes: Buffer, end: number, final: boolean): number {
    const used = final ? end : end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1;
    if (used > 0 || final) this.#region(bytes, used, final);
    return used;
  }

  overflow(bytes: Buffer, end: number): number {
    if (!this.#isOpen) this.#overlong++;
    // The next piece starts on a word, so that the scanner's reads stay aligned.
    const used = end - (end % 4);
    this.#region(bytes, used, false);
    return used;
  }

  finish(): void {
    const cut = this.#overlong + (this.#joiner?.cut ?? 0);
    if (cut > 0) {
      const limit = Math.max(this.#context.limits.maxLine, REGION_BYTES);
      this.#context.notes.note(`${this.#source.path}: ${cut} lines longer than ${limit} bytes were matched in pieces`);
    }
    this.#context.summary(this.#summarizer.finish(this.#isOpen));
  }

  #region(bytes: Buffer, end: number, final: boolean): void {
    const linesBefore = this.#summarizer.lines;
    this.#decoder.enter(bytes, 0, end);
    const region = this.#joiner?.region(bytes, end, linesBefore, final) ?? { bytes, start: 0, end, linesBefore };
    if (region.bytes !== bytes) this.#decoder.enter(Buffer.from(region.bytes.buffer, 0, region.end), 0);
    if (region.end > region.start) this.#sink.region(region, this.#decoder);
    this.#decoder.enter(bytes, 0, end);
    this.#summarizer.region(bytes, end);
    if (end > 0) this.#isOpen = bytes[end - 1] !== NEWLINE;
  }
}
