import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { JournalReader } from '../../../src/ingest/journal/journal-reader.ts';
import { openLines } from '../../../src/ingest/lines/open-lines.ts';
import type { SourceSummary } from '../../../src/model/ingest.ts';
import type { EntryOrigin, JournalEntry } from '../../../src/model/journal-entry.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../src/model/limits.ts';
import type { LineSink } from '../../../src/model/log-line.ts';

export type Fields = readonly (readonly [name: string, value: string])[];

export interface ReadJournal {
  /** Every field of every entry, bytes as Latin-1. */
  readonly entries: readonly Fields[];
  readonly origins: readonly EntryOrigin[];
  /** Lines as signatures see them, where they were asked for. */
  readonly lines: readonly string[];
  readonly notes: readonly string[];
  readonly skipped: readonly string[];
  readonly summaries: readonly SourceSummary[];
}

export interface JournalInput {
  readonly path: string;
  readonly bytes?: Uint8Array;
  /** Read where it stands instead. */
  readonly disk?: string;
}

const FIXTURES = new URL('./fixtures/', import.meta.url);

export function fixture(name: string): Buffer {
  return zstdDecompressSync(readFileSync(new URL(`${name}.zst`, FIXTURES)));
}

/** Reads binary journals as an input that holds them would be read. */
export function readJournals(
  inputs: readonly JournalInput[],
  options: { readonly limits?: Partial<Limits>; readonly asLines?: boolean; readonly chunk?: number } = {},
): ReadJournal {
  const collected = collector(options.asLines === true, { ...DEFAULT_LIMITS, ...options.limits });
  const reader = new JournalReader(() => collected.sink, collected.context);
  for (const { path, bytes, disk } of inputs) {
    reader.found(path);
    const done = (): void => undefined;
    const sink = reader.open({ source: { path, kind: 'journal' }, done, ...(disk !== undefined && { disk }) });
    const chunk = options.chunk ?? 64 * 1024;
    if (sink.ownBytes === undefined && bytes !== undefined) {
      for (let at = 0; at < bytes.length; at += chunk) sink.write(bytes.subarray(at, at + chunk));
    }
    sink.end(false);
  }
  reader.flush();
  return collected.read;
}

/** Reads a journal that is text, by the code for text. */
export function readText(bytes: Uint8Array, asLines = false): ReadJournal {
  const collected = collector(asLines, DEFAULT_LIMITS);
  const reader = openLines({ path: 'golden', kind: 'journal' }, collected.sink, collected.context);
  reader.write(bytes);
  reader.end(false);
  return collected.read;
}

function collector(asLines: boolean, limits: Limits) {
  const read = {
    entries: [] as Fields[],
    origins: [] as EntryOrigin[],
    lines: [] as string[],
    notes: [] as string[],
    skipped: [] as string[],
    summaries: [] as SourceSummary[],
  };
  const entries = {
    wantsFields: true,
    entry(entry: JournalEntry, origin: EntryOrigin) {
      read.entries.push(fieldsOf(entry));
      read.origins.push(origin);
    },
  };
  const sink: LineSink = {
    ...(!asLines && { entries }),
    region({ bytes, start, end }) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
      read.lines.push(...text.split('\n').slice(0, -1));
    },
    end: () => undefined,
  };
  const context = {
    limits,
    notes: {
      note: (text: string) => void read.notes.push(text),
      skip: (source: string, reason: string) => void read.skipped.push(`${source}: ${reason}`),
    },
    summary: (summary: SourceSummary) => void read.summaries.push(summary),
  };
  return { read, sink, context };
}

function fieldsOf(entry: JournalEntry): Fields {
  return (entry.fields ?? []).flatMap((group) => group.fields).map(({ name, value }) => [name, text(value)]);
}

function text(value: string | Uint8Array | null): string {
  return value === null ? '(left out)' : Buffer.from(value as Uint8Array).toString('latin1');
}
