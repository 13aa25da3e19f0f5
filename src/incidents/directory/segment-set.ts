import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidentSummary } from '../incident.ts';
import { searchDocument } from '../search-document.ts';
import { draftIn, isMissing } from './atomic-file.ts';
import { markPending, readIncident } from './incident-files.ts';
import { isId, type Layout } from './layout.ts';
import { DamagedSegment, type IndexEntry, isSegment, Segment, writeSegment } from './segment.ts';

/** Segments beyond this many are merged, smallest first, up to this many incidents in one. */
const MOST_SEGMENTS = 10;
const LARGEST_SEGMENT = 4096;
/** Somebody may replace segments while they are read. */
const ATTEMPTS = 5;

/** What an archive holds right now: its segments, and what no segment knows yet. */
export class SegmentSet {
  readonly #layout: Layout;
  segments: readonly Segment[] = [];
  /** Entries of pending incidents, by id. */
  pending: ReadonlyMap<string, IndexEntry> = new Map();
  #marks: readonly string[] = [];
  #summaries: ReadonlyMap<string, IncidentSummary> | undefined;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Summaries of all incidents, by id; as they were at the last `refresh`. */
  get summaries(): ReadonlyMap<string, IncidentSummary> {
    this.#summaries ??= new Map([
      ...this.segments.flatMap((segment) => segment.summaries.map((summary) => [summary.id, summary] as const)),
      ...[...this.pending].map(([id, { summary }]) => [id, summary] as const),
    ]);
    return this.#summaries;
  }

  /** Whether the segment's entry is what counts for the incident. */
  isCurrent(summary: IncidentSummary): boolean {
    return this.summaries.get(summary.id) === summary;
  }

  /** Sees what others did since. Costs two listings where nothing changed. */
  async refresh(): Promise<void> {
    await this.repairing(async () => undefined);
  }

  /** Refreshes and does `work`; both again where a segment is damaged, or was replaced meanwhile. */
  async repairing<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#refresh();
        return await work();
      } catch (error) {
        if (!(error instanceof DamagedSegment || isMissing(error)) || attempt === ATTEMPTS) throw error;
        if (error instanceof DamagedSegment) await this.#discardDamaged();
      }
    }
  }

  async #refresh(): Promise<void> {
    // Marks first: a mark goes only after the segment that makes it needless has come.
    const marks = (await readdir(this.#layout.pending)).sort();
    const names = (await readdir(this.#layout.index)).filter(isSegment).sort();
    const changed = marks.join() !== this.#marks.join() || names.join() !== this.segments.map((one) => one.name).join();
    if (!changed) return;
    const known = new Map(this.segments.map((segment) => [segment.name, segment]));
    const segments: Segment[] = [];
    for (const name of names) segments.push(known.get(name) ?? (await Segment.open(this.#layout, name)));
    const seen = new Set(this.#marks);
    const fresh = new Set(marks.filter((mark) => !seen.has(mark)).map(idOf));
    const pending = new Map<string, IndexEntry>();
    for (const id of new Set(marks.map(idOf))) {
      const entry = (fresh.has(id) ? undefined : this.pending.get(id)) ?? (await entryFor(this.#layout, id));
      if (entry !== undefined) pending.set(id, entry);
    }
    this.segments = segments;
    this.pending = pending;
    this.#marks = marks;
    this.#summaries = undefined;
  }

  /** Makes a segment of what is pending, and merges small ones. Only one process at a time may do this. */
  async flush(): Promise<void> {
    await this.refresh();
    const marks = this.#marks;
    // Read anew: a mark is older than what it stands for.
    const ids = [...new Set(marks.map(idOf))].sort();
    for (let from = 0; from < ids.length; from += LARGEST_SEGMENT) {
      const entries: IndexEntry[] = [];
      for (const id of ids.slice(from, from + LARGEST_SEGMENT)) {
        const entry = await entryFor(this.#layout, id);
        if (entry !== undefined) entries.push(entry);
      }
      if (entries.length > 0) await writeSegment(this.#layout, this.#nextNumber(), entries);
      await this.refresh();
    }
    for (const mark of marks) await rm(join(this.#layout.pending, mark), { force: true });
    await this.refresh();
    await this.#merge();
  }

  async #merge(): Promise<void> {
    if (this.segments.length <= MOST_SEGMENTS) return;
    const chosen: Segment[] = [];
    let size = 0;
    for (const segment of this.segments.toSorted((a, b) => a.summaries.length - b.summaries.length)) {
      size += segment.summaries.length;
      if (size > LARGEST_SEGMENT) break;
      chosen.push(segment);
    }
    if (chosen.length < 2) return;
    const entries: IndexEntry[] = [];
    for (const segment of chosen) {
      const documents = await segment.documents();
      segment.summaries.forEach((summary, i) => {
        if (this.isCurrent(summary)) entries.push({ summary, document: documents[i]! });
      });
    }
    await writeSegment(this.#layout, this.#nextNumber(), entries);
    for (const segment of chosen) await this.#remove(segment.name);
    await this.refresh();
  }

  #nextNumber(): number {
    return Math.max(0, ...this.segments.map((segment) => segment.number)) + 1;
  }

  /** Takes it out of sight at once; a reader never finds half of it. */
  async #remove(name: string): Promise<void> {
    const gone = draftIn(this.#layout.incoming);
    await rename(join(this.#layout.index, name), gone);
    await rm(gone, { recursive: true, force: true });
  }

  /** Removes segments that are not as they were written, after marking their incidents. */
  async #discardDamaged(): Promise<void> {
    const sound = new Set<string>();
    const damaged: string[] = [];
    for (const name of (await readdir(this.#layout.index)).filter(isSegment)) {
      try {
        const segment = await Segment.open(this.#layout, name);
        await segment.documents();
        await segment.words();
        for (const { id } of segment.summaries) sound.add(id);
      } catch (error) {
        if (!(error instanceof DamagedSegment || isMissing(error))) throw error;
        damaged.push(name);
      }
    }
    await markAll(this.#layout, sound);
    for (const name of damaged) await this.#remove(name);
    this.segments = [];
  }
}

/** Marks all incidents as pending but these. */
export async function markAll(layout: Layout, except: ReadonlySet<string> = new Set()): Promise<void> {
  for (const id of await readdir(layout.incidents)) if (isId(id) && !except.has(id)) await markPending(layout, id);
}

async function entryFor(layout: Layout, id: string): Promise<IndexEntry | undefined> {
  const incident = isId(id) ? await readIncident(layout, id) : undefined;
  if (incident === undefined) return undefined;
  const { summary, report, notes } = incident;
  return { summary, document: searchDocument(summary, report, notes) };
}

function idOf(mark: string): string {
  return mark.slice(0, 16);
}
