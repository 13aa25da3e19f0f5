import type { ByteWriter } from '../../../model/byte-writer.ts';
import type { SourceSummary } from '../../../model/ingest.ts';
import type { EntryOrigin, EntrySink, JournalEntry } from '../../../model/journal-entry.ts';
import type { LineSink } from '../../../model/log-line.ts';
import type { Source } from '../../../model/source.ts';
import { LineWriter } from './line-writer.ts';

/** Gives the entries of one journal to its sink, as entries where it takes those, else as lines. */
export class EntryOutput implements EntrySink {
  readonly wantsFields: boolean;
  readonly wants: { readonly fields: boolean; readonly line: boolean };
  /** Where entries of binary journals are exported to instead; `exported` is told of each. */
  readonly exportTo?: ByteWriter;
  readonly #sink: LineSink;
  readonly #writer: LineWriter;
  /** Messages that the dump left out. */
  missing = 0;
  /** Entries so far. */
  count = 0;

  constructor(source: Source, sink: LineSink) {
    this.#sink = sink;
    this.#writer = new LineWriter(source, sink);
    if (sink.entries?.exportTo !== undefined) this.exportTo = sink.entries.exportTo;
    this.wantsFields = sink.entries?.wantsFields === true;
    this.wants = { fields: this.wantsFields, line: sink.entries?.wantsOnlyFields !== true };
  }

  entry(entry: JournalEntry, origin: EntryOrigin): void {
    this.count++;
    if (entry.isMessageMissing) this.missing++;
    if (this.#sink.entries === undefined) this.#writer.entry(entry, origin);
    else this.#sink.entries.entry(entry, origin);
  }

  /** An entry was written to `exportTo`. */
  exported(): void {
    this.count++;
    this.#sink.entries?.exported?.();
  }

  /** All entries so far have been handed out. */
  flush(): void {
    this.#writer.flush();
  }

  /** What the log was; `lines` are those of the original file. */
  summary(format: string, lines: number): SourceSummary {
    return this.#writer.summary(format, lines);
  }
}
