const FOLD = 0x20202020;
const COUNT_BITS = 16;

/**
 * How often 4-byte words stand in the logs that are being read. Guessed from single letters until samples were counted,
 * which tell much better: `operator` is rare in English and everywhere in a cluster.
 */
export class WordRarity {
  readonly #counts = new Uint32Array(1 << COUNT_BITS);

  /** Counts the words at every fourth byte of `words[first, last)`. */
  sample(words: Int32Array, first: number, last: number): void {
    const counts = this.#counts;
    for (let i = first; i < last; i++) counts[slot(words[i]! | FOLD)]!++;
  }

  /** The position in `bytes`, congruent to `alignment` modulo 4, of the word that is seen least often; -1 if there is none. */
  rarest(bytes: Uint8Array, alignment: number): number {
    let best = -1;
    let bestCount = Number.POSITIVE_INFINITY;
    let bestScore = Number.POSITIVE_INFINITY;
    for (let at = alignment; at + 4 <= bytes.length; at += 4) {
      const count = this.#counts[slot(foldedWord(bytes, at))]!;
      const score = commonness(bytes, at);
      if (count > bestCount || (count === bestCount && score >= bestScore)) continue;
      bestCount = count;
      bestScore = score;
      best = at;
    }
    return best;
  }
}

/**
 * What a literal costs before any log was read: how common its rarest word is where the literal's alignment is the worst
 * for it. Lower is better.
 */
export function scanCost(literal: string): number {
  const bytes = new TextEncoder().encode(literal);
  const rarity = new WordRarity();
  const costs = [0, 1, 2, 3].map((alignment) => {
    const at = rarity.rarest(bytes, alignment);
    return at < 0 ? Number.POSITIVE_INFINITY : commonness(bytes, at);
  });
  return Math.max(...costs);
}

/** The word at `at`, its letters made lower case (and other bytes changed alike). */
export function foldedWord(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24) | FOLD;
}

function slot(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - COUNT_BITS);
}

/** Sum of how common the four bytes are in logs; words of digits, spaces and frequent letters score high. */
function commonness(bytes: Uint8Array, at: number): number {
  let score = 0;
  for (let i = at; i < at + 4; i++) score += BYTE_SCORE[bytes[i]! | 0x20]!;
  return score;
}

/** Relative frequency of (folded) bytes in control-plane logs, in a logarithmic scale; measured once over real gathers. */
const BYTE_SCORE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  const rank = ' eotnrisac0dpl1u2m3"hg:45/8967.fvkbyw-=_x,jq{}()[]z'.indexOf(String.fromCharCode(byte));
  return rank < 0 ? 0 : 60 - rank;
});
