import lunr from 'lunr';
import type { Entry } from './entry.ts';

export interface SearchResult {
  readonly entry: Entry;
  readonly snippets: readonly Snippet[];
}

/** Where words of the query stand. */
export interface Snippet {
  readonly field: string;
  readonly text: string;
}

const MOST_RESULTS = 15;
const MOST_SNIPPETS = 2;
/** Characters shown on each side of a word that was found. */
const AROUND = 45;

const BOOSTS = { id: 6, title: 8, literals: 4, summary: 3, component: 3, why: 2, remedies: 1 } as const;
type Field = keyof typeof BOOSTS;
const FIELDS = Object.keys(BOOSTS) as Field[];

/** The entries that best fit the words, best first. */
export function searchEntries(entries: readonly Entry[], words: string): SearchResult[] {
  const byId = new Map(entries.map((entry) => [entry.about.id, entry]));
  const terms = lunr.tokenizer(words).map(String);
  const found = indexOf(entries).query((query) => {
    for (const term of terms) {
      query.term(term, { boost: 10 });
      // Beginnings of words and slips of the pen count less.
      query.term(term, { boost: 3, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
      if (term.length > 4) query.term(term, { boost: 1, editDistance: 1 });
    }
  });
  return found.slice(0, MOST_RESULTS).map(({ ref, matchData }) => {
    const entry = byId.get(ref)!;
    return { entry, snippets: snippetsOf(entry, matchData.metadata) };
  });
}

function indexOf(entries: readonly Entry[]): lunr.Index {
  return lunr(function () {
    this.ref('id');
    for (const field of FIELDS) this.field(field, { boost: BOOSTS[field] });
    this.metadataWhitelist = ['position'];
    for (const entry of entries) {
      this.add(
        Object.fromEntries(FIELDS.map((field) => [field, field === 'id' ? entry.about.id : textOf(entry, field)])),
      );
    }
  });
}

function textOf({ about, area, literals }: Entry, field: Field): string {
  switch (field) {
    case 'id':
    case 'title':
    case 'summary':
    case 'why':
      return about[field];
    case 'component':
      return `${about.component} ${area}`;
    case 'literals':
      return literals.join(' · ');
    case 'remedies':
      return [...(about.fix ?? []), ...(about.confirm ?? [])].map(({ text, run = '' }) => `${text} ${run}`).join(' · ');
  }
}

type Metadata = Readonly<
  Record<string, Readonly<Record<string, { readonly position?: readonly (readonly number[])[] }>>>
>;

function snippetsOf(entry: Entry, metadata: object): Snippet[] {
  const places = Object.values(metadata as Metadata).flatMap((fields) =>
    Object.entries(fields).flatMap(([field, { position = [] }]) => position.map(([at = 0]) => ({ field, at }))),
  );
  const shown = FIELDS.filter((field) => field !== 'id' && field !== 'title' && field !== 'component');
  return shown
    .flatMap((field) => {
      const first = places.filter((place) => place.field === field).sort((a, b) => a.at - b.at)[0];
      return first === undefined ? [] : [{ field, text: excerpt(textOf(entry, field), first.at) }];
    })
    .slice(0, MOST_SNIPPETS);
}

function excerpt(text: string, at: number): string {
  const from = at <= AROUND ? 0 : text.indexOf(' ', at - AROUND) + 1;
  const to = text.length <= at + AROUND ? text.length : Math.max(at, text.lastIndexOf(' ', at + AROUND));
  return `${from > 0 ? '… ' : ''}${text.slice(from, to).trim()}${to < text.length ? ' …' : ''}`;
}
