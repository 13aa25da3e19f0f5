import { bootNotes } from '../../ingest/clock/boot-notes.ts';
import { ingest } from '../../ingest/ingest.ts';
import type { IngestOptions } from '../../ingest/ingest-options.ts';
import { UserError } from '../../model/errors.ts';
import type { Ingested } from '../../model/ingest.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { LineSink } from '../../model/log-line.ts';
import { visible } from '../../report/text-safety.ts';
import { quietBrokenPipe } from '../failure.ts';
import { DirectOutput, ReaderGone, toDescriptor } from './direct-output.ts';
import { needsOverview } from './entry-filter.ts';
import type { PrintEntry } from './entry-printer.ts';
import type { JournalFlags } from './journal-flags.ts';
import { LastEntries } from './last-entries.ts';
import { bootLines } from './list-boots.ts';
import { isWholeExport, loadPrinter } from './load-printer.ts';
import { overviewOf, placeOf } from './overview.ts';
import { EVERYTHING, PlaceUnknown, PrintingPass, type Range } from './printing-pass.ts';
import { readOnce } from './read-once.ts';

const STDOUT = 1;
const STDERR = 2;
/** Of entries that wait to be printed in reverse. */
const REVERSED_BYTES = 128 * 1024 * 1024;
const TOO_MUCH_FROM_STDIN =
  '--reverse keeps at most 128 MiB of stdin or a pipe, which gave more; save it to a file, or narrow it with --since, --unit or --grep';

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
    const run = new PrintingPass(inputs, flags, job.overview, canRepeat, { ...range, skip }, print, exportTo);
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
  const run = new PrintingPass(inputs, flags, read, false, EVERYTHING, () => undefined);
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
