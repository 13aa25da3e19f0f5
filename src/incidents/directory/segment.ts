import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import lunr from 'lunr';
import type { IncidentSummary } from '../incident.ts';
import type { SearchDocument } from '../search-document.ts';
import { draftIn, writeAtomically } from './atomic-file.ts';
import type { Layout } from './layout.ts';
import { buildWordIndex } from './word-index.ts';

/** One incident as the index knows it. */
export interface IndexEntry {
  readonly summary: IncidentSummary;
  readonly document: SearchDocument;
}

/**
 * A segment is a folder that is never changed, only replaced as a whole:
 *
 *     summaries.json   of its incidents
 *     words.json       lunr's index over their documents, by their place in the summaries
 *     texts            the documents one after the other as JSON
 *     segment.json     where each document begins, and the digests of the other files
 *
 * Its name ends in the digest of `segment.json`.
 */
interface Head {
  readonly offsets: readonly number[];
  readonly digests: Readonly<Record<'summaries.json' | 'words.json' | 'texts', string>>;
}

const NAME = /^(\d{8})-([0-9a-f]{16})$/;

export function isSegment(name: string): boolean {
  return NAME.test(name);
}

/** Writes a segment and returns its name. `number` orders it: what a later one says of an incident counts. */
export async function writeSegment(layout: Layout, number: number, entries: readonly IndexEntry[]): Promise<string> {
  const draft = draftIn(layout.incoming);
  await mkdir(draft);
  const texts = entries.map(({ document }) => Buffer.from(JSON.stringify(document)));
  const offsets = [0];
  for (const text of texts) offsets.push(offsets.at(-1)! + text.length);
  const files = {
    'summaries.json': JSON.stringify(entries.map(({ summary }) => summary)),
    'words.json': JSON.stringify(buildWordIndex(entries.map(({ document }) => document))),
    texts: Buffer.concat(texts),
  };
  for (const [name, content] of Object.entries(files))
    await writeAtomically(join(draft, name), content, layout.incoming);
  const digests = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, sha256(content)]));
  const head = JSON.stringify({ offsets, digests });
  await writeAtomically(join(draft, 'segment.json'), head, layout.incoming);
  const name = `${String(number).padStart(8, '0')}-${sha256(head).slice(0, 16)}`;
  await rename(draft, join(layout.index, name));
  return name;
}

/** A segment that was found damaged. */
export class DamagedSegment extends Error {
  override readonly name = 'DamagedSegment';
}

/** Reads no more of a segment than is asked for. Everything throws `DamagedSegment` where a digest does not fit. */
export class Segment {
  readonly name: string;
  readonly summaries: readonly IncidentSummary[];
  readonly #folder: string;
  readonly #head: Head;
  #words: lunr.Index | undefined;

  private constructor(name: string, folder: string, head: Head, summaries: readonly IncidentSummary[]) {
    this.name = name;
    this.#folder = folder;
    this.#head = head;
    this.summaries = summaries;
  }

  static async open(layout: Layout, name: string): Promise<Segment> {
    const folder = join(layout.index, name);
    const head: Head = JSON.parse(await readChecked(join(folder, 'segment.json'), NAME.exec(name)![2]!));
    const summaries = JSON.parse(await readChecked(join(folder, 'summaries.json'), head.digests['summaries.json']));
    return new Segment(name, folder, head, summaries);
  }

  get number(): number {
    return Number(NAME.exec(this.name)![1]);
  }

  async words(): Promise<lunr.Index> {
    this.#words ??= lunr.Index.load(
      JSON.parse(await readChecked(join(this.#folder, 'words.json'), this.#head.digests['words.json'])),
    );
    return this.#words;
  }

  /** The document at a place in the summaries. */
  async document(place: number): Promise<SearchDocument> {
    const from = this.#head.offsets[place]!;
    const bytes = Buffer.alloc(this.#head.offsets[place + 1]! - from);
    const file = await open(join(this.#folder, 'texts'));
    try {
      await file.read(bytes, 0, bytes.length, from);
    } finally {
      await file.close();
    }
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch {
      throw new DamagedSegment(this.name);
    }
  }

  async documents(): Promise<SearchDocument[]> {
    const texts = Buffer.from(await readChecked(join(this.#folder, 'texts'), this.#head.digests.texts));
    const { offsets } = this.#head;
    return this.summaries.map((_, i) => JSON.parse(texts.toString('utf8', offsets[i], offsets[i + 1])));
  }
}

async function readChecked(path: string, digest: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  if (!sha256(text).startsWith(digest)) throw new DamagedSegment(path);
  return text;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
