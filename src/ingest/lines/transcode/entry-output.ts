import type { SourceSummary } from '../../../model/ingest.ts';
import type { EntryExporter, EntryOrigin, EntrySink, JournalEntry } from '../../../model/journal-entry.ts';
import type { LineSink } from '../../../model/log-line.ts';
import type { Source } from '../../../model/source.ts';
import { LineWriter } from './line-writer.ts';

/** Gives the entries of one journal to its sink, as entries where it takes those, else as lines. */
export class EntryOutput implements EntrySink {
  readonly wantsFields: boolean;
  readonly wants: { readonly fields: boolean; readonly line: boolean };
  /** Takes the entries of binary journals instead. */
  readonly exporter?: EntryExporter;
  readonly #sink: LineSink;
  readonly #writer: LineWriter;
  /** Messages that the dump left out. */
  missing = 0;
  /** Entries so far. */
  count = 0;

  constructor(source: Source, sink: LineSink) {
    this.#sink = sink;
    this.#writer = new LineWriter(source, sink);
    if (sink.entries?.exporter !== undefined) this.exporter = sink.entries.exporter;
    this.wantsFields = sink.entries?.wantsFields === true;
    const exports = this.exporter !== undefined;
    this.wants = { fields: this.wantsFields && !exports, line: sink.entries?.wantsOnlyFields !== true };
  }

  /** How a binary journal is to be read. */
  get reading(): { readonly wants: EntryOutput['wants']; readonly exports: boolean } {
    return { wants: this.wants, exports: this.exporter !== undefined };
  }

  entry(entry: JournalEntry, origin: EntryOrigin): void {
    this.count++;
    if (entry.isMessageMissing) this.missing++;
    if (this.#sink.entries === undefined) this.#writer.entry(entry, origin);
    else this.#sink.entries.entry(entry, origin);
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
