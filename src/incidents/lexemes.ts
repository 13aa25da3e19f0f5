import lunr from 'lunr';

/** A word of a text as it is indexed and searched for. Every store uses these, so that all find the same. */
export interface Lexeme {
  readonly stem: string;
  /** Where the word stands in the text. */
  readonly at: number;
  readonly length: number;
}

/** Identifiers and host names fall into their words; addresses and versions stay whole. */
const WORD = /(?<![\p{L}\p{N}])[\dA-Fa-f]+(?:[.:][\dA-Fa-f]+)+(?![\p{L}\p{N}])|[\p{L}\p{N}]+/gu;
/** Longer words are hashes and blobs that nobody types. */
const LONGEST_WORD = 48;

/** Words that say nothing. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be been but by for from had has have in into is it its no not of on or that the their then there they this to was were which will with'.split(
    ' ',
  ),
);

export function lexemesOf(text: string): Lexeme[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    if (word.length > LONGEST_WORD) return [];
    const lower = word.toLowerCase();
    return STOP_WORDS.has(lower) ? [] : [{ stem: stemOf(lower), at: index, length: word.length }];
  });
}

/** Shorter stems find only themselves. */
const SHORTEST_PREFIX = 3;

/** The stems that somebody's words ask for, each once. */
export function queryStems(words: string): string[] {
  return [...new Set(lexemesOf(words).map((lexeme) => lexeme.stem))];
}

/** Whether a word of a text is one that is asked for: it begins with the stem. */
export function isFound(stem: string, asked: string): boolean {
  return isPrefix(asked) ? stem.startsWith(asked) : stem === asked;
}

export function isPrefix(asked: string): boolean {
  return asked.length >= SHORTEST_PREFIX;
}

const stems = new Map<string, string>();

function stemOf(word: string): string {
  // Only English words have endings to lose.
  if (!/^[a-z]+$/.test(word)) return word;
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = lunr.stemmer(new lunr.Token(word, {})).toString();
    if (stems.size < 100_000) stems.set(word, stem);
  }
  return stem;
}
