import { loadCatalogue } from '../src/detect/load.ts';
import { listOf } from '../src/model/matcher-values.ts';
import type { LogMatcher } from '../src/model/signature.ts';

/** The literals of all log matchers, one a line, as fixed strings: a far cheaper question than the one that signatures ask. */
export async function searchLiterals(dir: string): Promise<string> {
  const literals = (await logMatchers(dir)).flatMap(({ contains }) => listOf(contains));
  return lines(literals);
}

/** The patterns of all log matchers, one a line, as ripgrep reads them with `--no-unicode`. */
export async function searchPatterns(dir: string): Promise<string> {
  return lines((await logMatchers(dir)).flatMap(expressionsOf));
}

/** What a search tool needs to ask for what a matcher matches: its pattern, or its literals where it has none. */
export function expressionsOf({ pattern, contains, ignoreCase }: LogMatcher): readonly string[] {
  const expression = pattern === undefined ? undefined : translated(pattern);
  const all = expression === undefined ? listOf(contains).map(escaped) : [expression];
  return ignoreCase === true ? all.map((one) => `(?i:${one})`) : all;
}

const TOKEN =
  /\\u[0-9a-fA-F]{4}|\\[\s\S]|\(\?<[=!]|\(\?<\w+>|\(\?[=!:]|\[\^?|\]|\{\d+(?:,\d*)?\}|[^\p{ASCII}]|[\s\S]/gu;

/**
 * An expression in the dialect of ripgrep: no named groups, no line breaks (it searches lines), a class's own brackets
 * escaped, and a dot for what is no ASCII. What must stand before or behind is part of the match. Undefined where
 * something must not stand there, which it cannot say.
 */
export function translated(pattern: string): string | undefined {
  let text = '';
  /** The class that is being read, without its brackets. */
  let members: string | undefined;
  let isNegated = false;
  for (const [token] of pattern.matchAll(TOKEN)) {
    if (token === '(?!' || token === '(?<!') return undefined;
    if (members !== undefined) {
      if (token !== ']') members += inClass(token);
      else {
        text += classOf(members, isNegated);
        members = undefined;
      }
    } else if (token === '[' || token === '[^') {
      members = '';
      isNegated = token === '[^';
    } else text += outside(token);
  }
  return text;
}

function classOf(members: string, isNegated: boolean): string {
  if (members === '') return isNegated ? '.' : '';
  return `[${isNegated ? '^' : ''}${members}]`;
}

function outside(token: string): string {
  if (token === '\\n') return '$';
  if (/^\(\?(?:<|=)/.test(token)) return '(?:';
  if (token === '{') return '\\{';
  return /^\\u|[^\p{ASCII}]/u.test(token) ? '.' : plainEscape(token);
}

function inClass(token: string): string {
  if (token === '\\n' || /^\\u|[^\p{ASCII}]/u.test(token)) return '';
  return token.startsWith('[') || token === '&' || token === '~'
    ? [...token].map((one) => `\\${one}`).join('')
    : plainEscape(token);
}

/** It takes an escape for a mistake where nothing needs to be escaped. */
function plainEscape(token: string): string {
  return /^\\[/"'`:@<>=,;!%_ ]$/.test(token) ? token.slice(1) : token;
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/[^\p{ASCII}]/gu, '.+');
}

async function logMatchers(dir: string): Promise<LogMatcher[]> {
  const { signatures } = await loadCatalogue([dir]);
  return signatures.flatMap(({ match }) =>
    Object.values(match).flatMap((matcher) => ('log' in matcher ? [matcher.log] : [])),
  );
}

function lines(all: readonly string[]): string {
  return [...new Set(all)].map((one) => `${one}\n`).join('');
}
