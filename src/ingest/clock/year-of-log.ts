import type { SourceSummary } from '../../model/ingest.ts';
import type { SourceKind } from '../../model/source.ts';
import { DAY, type Duration, formatTime, type Micros } from '../../model/time.ts';
import { inYear } from '../lines/parse/civil.ts';
import { nearestYear } from '../lines/summary/order.ts';
import { logsInWords } from '../logs-in-words.ts';
import { newestOf, newestSound } from './newest-time.ts';
import { offsetOf } from './zones.ts';

/** A node's clock, or the zone that a time was taken in, may be off by so much. */
export const TOLERANCE = DAY;

/** The end of a log whose lines state no year, and what its year was taken from. */
export interface YearlessEnd {
  readonly summary: SourceSummary;
  readonly end: Micros;
  /** A log with whole dates; where it is left out, the gather time told the year. */
  readonly by?: string;
}

/**
 * When the logs end that state no year, where `gatheredAt` is no more than a file's age: packing makes that later, never
 * earlier. Where a log ends within a day of it, it is what it seems. Else logs with whole dates go first, those of the
 * innermost common folder: the year is the one that brings the log's end nearest to theirs.
 */
export function yearlessEnds(
  summaries: readonly SourceSummary[],
  gatheredAt: Micros,
  assumed: Duration | undefined,
): YearlessEnd[] {
  const dated = summaries.map((summary) => ({ path: summary.source.path, end: newestOf(summary, assumed) }));
  let byFolder: ReadonlyMap<string, Dated> | undefined;
  return summaries.flatMap((summary, index): YearlessEnd[] => {
    const { last, source } = summary;
    if (last?.clock !== 'yearless' || dated[index]!.end !== undefined) return [];
    const offset = offsetOf(summary, assumed);
    const latest = latestYear(last.micros, gatheredAt + offset + TOLERANCE);
    if (latest === undefined) return [];
    const aged = { summary, end: latest - offset };
    if (gatheredAt - aged.end <= DAY) return [aged];
    byFolder ??= newestByFolder(dated);
    const beside = nearestFolder(source.path, byFolder);
    if (beside === undefined) return [aged];
    return [{ summary, end: yearBeside(last.micros, beside.end + offset, latest) - offset, by: beside.path }];
  });
}

/** One sentence for each kind of log and source of the year; `age` is the file whose age stands for the gather time. */
export function yearNotes(
  summaries: readonly SourceSummary[],
  gatheredAt: Micros | undefined,
  age: string | undefined,
  assumed: Duration | undefined,
): string[] {
  if (age === undefined || gatheredAt === undefined) return [];
  const ends = yearlessEnds(summaries, gatheredAt, assumed);
  const groups = Map.groupBy(ends, ({ summary, by }) => `${summary.source.kind}\n${by ?? ''}`);
  return [...groups].map(([key, logs]) => {
    const [kind, by] = key.split('\n') as [SourceKind, string];
    const one = logs.length === 1;
    const where = logsInWords(
      kind,
      logs.map(({ summary }) => summary.source.path),
    );
    const told =
      by === ''
        ? `the age of ${age}, ${formatTime(gatheredAt)}: a file that was changed since then would put them in a later one`
        : `${by}, the log beside ${one ? 'it' : 'them'} that states whole dates`;
    return `${where} ${one ? 'states' : 'state'} no year: it is taken from ${told}.`;
  });
}

interface Dated {
  readonly path: string;
  readonly end: Micros;
}

/** By folder: the log that ends last of those that state whole dates in it and below. */
function newestByFolder(
  logs: readonly { readonly path: string; readonly end: Micros | undefined }[],
): ReadonlyMap<string, Dated> {
  const all = new Map<string, Dated[]>();
  for (const { path, end } of logs) {
    if (end === undefined) continue;
    for (const folder of foldersOf(path)) {
      const known = all.get(folder);
      if (known === undefined) all.set(folder, [{ path, end }]);
      else known.push({ path, end });
    }
  }
  return new Map(
    [...all].flatMap(([folder, ends]) => {
      const newest = newestSound(ends.map(({ end }) => end));
      const found = ends.find(({ end }) => end === newest);
      return found === undefined ? [] : [[folder, found] as const];
    }),
  );
}

function nearestFolder(path: string, newest: ReadonlyMap<string, Dated>): Dated | undefined {
  for (const folder of foldersOf(path)) {
    const found = newest.get(folder);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The folders that a file lies in, the innermost first; the last is ``. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
    folders.push(path.slice(0, at + 1));
    if (at === 0) break;
  }
  return [...folders, ''];
}

/** Leap days are at most eight years apart. */
const FURTHEST_YEARS = 9;

/** The yearless time in the latest year that does not put it after `limit`. */
export function latestYear(yearless: number, limit: Micros): Micros | undefined {
  const year = new Date(limit / 1000).getUTCFullYear();
  for (let back = 0; back < FURTHEST_YEARS; back++) {
    const at = inYear(yearless, year - back);
    if (at !== undefined && at <= limit) return at;
  }
  return undefined;
}

/** The yearless time in the year that puts it nearest to `at`, and not after `latest`, which is one of them. */
function yearBeside(yearless: number, at: Micros, latest: Micros): Micros {
  return Math.min(nearestYear(yearless, at) ?? latest, latest);
}
