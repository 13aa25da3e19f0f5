import { basename, resolve } from 'node:path';
import { bootNotes } from '../../ingest/clock/boot-notes.ts';
import { ingest } from '../../ingest/ingest.ts';
import type { IngestOptions } from '../../ingest/ingest-options.ts';
import { UserError } from '../../model/errors.ts';
import type { Ingested } from '../../model/ingest.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import type { Stamp } from '../../model/time.ts';
import { visible } from '../../report/text-safety.ts';
import { quietBrokenPipe } from '../failure.ts';
import { DirectOutput, ReaderGone, toDescriptor } from './direct-output.ts';
import { type EntryFilter, entryFilter, filters, needsOverview } from './entry-filter.ts';
import type { PrintEntry } from './entry-printer.ts';
import type { JournalFlags } from './journal-flags.ts';
import { LastEntries } from './last-entries.ts';
import { LineEntries, type PlaceLine } from './line-entries.ts';
import { bootLines } from './list-boots.ts';
import { isWholeExport, loadPrinter, wantsFields } from './load-printer.ts';
import { overviewOf, placeOf } from './overview.ts';
import { readOnce } from './read-once.ts';

const STDOUT = 1;
const STDERR = 2;
/** Of entries that wait to be printed in reverse. */
const REVERSED_BYTES = 128 * 1024 * 1024;
const TOO_MUCH_FROM_STDIN =
  '--reverse keeps at most 128 MiB of stdin or a pipe, which gave more; save it to a file, or narrow it with --since, --unit or --grep';
const BOOTS_OF_TEXT =
  '--boot: which lines of a text are of a boot is known when it has been read, which stdin or a pipe allows once; save it to a file';

/** A time without a year or since boot was met: where it lies is known only once all has been read. */
class PlaceUnknown extends Error {}

/**
 * Prints the journals, kernel logs and consoles of the inputs. They are read once; a second time only where a time cannot
 * be told before the end of the input, and then printing goes on where it stopped.
 */
export async function printJournals(
  inputs: readonly string[],
  flags: JournalFlags,
  limits: Partial<Limits>,
): Promise<void> {
  const all = { ...DEFAULT_LIMITS, ...limits };
  const out = new DirectOutput(toDescriptor(STDOUT));
  const isAhead = readOnce(inputs) === undefined && (needsOverview(flags) || flags.lines !== undefined);
  const overview = isAhead ? await readAll(inputs, all) : undefined;
  const skip = flags.lines === undefined ? 0 : (await countOf(inputs, flags, overview, all)) - flags.lines;
  const job = { inputs, flags, limits: all, overview, range: { ...EVERYTHING, skip: Math.max(0, skip) } };
  try {
    const read = await (flags.reverse === true ? printReversed(job, out) : printForward(job, out));
    if (flags.quiet !== true) tell(read);
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
}

interface Job {
  readonly inputs: readonly string[];
  readonly flags: JournalFlags;
  readonly limits: Limits;
  overview: Ingested | undefined;
  readonly range: Range;
}

async function printForward(job: Job, out: DirectOutput): Promise<Ingested> {
  const exportTo = isWholeExport(job.flags) ? out : undefined;
  const read = await printRange(job, job.range, await loadPrinter(job.flags, out), exportTo);
  out.flush();
  return read;
}

/** Keeps the entries that fit into the memory allowed, and reads the inputs again for each such part before them. */
async function printReversed(job: Job, out: DirectOutput): Promise<Ingested> {
  const canRepeat = readOnce(job.inputs) === undefined;
  const kept = new LastEntries(REVERSED_BYTES);
  const scratch = new DirectOutput((piece) => kept.add(piece));
  const print = await loadPrinter(job.flags, scratch);
  const keep: PrintEntry = (entry, stamp) => {
    print(entry, stamp);
    scratch.flush();
    kept.endEntry();
    if (kept.dropped > 0 && !canRepeat) throw new UserError(TOO_MUCH_FROM_STDIN);
  };
  const { skip } = job.range;
  for (let { until } = job.range; ; ) {
    const read = await printRange(job, { skip, until }, keep);
    const before = skip + kept.dropped;
    kept.takeReversed((entry) => out.bytes(entry));
    out.flush();
    if (before === skip) return read;
    until = before;
  }
}

async function printRange(job: Job, range: Range, print: PrintEntry, exportTo?: DirectOutput): Promise<Ingested> {
  const { inputs, flags, limits } = job;
  const canRepeat = readOnce(inputs) === undefined;
  for (let { skip } = range; ; ) {
    const run = new Run(
      inputs,
      flags,
      job.overview,
      canRepeat,
      { ...range, skip },
      print,
      skip === 0 ? exportTo : undefined,
    );
    try {
      return await ingest(inputs, { kinds: new Set(), logsOnly: true, limits, ...stdinOf(inputs) }, run);
    } catch (error) {
      if (!(error instanceof PlaceUnknown)) throw error;
      skip = Math.max(skip, run.printed);
      job.overview = await readAll(inputs, limits);
    }
  }
}

/** How many entries would be printed. Counting them first takes a second reading, but no memory. */
async function countOf(
  inputs: readonly string[],
  flags: JournalFlags,
  read: Ingested | undefined,
  limits: Limits,
): Promise<number> {
  const run = new Run(inputs, flags, read, false, EVERYTHING, () => undefined);
  await ingest(inputs, { kinds: new Set(), logsOnly: true, limits }, run);
  return run.printed;
}

/** Prints the boots of the inputs, one a line. */
export async function listBoots(inputs: readonly string[], limits: Partial<Limits>): Promise<void> {
  const read = await readAll(inputs, { ...DEFAULT_LIMITS, ...limits });
  const place = placeOf(read);
  const lines = bootLines(read, place, overviewOf(read).boots);
  quietBrokenPipe(process.stdout).write(lines.map((line) => `${line}\n`).join(''));
  tell(read);
}

/** Reads the inputs for what they say of their times and boots. */
function readAll(inputs: readonly string[], limits: Limits): Promise<Ingested> {
  const sink: LineSink = { region: () => undefined, end: () => undefined };
  return ingest(
    inputs,
    { kinds: new Set(), logsOnly: true, limits, ...stdinOf(inputs) },
    { log: () => sink, resource: () => undefined, document: () => undefined },
  );
}

/** Only where it is read: to look at it loads streams, which takes a while. */
function stdinOf(inputs: readonly string[]): Pick<IngestOptions, 'stdin'> {
  return inputs.includes('-') ? { stdin: process.stdin } : {};
}

function tell(read: Ingested): void {
  const reasons = read.skipped.map(({ source, reason }) => `${source}: ${reason}`);
  const out = new DirectOutput(toDescriptor(STDERR));
  for (const text of [...read.notes, ...bootNotes(read.summaries, placeOf(read)), ...reasons])
    out.text(`inquest: ${visible(text)}\n`);
  out.flush();
}

const PRINTED_KINDS = new Set(['journal', 'kernel', 'console']);

/** The entries after the first `skip`, up to the `until`-th. */
interface Range {
  readonly skip: number;
  readonly until: number;
}

const EVERYTHING: Range = { skip: 0, until: Number.POSITIVE_INFINITY };

/** One pass over the inputs that prints. */
class Run {
  printed = 0;
  readonly #range: Range;
  readonly #print: PrintEntry;
  readonly #exportTo: DirectOutput | undefined;
  readonly #accepts: EntryFilter;
  readonly #place: PlaceLine;
  readonly #read: Ingested | undefined;
  readonly #named: ReadonlySet<string>;
  readonly #isOfBoot: boolean;
  readonly #wantsFields: boolean;
  readonly #wantsOnlyFields: boolean;

  constructor(
    inputs: readonly string[],
    flags: JournalFlags,
    read: Ingested | undefined,
    canRepeat: boolean,
    range: Range,
    print: PrintEntry,
    exportTo?: DirectOutput,
  ) {
    this.#exportTo = exportTo;
    this.#range = range;
    this.#print = print;
    this.#read = read;
    this.#accepts = entryFilter(flags, overviewOf(read));
    this.#place = read === undefined ? unplaced(canRepeat) : placed(read);
    this.#named = new Set(inputs.map((input) => (input === '-' ? 'stdin' : basename(resolve(input)))));
    this.#isOfBoot = flags.boot !== undefined && flags.boot !== 'all';
    this.#wantsFields = wantsFields(flags);
    this.#wantsOnlyFields = (flags.output === 'json' || flags.output === 'export') && !filters(flags);
  }

  log(source: Source): LineSink {
    if (!PRINTED_KINDS.has(source.kind) && !this.#named.has(source.path)) return NOTHING;
    const boots = this.#read?.summaries.find((summary) => summary.source.path === source.path)?.boots ?? [];
    const lines = new LineEntries(source, this.#place, boots, (entry, stamp) => this.#text(entry, stamp));
    const entries = {
      wantsFields: this.#wantsFields,
      wantsOnlyFields: this.#wantsOnlyFields,
      ...(this.#exportTo !== undefined && { exporter: { out: this.#exportTo, wants: this.#wants } }),
      entry: (entry: JournalEntry) => this.#take(entry, undefined),
    };
    return { entries, region: (region, decoder) => lines.region(region, decoder), end: () => lines.end() };
  }

  resource(): void {}

  document(): void {}

  /** Text tells the boot of an entry where the boot ends or begins, which may be after the entry. */
  #text(entry: JournalEntry, stamp: Stamp | undefined): void {
    if (this.#isOfBoot && this.#read === undefined) throw new UserError(BOOTS_OF_TEXT);
    this.#take(entry, stamp);
  }

  #take(entry: JournalEntry, stamp: Stamp | undefined): void {
    if (this.#wants(entry)) this.#print(entry, stamp);
  }

  /** Whether the next entry is printed; it is undefined where nothing is filtered. */
  readonly #wants = (entry: JournalEntry | undefined): boolean => {
    if (entry !== undefined && !this.#accepts(entry)) return false;
    const number = ++this.printed;
    return number > this.#range.skip && number <= this.#range.until;
  };
}

const NOTHING: LineSink = { region: () => undefined, end: () => undefined };

function unplaced(canRepeat: boolean): PlaceLine {
  return (_source, _host, stamp) => {
    if (stamp.clock === 'absolute') return stamp.micros;
    if (canRepeat) throw new PlaceUnknown();
    return undefined;
  };
}

function placed(read: Ingested): PlaceLine {
  const place = placeOf(read);
  return (source, host, stamp) => place(source.path, host, stamp);
}
