import { commonTextOf } from '../detect/lint/common-text.ts';
import { scanCost } from '../detect/word-rarity.ts';
import { MIN_LITERAL } from '../model/matcher-values.ts';
import type { Part } from './line-parts.ts';

/** Longer ones tie the signature to one version's wording. */
const LONGEST = 40;
/** What a further byte is worth: a phrase says more than the rare word in it. */
const WORTH_OF_BYTE = 4;
/** A single word is a name more often than a statement. */
const COST_OF_ONE_WORD = 40;

/** The phrase of the line's wording that other logs hold least; undefined where there is none of seven bytes. */
export function chooseLiteral(parts: readonly Part[]): string | undefined {
  const phrases = parts.flatMap((part) => (part.type === 'fixed' ? phrasesOf(part.text) : []));
  const rare = phrases.filter((phrase) => commonTextOf(phrase) === undefined);
  return rare.map((text) => ({ text, score: scoreOf(text) })).sort((a, b) => a.score - b.score)[0]?.text;
}

/** Runs of whole words without quotes, which some logs escape, without digits and without what joins them to the rest. */
function phrasesOf(text: string): string[] {
  return unquoted(text)
    .flatMap((run) => run.split(/[^\s,=]*\d[^\s,=]*/))
    .flatMap((run) => {
      const words = [...run.matchAll(/[^\s,]+,?/g)].map((word) => ({
        from: word.index,
        to: word.index + word[0].length,
      }));
      return words.flatMap((first, i) => words.slice(i, i + 8).map((last) => run.slice(first.from, last.to)));
    })
    .map((phrase) => phrase.replace(/^[^\w(]+|[^\w)]+$/g, ''))
    .filter(isUsable);
}

/** What stands between quotes; the keys of JSON say nothing. */
function unquoted(text: string): string[] {
  return [...text.matchAll(/[^"'\\]+/g)]
    .filter((run) => !/^\\*" ?:/.test(text.slice(run.index + run[0].length)))
    .map((run) => run[0]);
}

function isUsable(phrase: string): boolean {
  return (
    /^[\x20-\x7e]+$/.test(phrase) &&
    phrase.length >= MIN_LITERAL &&
    phrase.length <= LONGEST &&
    /[A-Za-z]{3}/.test(phrase) &&
    !phrase.includes('://')
  );
}

function scoreOf(phrase: string): number {
  return scanCost(phrase) - WORTH_OF_BYTE * phrase.length + (phrase.includes(' ') ? 0 : COST_OF_ONE_WORD);
}
