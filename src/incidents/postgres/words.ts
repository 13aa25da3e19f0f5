import { isPrefix } from '../lexemes.ts';
import { LEVEL_WEIGHTS, type Level, type SearchDocument, stemsByLevel } from '../search-document.ts';

/** A lexeme of PostgreSQL holds at most 2046 bytes. */
const LONGEST_BYTES = 2046;

/** The document's stems as the text of a `tsvector`: each once, at the level of its best field. */
export function wordsOf(document: SearchDocument): string {
  const levels = stemsByLevel(document);
  return (Object.keys(levels) as Level[])
    .flatMap((level) => levels[level].filter(isLexeme).map((stem) => `${quoted(stem)}:1${level}`))
    .join(' ');
}

/** What is asked for as the text of a `tsquery`: all of it must be found. */
export function wordQuery(stems: readonly string[]): string {
  return stems.map((stem) => (isPrefix(stem) ? `${quoted(stem)}:*` : quoted(stem))).join(' & ');
}

/** Weights of the levels for `ts_rank`, which wants them from D to A and none above 1. */
export const RANK_WEIGHTS: readonly number[] = (['D', 'C', 'B', 'A'] as const).map(
  (level) => LEVEL_WEIGHTS[level] / LEVEL_WEIGHTS.A,
);

function isLexeme(stem: string): boolean {
  return stem !== '' && Buffer.byteLength(stem) <= LONGEST_BYTES;
}

function quoted(stem: string): string {
  return `'${stem.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
