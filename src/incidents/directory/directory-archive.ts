import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type lunr from 'lunr';
import { compareText } from '../../model/entity.ts';
import { UserError } from '../../model/errors.ts';
import { passes } from '../filter.ts';
import {
  type Failure,
  type Incident,
  type IncidentSummary,
  incidentId,
  type NewIncident,
  type Note,
} from '../incident.ts';
import { queryStems } from '../lexemes.ts';
import type { SearchDocument } from '../search-document.ts';
import { weigher } from '../similarity.ts';
import { snippetsOf } from '../snippets.ts';
import { type Statistics, statisticsOf } from '../statistics.ts';
import type {
  Candidates,
  IncidentFilter,
  IncidentPage,
  IncidentStore,
  Known,
  Page,
  SearchQuery,
  SearchResult,
} from '../store.ts';
import { summarize } from '../summarize.ts';
import { isMissing, writeAtomically } from './atomic-file.ts';
import { readIncident, readNotes, readSummary, writeIncident, writeNotes } from './incident-files.ts';
import { withLock } from './index-lock.ts';
import { isId, type Layout } from './layout.ts';
import { openLayout } from './open-layout.ts';
import { SegmentSet } from './segment-set.ts';
import { buildWordIndex, findStems } from './word-index.ts';

/** Pending incidents that make a segment: fewer are found fast enough as they are. */
const FLUSH_AT = 128;

interface Found {
  readonly summary: IncidentSummary;
  readonly score: number;
  document(): Promise<SearchDocument>;
}

/** An archive in a directory: nothing to install, nothing running. See `layout.ts` for its files. */
export class DirectoryArchive implements IncidentStore {
  readonly layout: Layout;
  readonly #set: SegmentSet;
  readonly #isWriter: boolean;
  #pendingWords: { of: ReadonlyMap<string, unknown>; index: lunr.Index } | undefined;
  #sinceFlush = 0;

  private constructor(layout: Layout, isWriter: boolean) {
    this.layout = layout;
    this.#set = new SegmentSet(layout);
    this.#isWriter = isWriter;
  }

  /**
   * Opens an archive; with `create` makes one of a missing or empty directory.
   * @throws UserError for a directory that is none
   */
  static async open(root: string, { create = false }: { create?: boolean } = {}): Promise<DirectoryArchive> {
    return new DirectoryArchive(await openLayout(root, create), create);
  }

  async put(incident: NewIncident): Promise<IncidentSummary> {
    const summary = summarize(incident);
    await writeIncident(this.layout, summary, incident);
    await rm(join(this.layout.failures, `${summary.id}.json`), { force: true });
    this.#sinceFlush++;
    if (this.#sinceFlush >= FLUSH_AT) await this.#flush();
    return summary;
  }

  async fail(failure: Omit<Failure, 'id'>): Promise<void> {
    const id = incidentId(failure.digest);
    const text = `${JSON.stringify({ id, ...failure } satisfies Failure, null, 2)}\n`;
    await writeAtomically(join(this.layout.failures, `${id}.json`), text, this.layout.incoming);
  }

  async known(digest: string): Promise<Known> {
    const id = incidentId(digest);
    const summary = await readSummary(this.layout, id);
    const failure = await this.#failure(id);
    return {
      ...(summary?.digest === digest && { catalogue: summary.catalogue }),
      ...(failure?.digest === digest && { failure }),
    };
  }

  async get(id: string): Promise<Incident | undefined> {
    const whole = await this.#idOf(id);
    return whole === undefined ? undefined : readIncident(this.layout, whole);
  }

  /** The full id that this is, or is the beginning of. */
  async #idOf(id: string): Promise<string | undefined> {
    const start = id.toLowerCase();
    if (isId(start)) return start;
    if (!/^[0-9a-f]{4,}$/.test(start)) return undefined;
    const fitting = [...(await this.#summaries()).keys()].filter((one) => one.startsWith(start));
    if (fitting.length > 1) throw new UserError(`${id} is the beginning of several incidents: ${fitting.join(', ')}`);
    return fitting[0];
  }

  async list(filter: IncidentFilter, { skip, most }: Page): Promise<IncidentPage> {
    const all = await this.#passing(filter);
    all.sort(newestFirst);
    return { total: all.length, incidents: all.slice(skip, skip + most) };
  }

  async failures(): Promise<Failure[]> {
    const names = (await readdir(this.layout.failures)).filter((name) => name.endsWith('.json'));
    const failures = await Promise.all(names.map((name) => this.#failure(name.slice(0, -'.json'.length))));
    return failures
      .filter((failure) => failure !== undefined)
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.digest, b.digest));
  }

  async search({ words, filter, page }: SearchQuery): Promise<SearchResult> {
    const stems = queryStems(words);
    if (stems.length === 0) {
      const { total, incidents } = await this.list(filter, page);
      return { total, hits: incidents.map((incident) => ({ incident, score: 0, snippets: [] })) };
    }
    await this.#set.refresh();
    if (this.#set.pending.size >= FLUSH_AT) await this.#flush();
    return this.#set.repairing(() => this.#searchStems(stems, filter, page));
  }

  async #searchStems(stems: readonly string[], filter: IncidentFilter, page: Page): Promise<SearchResult> {
    const found = (await this.#find(stems)).filter(({ summary }) => passes(summary, filter));
    found.sort((a, b) => b.score - a.score || newestFirst(a.summary, b.summary));
    const shown = found.slice(page.skip, page.skip + page.most);
    const hits = await Promise.all(
      shown.map(async ({ summary, score, document }) => ({
        incident: summary,
        score,
        snippets: snippetsOf(await document(), stems),
      })),
    );
    return { total: found.length, hits };
  }

  async #find(stems: readonly string[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const segment of this.#set.segments) {
      for (const { place, score } of findStems(await segment.words(), stems)) {
        const summary = segment.summaries[place]!;
        if (this.#set.isCurrent(summary)) found.push({ summary, score, document: () => segment.document(place) });
      }
    }
    const entries = [...this.#set.pending.values()];
    for (const { place, score } of findStems(this.#wordsOfPending(), stems)) {
      const { summary, document } = entries[place]!;
      found.push({ summary, score, document: async () => document });
    }
    return found;
  }

  #wordsOfPending(): lunr.Index {
    const { pending } = this.#set;
    if (this.#pendingWords?.of !== pending) {
      const documents = [...pending.values()].map(({ document }) => document);
      this.#pendingWords = { of: pending, index: buildWordIndex(documents) };
    }
    return this.#pendingWords.index;
  }

  async candidates(features: readonly string[], most: number): Promise<Candidates> {
    const summaries = [...(await this.#summaries()).values()];
    const asked = new Set(features);
    const frequencies = new Map(features.map((feature) => [feature, 0]));
    const sharing = summaries.map((incident) => {
      const shared = incident.features.filter((feature) => asked.has(feature));
      for (const feature of shared) frequencies.set(feature, frequencies.get(feature)! + 1);
      return { incident, shared };
    });
    const weigh = weigher(summaries.length, frequencies);
    const incidents = sharing
      .filter(({ shared }) => shared.length > 0)
      .map(({ incident, shared }) => ({ incident, weight: shared.reduce((sum, feature) => sum + weigh(feature), 0) }))
      .sort((a, b) => b.weight - a.weight || newestFirst(a.incident, b.incident))
      .slice(0, most)
      .map(({ incident }) => incident);
    return { total: summaries.length, frequencies, incidents };
  }

  async note(id: string, note: Note): Promise<void> {
    const whole = await this.#idOf(id);
    const summary = whole === undefined ? undefined : await readSummary(this.layout, whole);
    if (summary === undefined) throw new UserError(`${id}: no such incident in the archive`);
    await writeNotes(this.layout, summary.id, [...(await readNotes(this.layout, summary.id)), note]);
  }

  async notes(id: string): Promise<Note[]> {
    const whole = await this.#idOf(id);
    return whole === undefined ? [] : readNotes(this.layout, whole);
  }

  async statistics(filter: IncidentFilter): Promise<Statistics> {
    return statisticsOf(await this.#passing(filter));
  }

  async close(): Promise<void> {
    if (this.#isWriter && this.#sinceFlush > 0) await this.#flush();
  }

  async #summaries(): Promise<ReadonlyMap<string, IncidentSummary>> {
    await this.#set.refresh();
    return this.#set.summaries;
  }

  async #passing(filter: IncidentFilter): Promise<IncidentSummary[]> {
    return [...(await this.#summaries()).values()].filter((summary) => passes(summary, filter));
  }

  /** Where another process does it, or nothing may be written, the incidents stay pending, and are found all the same. */
  async #flush(): Promise<void> {
    try {
      await withLock(join(this.layout.root, 'index.lock'), () => this.#set.flush());
      this.#sinceFlush = 0;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EACCES' && code !== 'EROFS') throw error;
    }
  }

  async #failure(id: string): Promise<Failure | undefined> {
    try {
      return JSON.parse(await readFile(join(this.layout.failures, `${id}.json`), 'utf8'));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

function newestFirst(a: IncidentSummary, b: IncidentSummary): number {
  return compareText(b.at, a.at) || compareText(a.id, b.id);
}
