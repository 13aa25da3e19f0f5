/**
 * The shape of a regular expression, as far as its running time depends on it. Log lines are matched as latin1, so a set of
 * characters is a mask of 256 bits. Assertions and back-references take no characters here.
 */
export type Regex =
  | { readonly type: 'set'; readonly set: CharSet }
  | { readonly type: 'sequence'; readonly items: readonly Regex[] }
  | { readonly type: 'choice'; readonly options: readonly Regex[] }
  | { readonly type: 'repeat'; readonly body: Regex; readonly min: number; readonly max: number };

/** Bit n is set where the set holds the character with code n. */
export type CharSet = bigint;

const ALL: CharSet = (1n << 256n) - 1n;
const EMPTY: Regex = { type: 'sequence', items: [] };

/** Parses an expression that `new RegExp` takes. Of what it does not know it makes the characters as they stand. */
export function parseRegex(source: string, ignoreCase = false): Regex {
  return new Parser(source, ignoreCase).choice();
}

class Parser {
  readonly #source: string;
  readonly #ignoreCase: boolean;
  #at = 0;

  constructor(source: string, ignoreCase: boolean) {
    this.#source = source;
    this.#ignoreCase = ignoreCase;
  }

  choice(): Regex {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options.length === 1 ? options[0]! : { type: 'choice', options };
  }

  #sequence(): Regex {
    const items: Regex[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) {
      const atom = this.#atom();
      const [min, max] = this.#quantifier();
      items.push((min === 1 && max === 1) || atom === EMPTY ? atom : { type: 'repeat', body: atom, min, max });
    }
    return items.length === 1 ? items[0]! : { type: 'sequence', items };
  }

  #atom(): Regex {
    const character = this.#source[this.#at++]!;
    if (character === '(') return this.#group();
    if (character === '[') return { type: 'set', set: this.#class() };
    if (character === '.') return { type: 'set', set: ALL & ~(one(10) | one(13)) };
    if (character === '^' || character === '$') return EMPTY;
    if (character === '\\') return this.#escape();
    return { type: 'set', set: this.#fold(one(character.charCodeAt(0))) };
  }

  #group(): Regex {
    const head = /^\?(?::|[=!]|<[=!]|<[A-Za-z_$][\w$]*>|[ims-]+:)/.exec(
      this.#source.slice(this.#at, this.#at + 80),
    )?.[0];
    this.#at += head?.length ?? 0;
    const inner = this.choice();
    this.#take(')');
    return head !== undefined && /[=!]$/.test(head) ? EMPTY : inner;
  }

  #escape(): Regex {
    const rest = this.#source.slice(this.#at);
    const reference = /^(?:[bB]|k<\w+>|[1-9]\d*)/.exec(rest)?.[0];
    if (reference !== undefined) {
      this.#at += reference.length;
      return EMPTY;
    }
    return { type: 'set', set: this.#escapedSet(rest) };
  }

  #escapedSet(rest: string): CharSet {
    const coded = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(rest);
    if (coded !== null) {
      this.#at += coded[0].length;
      return this.#fold(one(Number.parseInt(coded[1] ?? coded[2]!, 16)));
    }
    const letter = this.#source[this.#at++] ?? '\\';
    return CLASSES.get(letter) ?? this.#fold(one(CONTROLS.get(letter) ?? letter.charCodeAt(0)));
  }

  #class(): CharSet {
    const negated = this.#take('^');
    let set = 0n;
    while (this.#at < this.#source.length && !this.#take(']')) {
      const low = this.#member();
      const isRange = this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']';
      if (!isRange) set |= low;
      else {
        this.#at++;
        set |= between(low, this.#member());
      }
    }
    const folded = this.#ignoreCase ? foldSet(set) : set;
    return negated ? ALL & ~folded : folded;
  }

  #member(): CharSet {
    const character = this.#source[this.#at++] ?? ']';
    if (character !== '\\') return one(character.charCodeAt(0));
    if (this.#take('b')) return one(8);
    return this.#escapedSet(this.#source.slice(this.#at));
  }

  #quantifier(): readonly [number, number] {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at, this.#at + 40));
    if (found === null) return [1, 1];
    this.#at += found[0].length;
    if (found[1] !== undefined) {
      const min = Number(found[1]);
      return [min, found[2] === '' ? min : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3])];
    }
    const sign = found[0][0];
    return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY];
  }

  #fold(set: CharSet): CharSet {
    return this.#ignoreCase ? foldSet(set) : set;
  }

  #take(character: string): boolean {
    if (this.#source[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}

function one(code: number): CharSet {
  return code < 256 ? 1n << BigInt(code) : 0n;
}

function range(low: number, high: number): CharSet {
  let set = 0n;
  for (let code = low; code <= high; code++) set |= one(code);
  return set;
}

function between(low: CharSet, high: CharSet): CharSet {
  if (low === 0n) return 0n;
  const last = high === 0n ? 255 : high.toString(2).length - 1;
  return range(low.toString(2).length - 1, last);
}

const UPPER = range(0x41, 0x5a);
const LOWER = range(0x61, 0x7a);

function foldSet(set: CharSet): CharSet {
  return set | ((set & UPPER) << 32n) | ((set & LOWER) >> 32n);
}

const DIGITS = range(0x30, 0x39);
const WORD = DIGITS | UPPER | LOWER | one(0x5f);
const SPACE = range(9, 13) | one(0x20) | one(0xa0);

const CLASSES: ReadonlyMap<string, CharSet> = new Map([
  ['d', DIGITS],
  ['D', ALL & ~DIGITS],
  ['w', WORD],
  ['W', ALL & ~WORD],
  ['s', SPACE],
  ['S', ALL & ~SPACE],
]);

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['f', 12],
  ['0', 0],
]);
