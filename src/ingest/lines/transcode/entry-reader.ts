import type { EntrySink } from '../../../model/journal-entry.ts';
import type { LineSink } from '../../../model/log-line.ts';
import { countNewlines } from '../../../model/newlines.ts';
import type { Source } from '../../../model/source.ts';
import type { ReadContext } from '../../byte-sink.ts';
import type { SourceReader } from '../region-consumer.ts';
import { EntryOutput } from './entry-output.ts';

/** Reads the entries of one form of journal dump. */
export interface EntryFormat {
  /**
   * Reads whole records of `bytes[0, end)`, the first of which stands on line `line`, and says how many bytes they took.
   * With `final`, the rest is the last record.
   */
  read(bytes: Buffer, end: number, final: boolean, line: number): number;
  /** The buffer is full with one record: reads or drops some of it. */
  overflow(bytes: Buffer, end: number, line: number): number;
  /** The last entry has been read. */
  end(): void;
  /** Records that could not be read or were too long. */
  readonly damaged: number;
}

export type OpenEntryFormat = (sink: EntrySink, limit: number) => EntryFormat;

/** Turns a structured journal into lines. */
export class EntryReader implements SourceReader {
  readonly #source: Source;
  readonly #context: ReadContext;
  readonly #output: EntryOutput;
  readonly #format: EntryFormat;
  readonly #name: string;
  #lines = 0;
  #used = 0;
  #isOpen = false;

  constructor(name: string, open: OpenEntryFormat, source: Source, sink: LineSink, context: ReadContext) {
    this.#name = name;
    this.#source = source;
    this.#context = context;
    this.#output = new EntryOutput(source, sink);
    this.#format = open(this.#output, context.limits.maxLine);
  }

  consume(bytes: Buffer, end: number, final: boolean): number {
    this.#count(bytes, this.#format.read(bytes, end, final, this.#lines + 1));
    if (!final) return this.#used;
    this.#count(bytes.subarray(this.#used), end - this.#used);
    this.#format.end();
    this.#output.flush();
    return end;
  }

  overflow(bytes: Buffer, end: number): number {
    this.#count(bytes, this.#format.overflow(bytes, end, this.#lines + 1));
    return this.#used;
  }

  finish(): void {
    const note = (text: string): void => this.#context.notes.note(`${this.#source.path}: ${text}`);
    if (this.#format.damaged > 0) note(`${this.#format.damaged} journal entries could not be read`);
    if (this.#output.missing > 0) {
      note(`journalctl left out ${this.#output.missing} long messages; \`--all\` keeps them`);
    }
    this.#context.summary(this.#output.summary(this.#name, this.#lines + (this.#isOpen ? 1 : 0)));
  }

  #count(bytes: Buffer, used: number): void {
    this.#used = used;
    if (used === 0) return;
    this.#lines += countNewlines(bytes, 0, used);
    this.#isOpen = bytes[used - 1] !== 10;
  }
}
