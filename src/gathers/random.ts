/** Pseudo-random numbers that are the same on every machine: one stream for each name. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [from, to]. */
  int(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  hex(length: number): string;
  /** Letters and digits as Kubernetes uses them in generated names: no vowels, nothing that reads like another. */
  suffix(length: number): string;
  uuid(): string;
  /** An independent stream: what is drawn from it changes nothing elsewhere. */
  fork(name: string): Random;
}

const SUFFIX = 'bcdfghjklmnpqrstvwxz2456789';
const HEX = '0123456789abcdef';

export function randomFrom(seed: string): Random {
  let state = hash(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const word = (alphabet: string, length: number) => {
    let text = '';
    while (text.length < length) text += alphabet[int(0, alphabet.length - 1)];
    return text;
  };
  return {
    next,
    int,
    pick: (items) => items[int(0, items.length - 1)]!,
    chance: (probability) => next() < probability,
    hex: (length) => word(HEX, length),
    suffix: (length) => word(SUFFIX, length),
    uuid: () => `${word(HEX, 8)}-${word(HEX, 4)}-4${word(HEX, 3)}-a${word(HEX, 3)}-${word(HEX, 12)}`,
    fork: (name) => randomFrom(`${seed}/${name}`),
  };
}

/** FNV-1a with a final mix, so that near-equal seeds give unlike streams. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return h ^ (h >>> 13);
}
