import { isFound, lexemesOf } from './lexemes.ts';
import { SEARCH_FIELDS, type SearchDocument, type SearchField } from './search-document.ts';

/** Where searched words stand. */
export interface Snippet {
  readonly field: SearchField;
  /** Parts of one excerpt in their order; those that were searched for are marked. */
  readonly parts: readonly { readonly text: string; readonly marked: boolean }[];
}

const MOST_SNIPPETS = 2;
/** Characters shown on each side of the first word that was found. */
const AROUND = 60;

/** Excerpts of the fields that hold words beginning with these stems, except of the title. */
export function snippetsOf(document: SearchDocument, stems: readonly string[]): Snippet[] {
  const missing = new Set(stems);
  const snippets: Snippet[] = [];
  for (const field of SEARCH_FIELDS) {
    if (field === 'title' || snippets.length === MOST_SNIPPETS) continue;
    const line = bestLine(document[field], stems, missing);
    if (line === undefined) continue;
    for (const stem of line.found) missing.delete(stem);
    snippets.push({ field, parts: marked(line.text, stems) });
  }
  return snippets;
}

/** The first line with the most stems of which none was shown yet; where all were shown, none. */
function bestLine(text: string, stems: readonly string[], missing: ReadonlySet<string>) {
  let best: { text: string; found: string[] } | undefined;
  for (const line of text.split('\n')) {
    const lexemes = lexemesOf(line);
    const found = stems.filter((stem) => lexemes.some((lexeme) => isFound(lexeme.stem, stem)));
    if (found.some((stem) => missing.has(stem)) && found.length > (best?.found.length ?? 0))
      best = { text: line, found };
  }
  return best;
}

function marked(line: string, stems: readonly string[]): Snippet['parts'] {
  const places = lexemesOf(line).filter((lexeme) => stems.some((stem) => isFound(lexeme.stem, stem)));
  const first = places[0]?.at ?? 0;
  const from = first <= AROUND ? 0 : line.indexOf(' ', first - AROUND) + 1 || first;
  const to = Math.min(line.length, first + 2 * AROUND);
  const parts: { text: string; marked: boolean }[] = [];
  const add = (text: string, isMarked: boolean) => {
    if (text !== '') parts.push({ text, marked: isMarked });
  };
  if (from > 0) add('… ', false);
  let at = from;
  for (const place of places.filter((one) => one.at >= from && one.at + one.length <= to)) {
    add(line.slice(at, place.at), false);
    add(line.slice(place.at, place.at + place.length), true);
    at = place.at + place.length;
  }
  add(line.slice(at, to), false);
  if (to < line.length) add(' …', false);
  return parts;
}
