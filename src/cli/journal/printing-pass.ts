import { basename, resolve } from 'node:path';
import { UserError } from '../../model/errors.ts';
import type { Ingested } from '../../model/ingest.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { LineSink } from '../../model/log-line.ts';
import type { Source } from '../../model/source.ts';
import type { Stamp } from '../../model/time.ts';
import type { DirectOutput } from './direct-output.ts';
import { type EntryFilter, entryFilter, filters } from './entry-filter.ts';
import type { PrintEntry } from './entry-printer.ts';
import type { JournalFlags } from './journal-flags.ts';
import { LineEntries, type PlaceLine } from './line-entries.ts';
import { wantsFields } from './load-printer.ts';
import { overviewOf, placeOf } from './overview.ts';

const BOOTS_OF_TEXT =
  '--boot: which lines of a text are of a boot is known when it has been read, which stdin or a pipe allows once; save it to a file';

/** A time without a year or since boot was met: where it lies is known only once all has been read. */
export class PlaceUnknown extends Error {}

const PRINTED_KINDS = new Set(['journal', 'kernel', 'console']);

/** The entries after the first `skip`, up to the `until`-th. */
export interface Range {
  readonly skip: number;
  readonly until: number;
}

export const EVERYTHING: Range = { skip: 0, until: Number.POSITIVE_INFINITY };

/** One pass over the inputs that prints. */
export class PrintingPass {
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
