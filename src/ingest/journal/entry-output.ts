import type { SourceSummary } from '../../model/ingest.ts';
import type { EntryOrigin, EntrySink, JournalEntry } from '../../model/journal-entry.ts';
import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import { LineWriter } from '../lines/transcode/line-writer.ts';

/** Gives the entries of one journal to its sink, as entries where it takes those, else as lines. */
export class EntryOutput implements EntrySink {
  readonly wantsFields: boolean;
  readonly #sink: LineSink;
  readonly #writer: LineWriter;
  #count = 0;

  constructor(source: Source, sink: LineSink) {
    this.#sink = sink;
    this.#writer = new LineWriter(source, sink);
    this.wantsFields = sink.entries?.wantsFields === true;
  }

  entry(entry: JournalEntry, origin: EntryOrigin): void {
    this.#count++;
    if (this.#sink.entries === undefined) this.#writer.entry(entry, origin);
    else this.#sink.entries.entry(entry, origin);
  }

  /** Messages that the dump left out. */
  get missing(): number {
    return this.#writer.missing;
  }

  flush(): void {
    this.#writer.flush();
  }

  /** The last entry has been given. A binary journal has as many lines as entries. */
  end(): SourceSummary {
    this.#writer.flush();
    this.#sink.end();
    return this.#writer.summary('journal-binary', this.#count);
  }
}
