import { statSync } from 'node:fs';
import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import type { ByteSink, ReadContext } from '../byte-sink.ts';
import { type Member, readJournalSet, SeenFiles } from './journal-set.ts';
import { MemoryBytes } from './paged-bytes.ts';
import { StreamedJournal } from './streamed-journal.ts';

/** A journal file that was found in an input. */
export interface FoundJournal {
  readonly source: Source;
  /** Where it stands on disk by itself. */
  readonly disk?: string;
  /** Told once how many entries were read of it. */
  readonly done: (entries: number) => void;
}

/**
 * Collects the binary journals of a directory, and reads them together when the last of them was found. Those on disk are
 * read where they stand, those in archives are held in memory: as many of them are read together as `limits.maxJournal`
 * allows, and one that is larger by itself is read as it streams.
 */
export class JournalReader {
  readonly #log: (source: Source) => LineSink;
  readonly #context: ReadContext;
  readonly #seen = new SeenFiles();
  #directory = '';
  #members: Member[] = [];
  #held = 0;

  constructor(log: (source: Source) => LineSink, context: ReadContext) {
    this.#log = log;
    this.#context = context;
  }

  /** A file was found: journals of another directory are complete. */
  found(path: string): void {
    if (this.#members.length > 0 && directoryOf(path) !== this.#directory) this.flush();
  }

  open({ source, disk, done }: FoundJournal): ByteSink {
    this.#directory = directoryOf(source.path);
    const size = disk === undefined ? undefined : sizeOf(disk);
    if (disk !== undefined && size !== undefined) {
      this.#members.push({ source, content: { disk }, done });
      return { ownBytes: size, write: () => undefined, end: () => undefined };
    }
    return this.#collect(source, done);
  }

  /** Reads what has been collected. */
  flush(): void {
    const members = this.#members;
    this.#members = [];
    this.#held = 0;
    if (members.length > 0) readJournalSet(members, this.#log, this.#context, this.#seen);
  }

  #collect(source: Source, done: FoundJournal['done']): ByteSink {
    const limit = this.#context.limits.maxJournal;
    const bytes = new MemoryBytes();
    let streamed: StreamedJournal | undefined;
    return {
      write: (chunk) => {
        if (streamed !== undefined) return streamed.write(chunk);
        if (this.#held + bytes.size + chunk.length > limit) this.flush();
        if (bytes.size + chunk.length > limit) {
          streamed = new StreamedJournal(source, bytes, limit, this.#log(source), this.#context, this.#seen);
          return streamed.write(chunk);
        }
        bytes.write(chunk);
      },
      end: (truncated) => {
        if (truncated) this.#context.notes.note(`${source.path}: cut short; read up to the cut`);
        if (streamed !== undefined) return done(streamed.end());
        this.#members.push({ source, content: bytes, done });
        this.#held += bytes.size;
      },
    };
  }
}

function sizeOf(disk: string): number | undefined {
  try {
    return statSync(disk).size;
  } catch {
    return undefined;
  }
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
