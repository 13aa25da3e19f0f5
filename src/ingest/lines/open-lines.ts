import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import type { ByteSink, ReadContext } from '../byte-sink.ts';
import { Collector } from './collector.ts';
import { collectorError } from './collector-errors.ts';
import { uncoloured } from './decoder.ts';
import type { Format, LineFormat } from './formats.ts';
import { linePrefix, withoutPrefix } from './line-prefix.ts';
import { LineStripper } from './line-stripper.ts';
import { RegionConsumer, type SourceReader } from './region-consumer.ts';
import { sniff } from './sniff.ts';
import { isStructured, openTranscoder } from './transcode/open-transcoder.ts';
import { utf16Of } from './utf16.ts';
import { wrapWidth } from './wrap-joiner.ts';

/**
 * Reads the bytes of one log and hands its lines to `sink`. Nothing in them makes it throw: what cannot be read becomes
 * a note. `context.summary` is called once at the end, for empty files too.
 */
export function openLines(source: Source, sink: LineSink, context: ReadContext): ByteSink {
  return new LogReader(source, sink, context);
}

class LogReader implements ByteSink {
  readonly #source: Source;
  readonly #sink: LineSink;
  readonly #context: ReadContext;
  readonly #collector: Collector;
  #decode: InstanceType<typeof TextDecoder> | undefined;
  #reader: SourceReader | undefined;
  #head = Buffer.alloc(0);
  #isHead = true;

  constructor(source: Source, sink: LineSink, context: ReadContext) {
    this.#source = source;
    this.#sink = sink;
    this.#context = context;
    this.#collector = new Collector(
      {
        consume: (bytes, end, final) => this.#open(bytes, end, final).consume(bytes, end, final),
        overflow: (bytes, end) => this.#open(bytes, end, false).overflow(bytes, end),
      },
      context.limits.maxLine,
    );
  }

  write(chunk: Uint8Array): void {
    if (this.#isHead) this.#first(chunk);
    else this.#pass(chunk);
  }

  end(truncated: boolean): void {
    if (this.#isHead) this.#startWith(this.#head);
    if (this.#decode !== undefined) this.#collector.write(Buffer.from(this.#decode.decode()));
    this.#collector.end();
    this.#reader?.finish();
    if (truncated) this.#context.notes.note(`${this.#source.path}: cut short; read up to the cut`);
    this.#sink.end();
  }

  #pass(chunk: Uint8Array): void {
    if (this.#decode === undefined) this.#collector.write(chunk);
    else this.#collector.write(Buffer.from(this.#decode.decode(chunk, { stream: true })));
  }

  /** Holds back the bytes that tell the encoding. */
  #first(chunk: Uint8Array): void {
    if (this.#head.length + chunk.length < MARK_BYTES) this.#head = Buffer.concat([this.#head, chunk]);
    else this.#startWith(this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]));
  }

  #startWith(head: Uint8Array): void {
    this.#isHead = false;
    const [a, b, c] = head;
    const encoding = utf16Of(head);
    if (encoding !== undefined) this.#decode = new TextDecoder(encoding);
    const isUtf8Mark = a === 0xef && b === 0xbb && c === 0xbf;
    this.#pass(isUtf8Mark ? head.subarray(3) : head);
  }

  /** The reader of the log's form, which is told from the first bytes collected. */
  #open(bytes: Buffer, end: number, final: boolean): SourceReader {
    this.#reader ??= this.#chosen(bytes, end, final);
    return this.#reader;
  }

  #chosen(bytes: Buffer, end: number, final: boolean): SourceReader {
    const error = final ? collectorError(this.#source, bytes, end) : undefined;
    if (error !== undefined) {
      this.#context.notes.skip(this.#source.path, error);
      return new RegionConsumer(this.#source, SILENT, this.#context, 'text');
    }
    const given = bytes.toString('latin1', 0, Math.min(end, PREFIX_HEAD));
    const head = uncoloured(given);
    const prefix = linePrefix(head);
    const bare = prefix === undefined ? head : withoutPrefix(head, prefix);
    const isBare = bare === given;
    const format = isBare
      ? sniff(this.#source, bytes, end)
      : sniff(this.#source, Buffer.from(bare, 'latin1'), bare.length);
    const reader = this.#readerOf(format, head);
    // Lines may hold colours and end in CR, but fields may not; an export is never coloured, and may hold any byte.
    const isColoured = isStructured(format) && format !== 'journal-export' && head !== given;
    const isReturned = isStructured(format) && RETURNED.test(head);
    const isPlain = prefix === undefined && !isColoured && !isReturned;
    return isPlain ? reader : new LineStripper({ prefix, isColoured }, reader);
  }

  #readerOf(format: Format, head: string): SourceReader {
    if (isStructured(format)) return openTranscoder(format, this.#source, this.#sink, this.#context);
    const isRaw = format === 'console' || format === 'dmesg';
    const width = isRaw ? wrapWidth(head) : undefined;
    return new RegionConsumer(this.#source, this.#sink, this.#context, format satisfies LineFormat, width);
  }
}

/** A line that ends in CR and LF, and another one, or nothing more. */
const RETURNED = /^[^\n]*\r\n(?:[^\n]*\r\n|[^\n]*$)/;
/** So many bytes tell the encoding. */
const MARK_BYTES = 64;
/** So many bytes tell whether each line has something before it. */
const PREFIX_HEAD = 16 * 1024;

const SILENT: LineSink = { region: () => undefined, end: () => undefined };
