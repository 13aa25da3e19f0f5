import type { FileRecord } from '../model/facts.ts';
import type { IngestSink, SourceSummary } from '../model/ingest.ts';
import { type Resource, readText } from '../model/resource.ts';
import type { Source } from '../model/source.ts';
import type { ByteSink, ReadContext } from './byte-sink.ts';
import { GatherClock } from './gather-time.ts';
import type { IngestOptions } from './ingest-options.ts';
import { JournalReader } from './journal/journal-reader.ts';
import type { Classified } from './layout/classified.ts';
import { classify } from './layout/classify.ts';
import { type StatedHost, statedHost } from './layout/folder-hosts.ts';
import { kindOf } from './layout/kinds.ts';
import { openLines } from './lines/open-lines.ts';
import type { NoteBook } from './note-book.ts';
import type { FoundFile } from './open/walk.ts';
import type { openResources } from './resources/open-resources.ts';
import type { ResourceFile } from './resources/resource-file.ts';

const MAX_STAMP_BYTES = 64 * 1024;

/** Gives each file that was found to the reader for its kind, and keeps the books. */
export class FileReader {
  readonly files: FileRecord[] = [];
  readonly summaries: SourceSummary[] = [];
  readonly clock = new GatherClock();
  /** What files say that hold a host's name. */
  readonly hosts: StatedHost[] = [];
  readonly seen: { readonly kinds: Set<string>; readonly wanted: ReadonlySet<string>; hosted: boolean };
  /** What the location of the current input says about its files. */
  context = '';
  /** Path of the file that is being read. */
  current = '';
  readonly #options: Pick<IngestOptions, 'kinds' | 'sparse'>;
  readonly #notes: NoteBook;
  readonly #sink: IngestSink;
  readonly #read: ReadContext;
  readonly #journals: JournalReader;
  readonly #openResources: typeof openResources | undefined;
  #lines = 0;
  #binary = 0;

  /** Without `open`, objects and documents are counted, not read. */
  constructor(
    options: Pick<IngestOptions, 'kinds' | 'sparse' | 'limits'>,
    notes: NoteBook,
    sink: IngestSink,
    open: typeof openResources | undefined,
  ) {
    this.#options = options;
    this.#openResources = open;
    this.#notes = notes;
    this.seen = { kinds: new Set(), wanted: options.kinds, hosted: false };
    this.#sink = {
      log: (source) => sink.log(source),
      document: (document) => sink.document(document),
      resource: (resource) => {
        this.#see(resource);
        sink.resource(resource);
      },
    };
    this.#read = {
      limits: options.limits,
      notes,
      summary: (summary) => {
        this.#lines = summary.lines;
        this.summaries.push(summary);
      },
    };
    this.#journals = new JournalReader((source) => sink.log(source), this.#read);
  }

  open(file: FoundFile, head: Uint8Array): ByteSink {
    const classified = classify(this.context + file.path, head);
    this.current = file.path;
    this.#journals.found(file.path);
    if (file.mtime !== undefined) this.clock.member(file.path, file.mtime);
    if (classified.family === 'binary') this.#binary++;
    if (classified.type === 'journal') return this.#journal(file, classified);
    return this.#counted(file.path, classified.family, this.#readerOf(file.path, classified));
  }

  /** The input has been walked: what waits for more of its kind is read now. */
  endInput(): void {
    this.#journals.flush();
  }

  finish(): void {
    if (this.#binary > 0) this.#notes.note(`${this.#binary} binary files were counted, not read.`);
  }

  /** A binary journal is read together with those beside it: its lines are known only later. */
  #journal(file: FoundFile, { family, source }: Extract<Classified, { type: 'journal' }>): ByteSink {
    const record = { path: file.path, family, bytes: 0, lines: 0 };
    this.files.push(record);
    const reader = this.#journals.open({
      source: { path: file.path, ...source },
      ...(file.disk !== undefined && { disk: file.disk }),
      done: (entries) => {
        record.lines = entries;
      },
    });
    record.bytes = reader.ownBytes ?? 0;
    if (reader.ownBytes !== undefined) return reader;
    return {
      write: (chunk) => {
        record.bytes += chunk.length;
        reader.write(chunk);
      },
      end: (truncated) => reader.end(truncated),
    };
  }

  #see({ kind, group, body }: Resource): void {
    // `config.openshift.io/Node` is a setting of the cluster.
    if (kind !== 'Node' || group === '') this.seen.kinds.add(kind);
    if (kind === 'Infrastructure' && readText(body, 'status.controlPlaneTopology') === 'External')
      this.seen.hosted = true;
  }

  #readerOf(path: string, classified: Exclude<Classified, { type: 'journal' }>): ByteSink | undefined {
    switch (classified.type) {
      case 'log': {
        const source: Source = { path, ...classified.source };
        return openLines(source, this.#sink.log(source), this.#read);
      }
      case 'resource': {
        const { pluralHint } = classified.hints;
        const kind = pluralHint === undefined ? undefined : (kindOf(pluralHint) ?? '');
        if (kind !== undefined && !this.#options.kinds.has(kind)) return undefined;
        return this.#objects({ path, family: classified.family, ...classified.hints, ...this.#wanted() });
      }
      case 'document':
        return this.#objects({
          path,
          family: classified.family,
          ...this.#wanted(),
          documentFamily: classified.document,
        });
      case 'stamp':
        return this.#stamp(path, classified.family);
      case 'known':
        return undefined;
    }
  }

  #wanted(): Pick<ResourceFile, 'kinds' | 'sparse'> {
    const { kinds, sparse } = this.#options;
    return sparse === undefined ? { kinds } : { kinds, sparse };
  }

  #objects(file: ResourceFile): ByteSink | undefined {
    return this.#openResources?.(file, this.#sink, this.#read);
  }

  #stamp(path: string, family: 'timestamp' | 'version' | 'hostname'): ByteSink {
    let text = '';
    return {
      write: (chunk) => {
        if (text.length < MAX_STAMP_BYTES) text += Buffer.from(chunk).toString('latin1');
      },
      end: () => {
        if (family === 'timestamp') this.clock.timestamp(path, text);
        const host = family === 'hostname' ? statedHost(text) : undefined;
        if (host !== undefined) this.hosts.push({ path, host });
      },
    };
  }

  #counted(path: string, family: string, reader: ByteSink | undefined): ByteSink {
    let bytes = 0;
    this.#lines = 0;
    return {
      write: (chunk) => {
        bytes += chunk.length;
        reader?.write(chunk);
      },
      end: (truncated) => {
        reader?.end(truncated);
        this.files.push({ path, family, bytes, lines: this.#lines });
      },
    };
  }
}
