import { type CharSet, parseRegex, type Regex } from './regex-syntax.ts';

/** A line is matched in pieces of at most this many characters. */
const LINE = 16 * 1024;
/** So many ways to split a line between two loops are tried at the most, from each of its characters. */
const MOST_SPLITS = 20_000_000;
/** A loop with fewer rounds cannot blow up. */
const MANY_ROUNDS = 10;
/** Ways through the choices of an expression that are looked at. */
const MOST_PATHS = 64;

type Repeat = Extract<Regex, { type: 'repeat' }>;

/**
 * Why a hostile line could make the expression run for minutes; undefined where nothing is found. It looks for the two
 * shapes that do: a loop whose rounds can be cut in several ways, and loops in a row that can take each other's characters.
 * The expression must be one that `new RegExp` takes.
 */
export function catastrophe(source: string, ignoreCase = false): string | undefined {
  const regex = parseRegex(source, ignoreCase);
  const nested = loopsOf(regex).find((loop) => loop.max >= MANY_ROUNDS && isAmbiguous(loop.body));
  if (nested !== undefined) return 'a repeated group can match the same text in many ways';
  const rows = [...pathsOf(regex).map(withoutLastLoop), ...loopsOf(regex).flatMap((loop) => pathsOf(loop.body))];
  const splits = Math.max(1, ...rows.map(splitsOf));
  return splits > MOST_SPLITS ? 'repeats in a row can take the same text from each other' : undefined;
}

function childrenOf(regex: Regex): readonly Regex[] {
  switch (regex.type) {
    case 'set':
      return [];
    case 'sequence':
      return regex.items;
    case 'choice':
      return regex.options;
    case 'repeat':
      return [regex.body];
  }
}

function loopsOf(regex: Regex): Repeat[] {
  return [...(regex.type === 'repeat' ? [regex] : []), ...childrenOf(regex).flatMap(loopsOf)];
}

/** Nothing follows the last loop that could send it back. */
function withoutLastLoop(path: readonly Regex[]): readonly Regex[] {
  const last = path.at(-1);
  return last !== undefined && isLoop(last) ? path.slice(0, -1) : path;
}

/** The ways through the choices, each as the row of what is matched one after the other. Optional parts are taken. */
function pathsOf(regex: Regex): (readonly Regex[])[] {
  switch (regex.type) {
    case 'set':
      return [[regex]];
    case 'choice':
      return regex.options.flatMap(pathsOf).slice(0, MOST_PATHS);
    case 'repeat':
      // An optional group costs most where it is there.
      return regex.max === 1 && loopsOf(regex.body).length > 0 ? pathsOf(regex.body) : [[regex]];
    case 'sequence':
      if (regex.items.length === 0) return [[regex]];
      return regex.items.reduce<(readonly Regex[])[]>(
        (paths, item) => {
          const next = pathsOf(item);
          return paths.flatMap((path) => next.map((more) => [...path, ...more])).slice(0, MOST_PATHS);
        },
        [[]],
      );
  }
}

/** All characters that a match may hold. */
function charactersOf(regex: Regex): CharSet {
  return regex.type === 'set' ? regex.set : childrenOf(regex).reduce((set, child) => set | charactersOf(child), 0n);
}

/** Whether it can match using characters of `set` alone, or nothing at all. */
function fitsIn(regex: Regex, set: CharSet): boolean {
  switch (regex.type) {
    case 'set':
      return (regex.set & set) !== 0n;
    case 'sequence':
      return regex.items.every((item) => fitsIn(item, set));
    case 'choice':
      return regex.options.some((option) => fitsIn(option, set));
    case 'repeat':
      return regex.min === 0 || fitsIn(regex.body, set);
  }
}

/** Two rounds of a loop with this body can be read as one, or one round in two ways. */
function isAmbiguous(body: Regex): boolean {
  const paths = pathsOf(body);
  return paths.some(swallowsItself) || paths.some((path, i) => paths.slice(i + 1).some((other) => alike(path, other)));
}

/** An inner loop takes what would begin the next round: `(?:\d+)*`, but not `(?:\d+\.)*`. */
function swallowsItself(path: readonly Regex[]): boolean {
  return path.some((item, i) => {
    if (item.type !== 'repeat' || item.max < MANY_ROUNDS || item.max === item.min) return false;
    const own = charactersOf(item.body);
    return path.every((other, k) => k === i || fitsIn(other, own));
  });
}

/** Both ways can be gone with the same characters: `(?:\w|\d)*`. */
function alike(path: readonly Regex[], other: readonly Regex[]): boolean {
  const shared = union(path) & union(other);
  return shared !== 0n && path.every((item) => fitsIn(item, shared)) && other.every((item) => fitsIn(item, shared));
}

function union(path: readonly Regex[]): CharSet {
  return path.reduce((set, item) => set | charactersOf(item), 0n);
}

interface Loop {
  readonly at: number;
  readonly set: CharSet;
  readonly rounds: number;
  /** How far apart the text after the loop stands from itself at the least, where it is repeated. */
  readonly period: number;
}

/** In how many ways the loops of a row can share one text, at the most: one that any two of them could take alone. */
function splitsOf(path: readonly Regex[]): number {
  const loops = path.flatMap((item, at): Loop[] =>
    isLoop(item) ? [{ at, set: charactersOf(item), rounds: rounds(item), period: periodAfter(path, at) }] : [],
  );
  let most = 1;
  for (const [i, first] of loops.entries()) {
    for (const last of loops.slice(i + 1)) {
      const shared = first.set & last.set;
      if (shared === 0n || !path.slice(first.at, last.at + 1).every((item) => fitsIn(item, shared))) continue;
      const between = loops.filter(({ at, set }) => at >= first.at && at <= last.at && (set & shared) === shared);
      most = Math.max(
        most,
        between.reduce((product, { at, rounds, period }) => product * (at === last.at ? rounds : rounds / period), 1),
      );
    }
  }
  return most;
}

/** Text with that many different characters cannot stand closer to itself. */
function periodAfter(path: readonly Regex[], at: number): number {
  const next = path.findIndex((item, i) => i > at && isLoop(item));
  const disjoint: CharSet[] = [];
  for (const set of path.slice(at + 1, next < 0 ? path.length : next).flatMap(requiredSets)) {
    if (disjoint.every((other) => (other & set) === 0n)) disjoint.push(set);
  }
  return Math.max(1, disjoint.length);
}

function requiredSets(regex: Regex): CharSet[] {
  switch (regex.type) {
    case 'set':
      return [regex.set];
    case 'sequence':
      return regex.items.flatMap(requiredSets);
    case 'choice':
      return [];
    case 'repeat':
      return regex.min > 0 ? requiredSets(regex.body) : [];
  }
}

function isLoop(regex: Regex): regex is Repeat {
  return regex.type === 'repeat' && regex.max > regex.min && regex.max > 1;
}

function rounds(loop: Repeat): number {
  return Math.min(loop.max, LINE) - Math.min(loop.min, LINE) + 1;
}
