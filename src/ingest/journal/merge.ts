import type { JournalFile } from './journal-file.ts';
import { type EntryHead, NO_BOOT } from './objects.ts';

/** A journal of a set that is opened when its turn comes. */
export interface Part {
  /** Where its first entry stands in the order of the set, as its header says. */
  readonly headRealtime: number;
  readonly headSequence: number;
  readonly sequenceId: string;
  open(): JournalFile | undefined;
  take(file: JournalFile, head: EntryHead): void;
  close(file: JournalFile): void;
}

interface Open {
  readonly part: Part;
  readonly file: JournalFile;
}

/**
 * Hands out the entries of several journals in one order, as journalctl does: by sequence number where they come from the
 * same source of those, by the time since boot within a boot, else by wall clock. Entries that are in several files are
 * handed out once. Files are open only while they have a part in it. Returns how many entries were left out as duplicates.
 */
export function mergeJournals(parts: readonly Part[]): number {
  const waiting = parts.toSorted((a, b) => a.headRealtime - b.headRealtime);
  const open: Open[] = [];
  let duplicates = 0;
  while (waiting.length > 0 || open.length > 0) {
    let first = earliest(open);
    while (waiting.length > 0 && (first === undefined || waiting.some((part) => isDue(part, first!)))) {
      const at = first === undefined ? 0 : waiting.findIndex((part) => isDue(part, first!));
      openPart(waiting.splice(at, 1)[0]!, open);
      first = earliest(open);
    }
    if (first === undefined) break;
    if (open.length === 1 && waiting.length === 0) {
      drain(first);
      break;
    }
    first.part.take(first.file, first.file.head!);
    const same = open.length === 1 ? [first] : open.filter((other) => other === first || compare(other, first!) === 0);
    duplicates += same.length - 1;
    for (const each of same) advance(each, open);
  }
  return duplicates;
}

function openPart(part: Part, open: Open[]): void {
  const file = part.open();
  if (file === undefined) return;
  if (file.next() === undefined) part.close(file);
  else open.push({ part, file });
}

/** Nothing is left to merge the last file with. */
function drain({ part, file }: Open): void {
  do part.take(file, file.head!);
  while (file.next() !== undefined);
  part.close(file);
}

function advance(entry: Open, open: Open[]): void {
  if (entry.file.next() !== undefined) return;
  entry.part.close(entry.file);
  open.splice(open.indexOf(entry), 1);
}

function isDue(part: Part, first: Open): boolean {
  const head = first.file.head!;
  if (part.headRealtime <= head.realtime) return true;
  return part.sequenceId === first.file.header.sequenceId && part.headSequence <= head.sequence;
}

function earliest(open: readonly Open[]): Open | undefined {
  let first: Open | undefined;
  for (const other of open) if (first === undefined || compare(other, first) < 0) first = other;
  return first;
}

function compare(a: Open, b: Open): number {
  const [x, y] = [a.file.head!, b.file.head!];
  const isSameSource = a.file.header.sequenceId === b.file.header.sequenceId;
  if (isSameSource && x.sequence !== y.sequence) return x.sequence - y.sequence;
  const isSameBoot = x.bootId === y.bootId && x.bootId !== NO_BOOT;
  if (isSameBoot && x.monotonic !== y.monotonic) return x.monotonic - y.monotonic;
  if (x.realtime !== y.realtime) return x.realtime - y.realtime;
  return x.hashHigh - y.hashHigh || x.hashLow - y.hashLow;
}
