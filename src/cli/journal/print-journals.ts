import { basename, resolve } from 'node:path';
import { newestTime, placeTimes } from '../../ingest/clock/place-times.ts';
import { ingest } from '../../ingest/ingest.ts';
import type { Ingested } from '../../model/ingest.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import type { Micros, Stamp } from '../../model/time.ts';
import { visible } from '../../report/text-safety.ts';
import { DirectOutput, ReaderGone } from './direct-output.ts';
import { type EntryFilter, entryFilter, filters, needsOverview, type Overview } from './entry-filter.ts';
import { entryPrinter, type PrintEntry } from './entry-printer.ts';
import type { JournalFlags } from './journal-flags.ts';
import { LineEntries, type PlaceLine } from './line-entries.ts';
import { bootLines } from './list-boots.ts';

const STDOUT = 1;

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
  const canRepeat = !inputs.includes('-');
  const out = new DirectOutput(STDOUT);
  const print = entryPrinter(flags.output, out);
  const isAhead = canRepeat && (needsOverview(flags) || flags.lines !== undefined);
  let first = isAhead ? await readAll(inputs, all) : undefined;
  let printed = flags.lines === undefined ? 0 : Math.max(0, (await countOf(inputs, flags, first, all)) - flags.lines);
  for (;;) {
    const run = new Run(inputs, flags, first, canRepeat, printed, print);
    try {
      const read = await ingest(inputs, { kinds: new Set(), logsOnly: true, limits: all, stdin: process.stdin }, run);
      out.flush();
      tell(read);
      return;
    } catch (error) {
      if (error instanceof ReaderGone) return;
      if (!(error instanceof PlaceUnknown)) throw error;
      printed = run.printed;
      first = await readAll(inputs, all);
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
  const run = new Run(inputs, flags, read, false, 0, () => undefined);
  await ingest(inputs, { kinds: new Set(), logsOnly: true, limits }, run);
  return run.printed;
}

/** Prints the boots of the inputs, one a line. */
export async function listBoots(inputs: readonly string[], limits: Partial<Limits>): Promise<void> {
  const read = await readAll(inputs, { ...DEFAULT_LIMITS, ...limits });
  const place = placeTimes(read.summaries, gatheredAt(read));
  const lines = bootLines(read, place, overviewOf(read).boots);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  tell(read);
}

/** Reads the inputs for what they say of their times and boots. */
function readAll(inputs: readonly string[], limits: Limits): Promise<Ingested> {
  const sink: LineSink = { region: () => undefined, end: () => undefined };
  return ingest(
    inputs,
    { kinds: new Set(), logsOnly: true, limits, stdin: process.stdin },
    { log: () => sink, resource: () => undefined, document: () => undefined },
  );
}

function tell(read: Ingested): void {
  for (const note of read.notes) process.stderr.write(`inquest: ${visible(note)}\n`);
  for (const { source, reason } of read.skipped) process.stderr.write(`inquest: ${visible(`${source}: ${reason}`)}\n`);
}

const PRINTED_KINDS = new Set(['journal', 'kernel', 'console']);

/** One pass over the inputs that prints. */
class Run {
  printed = 0;
  readonly #skip: number;
  readonly #print: PrintEntry;
  readonly #accepts: EntryFilter;
  readonly #place: PlaceLine;
  readonly #read: Ingested | undefined;
  readonly #named: ReadonlySet<string>;
  readonly #wantsFields: boolean;
  readonly #wantsOnlyFields: boolean;

  constructor(
    inputs: readonly string[],
    flags: JournalFlags,
    read: Ingested | undefined,
    canRepeat: boolean,
    skip: number,
    print: PrintEntry,
  ) {
    this.#skip = skip;
    this.#print = print;
    this.#read = read;
    this.#accepts = entryFilter(flags, overviewOf(read));
    this.#place = read === undefined ? unplaced(canRepeat) : placed(read);
    this.#named = new Set(inputs.map((input) => (input === '-' ? 'stdin' : basename(resolve(input)))));
    this.#wantsFields = flags.output !== 'short-iso';
    this.#wantsOnlyFields = this.#wantsFields && !filters(flags);
  }

  log(source: Source): LineSink {
    if (!PRINTED_KINDS.has(source.kind) && !this.#named.has(source.path)) return NOTHING;
    const boots = this.#read?.summaries.find((summary) => summary.source.path === source.path)?.boots ?? [];
    const lines = new LineEntries(source, this.#place, boots, (entry, stamp) => this.#take(entry, stamp));
    const entries = {
      wantsFields: this.#wantsFields,
      wantsOnlyFields: this.#wantsOnlyFields,
      entry: (entry: JournalEntry) => this.#take(entry, undefined),
    };
    return { entries, region: (region, decoder) => lines.region(region, decoder), end: () => lines.end() };
  }

  resource(): void {}

  document(): void {}

  #take(entry: JournalEntry, stamp: Stamp | undefined): void {
    if (!this.#accepts(entry)) return;
    if (++this.printed > this.#skip) this.#print(entry, stamp);
  }
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
  const place = placeTimes(read.summaries, gatheredAt(read));
  return (source, host, stamp) => place(source.path, host, stamp);
}

function gatheredAt(read: Ingested): Micros | undefined {
  return read.gathered?.at ?? newestTime(read.summaries);
}

function overviewOf(read: Ingested | undefined): Overview {
  if (read === undefined) return { newest: undefined, boots: [] };
  const newest = newestTime(read.summaries);
  const place = placed(read);
  const known = read.summaries.flatMap(({ source, boots }) =>
    boots.flatMap(({ host, id, at }) => {
      const from = at === undefined ? undefined : place(source, host, at);
      return id === undefined ? [] : [{ id, from: from ?? 0 }];
    }),
  );
  const ids = known.toSorted((a, b) => a.from - b.from).map((boot) => boot.id);
  return { newest, boots: [...new Set(ids)] };
}
