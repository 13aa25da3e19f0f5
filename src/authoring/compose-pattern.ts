import type { Part } from './line-parts.ts';

/** Wording kept on each side of what the pattern is about. */
const CONTEXT = 40;
const LONGEST = 400;
/** Parts on each side of the literal, where nothing is known by name or it is too far away. */
const NEAR = 3;

export interface ComposedPattern {
  readonly source: string;
  readonly captures: readonly string[];
}

/**
 * A pattern for the line around its literal, with what varies made general and what is known by name captured. Undefined
 * where nothing near it varies: then the literal says it all.
 */
export function composePattern(parts: readonly Part[], literal: string): ComposedPattern | undefined {
  const at = parts.findIndex((part) => part.type === 'fixed' && part.text.includes(literal));
  const named = parts.flatMap((part, i) =>
    part.type === 'variable' && part.recogniser.capture !== undefined ? [i] : [],
  );
  if (at < 0) return undefined;
  // A time says nothing, and some say it otherwise.
  const time = parts.findLastIndex(
    (part, i) => i < at && part.type === 'variable' && part.recogniser.placeholder !== undefined,
  );
  const around = parts.slice(Math.max(time + 1, at - NEAR), at + NEAR + 1);
  const near = around.every((part) => part.type === 'fixed') ? undefined : compose(around, literal);
  if (named.length === 0) return near;
  const wide = compose(parts.slice(Math.min(at, ...named), Math.max(at, ...named) + 1), literal);
  return wide.source.length <= LONGEST ? wide : near;
}

function compose(parts: readonly Part[], literal: string): ComposedPattern {
  const captures: string[] = [];
  const pieces = parts.map((part, i) => {
    if (part.type === 'fixed') return fixedPattern(clipped(part.text, literal, i === 0, i === parts.length - 1));
    const { capture, pattern } = part.recogniser;
    if (capture === undefined || captures.includes(capture)) return pattern;
    captures.push(capture);
    return `(?<${capture}>${pattern})`;
  });
  return { source: pieces.join(''), captures };
}

/** The outer ends of the wording are cut, but never into the literal. */
function clipped(text: string, literal: string, first: boolean, last: boolean): string {
  const at = text.indexOf(literal);
  const from = first ? Math.max(0, Math.min(at < 0 ? text.length : at, text.length - CONTEXT)) : 0;
  const to = last ? Math.max(at < 0 ? 0 : at + literal.length, Math.min(text.length, CONTEXT)) : text.length;
  return text.slice(from, to);
}

/** Quotes may stand escaped, and columns may be padded otherwise. */
function fixedPattern(text: string): string {
  return text
    .replace(/\\*"|\s{2,}|[\\^$.*+?()[\]{}|/]/g, (special) => {
      if (special.endsWith('"')) return '\\\\{0,3}"';
      return /\s/.test(special) ? '\\s{1,20}' : `\\${special}`;
    })
    .replaceAll('\\/', '/');
}
