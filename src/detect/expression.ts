import { createContext, Script } from 'node:vm';
import { UserError } from '../model/errors.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { catastrophe } from './lint/regex-cost.ts';

/** Characters; on shorter text no expression that passes the lint can take a millisecond. */
const SHORT = 1024;
/** Characters of a message or field that an expression gets to see. */
const LONGEST = 16 * 1024;
/** Milliseconds; a quicker match costs nothing. */
const SLOW_MS = 5;
/** What all expressions together may spend before each is given less, and how much less: shares of `maxPatternTime`. */
const TOGETHER = 7;
const HASTY = 1 / 30;

/** The lines of an input, made for it or not, keep an expression busy for too long. */
export class ExpressionTooSlow extends UserError {
  override readonly name = 'ExpressionTooSlow';
}

/** Milliseconds. */
interface Budget {
  readonly each: number;
  spent: number;
}

/** The regular expressions of one analysis, each made once. They share a budget of time. */
export class Expressions {
  readonly #known = new Map<string, Expression>();
  readonly #budget: Budget;

  /** `maxPatternTime`: milliseconds that one expression may spend on slow matches. */
  constructor(maxPatternTime: number = DEFAULT_LIMITS.maxPatternTime) {
    this.#budget = { each: maxPatternTime, spent: 0 };
  }

  of(source: string, flags = ''): Expression {
    const key = `${flags}/${source}`;
    let expression = this.#known.get(key);
    if (expression === undefined) {
      expression = new Expression(source, flags, this.#budget);
      this.#known.set(key, expression);
    }
    return expression;
  }
}

/**
 * A regular expression that cannot hang the run. What it spends on slow matches is counted, and one that the lint holds
 * for dangerous runs under a watchdog, as it may never come back by itself. Throws `ExpressionTooSlow` from the moment
 * on at which its time is spent.
 */
export class Expression {
  readonly source: string;
  readonly #flags: string;
  readonly #budget: Budget;
  #spent = 0;
  /** Made and judged when it is first needed: most expressions never see a line. */
  #made: { readonly regex: RegExp; readonly isDangerous: boolean } | undefined;

  constructor(source: string, flags: string, budget: Budget) {
    this.source = source;
    this.#flags = flags;
    this.#budget = budget;
  }

  test(text: string): boolean {
    return this.exec(text) !== null;
  }

  /** The first match. */
  exec(text: string): RegExpExecArray | null {
    const { regex, isDangerous } = this.#make();
    if (text.length <= SHORT && !isDangerous) return regex.exec(text);
    return this.#timed(regex, isDangerous, text);
  }

  /** All matches, one after the other, of an expression with the flag `g`. */
  execAll(text: string): RegExpExecArray[] {
    const matches: RegExpExecArray[] = [];
    const { regex } = this.#make();
    regex.lastIndex = 0;
    for (let match = this.exec(text); match !== null; match = this.exec(text)) {
      matches.push(match);
      if (match[0] === '') regex.lastIndex++;
    }
    return matches;
  }

  #make(): { readonly regex: RegExp; readonly isDangerous: boolean } {
    if (this.#made === undefined) {
      const regex = new RegExp(this.source, this.#flags);
      this.#made = { regex, isDangerous: catastrophe(regex.source, regex.ignoreCase) !== undefined };
    }
    return this.#made;
  }

  #timed(regex: RegExp, isDangerous: boolean, text: string): RegExpExecArray | null {
    const { each, spent } = this.#budget;
    const left = each * (spent > each * TOGETHER ? HASTY : 1) - this.#spent;
    if (left <= 0) throw this.#tooSlow();
    const start = performance.now();
    try {
      return isDangerous ? watched(regex, text, left) : regex.exec(text);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw this.#tooSlow();
    } finally {
      this.#count(performance.now() - start);
    }
  }

  #count(ms: number): void {
    if (ms < SLOW_MS) return;
    this.#spent += ms;
    this.#budget.spent += ms;
  }

  #tooSlow(): ExpressionTooSlow {
    return new ExpressionTooSlow(`an expression took too long on the lines of this input: ${this.source}`);
  }
}

const context = createContext({});
const script = new Script('regex.exec(text)');

/** Nothing but `vm` can stop an expression from outside. */
function watched(regex: RegExp, text: string, timeout: number): RegExpExecArray | null {
  Object.assign(context, { regex, text });
  return script.runInContext(context, { timeout: Math.max(1, Math.ceil(timeout)) }) as RegExpExecArray | null;
}

/** The part of a message or field that is matched: around the literal, where it is long. */
export function matchedText(text: string, literals: readonly string[]): string {
  if (text.length <= LONGEST) return text;
  const at = Math.max(0, ...literals.map((literal) => text.indexOf(literal)));
  const from = Math.max(0, at - LONGEST / 4);
  return text.slice(from, from + LONGEST);
}
