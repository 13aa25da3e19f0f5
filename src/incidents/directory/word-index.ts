import lunr from 'lunr';
import { isPrefix } from '../lexemes.ts';
import { LEVEL_WEIGHTS, type Level, type SearchDocument, stemsByLevel } from '../search-document.ts';

const LEVELS = Object.keys(LEVEL_WEIGHTS) as Level[];

/** An index over documents, by their place in the list. Words come stemmed, so lunr does nothing to them. */
export function buildWordIndex(documents: readonly SearchDocument[]): lunr.Index {
  const builder = new lunr.Builder();
  builder.ref('ref');
  for (const level of LEVELS) builder.field(level, { boost: LEVEL_WEIGHTS[level] });
  // How long a field is says how much was found, not how well it fits.
  builder.b(0);
  documents.forEach((document, i) => {
    builder.add({ ref: String(i), ...stemsByLevel(document) });
  });
  return builder.build();
}

export interface WordHit {
  readonly place: number;
  readonly score: number;
}

/** Documents that hold a word for each stem. */
export function findStems(index: lunr.Index, stems: readonly string[]): WordHit[] {
  const found = index.query((query) => {
    for (const stem of stems) {
      const term = isPrefix(stem) ? `${stem}*` : stem;
      query.term(term, { presence: lunr.Query.presence.REQUIRED, usePipeline: false });
    }
  });
  return found.map(({ ref, score }) => ({ place: Number(ref), score }));
}
