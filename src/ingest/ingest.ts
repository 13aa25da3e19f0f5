import { compareText } from '../model/entity.ts';
import { InputError } from '../model/errors.ts';
import type { FileRecord } from '../model/facts.ts';
import type { Ingested, IngestSink, InputRecord } from '../model/ingest.ts';
import { zoneNotes } from './clock/zones.ts';
import { emptyNotes, inputKind, missingParts } from './coverage.ts';
import { FileReader } from './file-reader.ts';
import type { IngestOptions } from './ingest-options.ts';
import { findInputs, type Input, reasonOf } from './inputs.ts';
import { withFolderHosts } from './layout/folder-hosts.ts';
import { hostNotes } from './layout/host-notes.ts';
import { NoteBook } from './note-book.ts';
import { ChunkReader } from './open/chunk-reader.ts';
import { walkDirectory } from './open/directory.ts';
import { openFile } from './open/open-file.ts';
import { openStream } from './open/open-stream.ts';
import { prepareThread } from './open/prepare-thread.ts';
import { IterableSource } from './open/simple-sources.ts';
import { type Budget, Walk } from './open/walk.ts';

const PROGRESS_BYTES = 4 * 1024 * 1024;

/** Starts what takes a while and `ingest` of the same inputs will need, so that other work can be done meanwhile. */
export function prepareIngest(inputs: readonly string[], { jobs = 1 }: Pick<IngestOptions, 'jobs'>): void {
  if (jobs > 1) prepareThread(inputs);
}

/**
 * Reads the inputs (files, directories, archives of any depth, `-` for standard input) in one pass and hands their
 * logs, objects and documents to `sink`. Nothing is written to disk; memory does not grow with the size of the logs.
 * Throws an `InputError` if an input cannot be read at all; whatever else goes wrong is noted in the result.
 */
export async function ingest(inputs: readonly string[], options: IngestOptions, sink: IngestSink): Promise<Ingested> {
  const notes = new NoteBook();
  const found = findInputs(inputs, notes);
  // Their parsers take as long to load as a small journal takes to read.
  const objects = options.logsOnly === true ? undefined : await import('./resources/open-resources.ts');
  const reader = new FileReader(options, notes, sink, objects?.openResources);
  const budget: Budget = { members: 0, bytes: 0, read: 0, exceeded: undefined };
  const taken = new Map<string, number>();
  const records: InputRecord[] = [];
  const failures: string[] = [];
  const tell = progressReporter(found, reader, options);
  const onRead = (bytes: number): void => {
    budget.read += bytes;
    tell(bytes);
  };
  for (const input of found) {
    const first = reader.files.length;
    const noted = notes.skipped.length;
    reader.context = input.context;
    const walk = new Walk({
      limits: options.limits,
      notes,
      ...(options.jobs !== undefined && { jobs: options.jobs }),
      budget,
      taken,
      open: openStream,
      visit: (file, head) => reader.open(file, head),
    });
    await readInput(input, found.length > 1, walk, options, onRead);
    reader.endInput();
    walk.finish(input.name);
    records.push(recordOf(input, reader.files.slice(first), walk));
    const useless = uselessness(input, reader.files.slice(first), notes.skipped.slice(noted));
    // Another input may be of use: only where none is, there is nothing to analyse.
    if (useless !== undefined) {
      failures.push(`${input.given}: ${useless}`);
      notes.skip(input.given, useless);
    }
  }
  if (failures.length === found.length) throw new InputError(failures[0]);
  reader.finish();
  // Members come in any order; nothing that is said of them may depend on it.
  notes.sort();
  const files = reader.files.toSorted((a, b) => compareText(a.path, b.path));
  const summaries = withFolderHosts(
    reader.summaries.toSorted((a, b) => compareText(a.source.path, b.source.path)),
    reader.hosts,
    found.length > 1,
  );
  for (const note of emptyNotes(files)) notes.note(note);
  for (const note of hostNotes(summaries)) notes.note(note);
  for (const note of zoneNotes(summaries, options.assumedOffset)) notes.note(note);
  const gathered = reader.clock.time(summaries);
  notes.close();
  return {
    inputs: records,
    files,
    summaries,
    ...(gathered !== undefined && { gathered }),
    skipped: notes.skipped,
    missing: missingParts(
      records.map((record) => record.kind),
      files,
      reader.seen,
    ),
    notes: notes.notes,
  };
}

async function readInput(
  input: Input,
  several: boolean,
  walk: Walk,
  options: IngestOptions,
  onRead: (bytes: number) => void,
): Promise<void> {
  const { given, name } = input;
  if (input.type === 'directory') return walkDirectory(given, several ? `${name}/` : '', walk, onRead);
  const place = { path: name, inside: several ? `${name}!/` : '', depth: 0, layers: 0 };
  if (input.type === 'stdin') {
    if (options.stdin === undefined) throw new InputError('-: there is no standard input');
    return openStream(new ChunkReader(new IterableSource(options.stdin, onRead)), place, walk);
  }
  try {
    await openFile(given, place, walk, onRead);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new InputError(`${given}: ${reasonOf(error)}`);
  }
}

function recordOf(input: Input, files: readonly FileRecord[], walk: Walk): InputRecord {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { path: input.given, kind: inputKind(files), bytes, members: files.length, truncated: walk.truncated };
}

/** Why an input gives nothing to analyse; undefined where it gives something. */
function uselessness(input: Input, files: readonly FileRecord[], skipped: NoteBook['skipped']): string | undefined {
  const filled = files.filter((file) => file.bytes > 0);
  if (filled.some((file) => file.family !== 'binary')) return undefined;
  if (filled.length > 0) return 'holds binary data that is neither a log nor an archive';
  if (input.size === 0) return 'the file is empty';
  const why = skipped.at(-1)?.reason;
  return `holds no readable byte${why === undefined ? '' : ` (${why})`}`;
}

/** Tells progress every few megabytes. */
function progressReporter(
  inputs: readonly Input[],
  reader: FileReader,
  options: IngestOptions,
): (bytes: number) => void {
  if (options.progress === undefined) return () => undefined;
  const sizes = inputs.map((input) => input.size);
  const known = sizes.every((size) => size !== undefined);
  const total = known ? { total: sizes.reduce((sum, size) => sum + size, 0) } : {};
  let bytes = 0;
  let told = 0;
  return (count) => {
    bytes += count;
    if (bytes - told < PROGRESS_BYTES) return;
    told = bytes;
    options.progress?.({ bytes, files: reader.files.length, ...total, current: reader.current });
  };
}
