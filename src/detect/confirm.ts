import type { CompiledLog } from './compile.ts';

/** A line is cut to this many bytes around its literal before a regular expression sees it. */
const MATCHED_BYTES = 16 * 1024;

/** The part of the line `bytes[start, end)` that is matched, given where its literal stands. */
export function matchedPart(
  start: number,
  end: number,
  literal: number,
): { readonly from: number; readonly to: number } {
  const from = end - start <= MATCHED_BYTES ? start : Math.max(start, literal - MATCHED_BYTES / 4);
  return { from, to: Math.min(end, from + MATCHED_BYTES) };
}

const NO_CAPTURES: Readonly<Record<string, string | undefined>> = {};

/** The captures of a line, as latin1, that holds one of the matcher's literals; undefined where it is no match. */
export function confirm(matcher: CompiledLog, line: string): Readonly<Record<string, string | undefined>> | undefined {
  let captures = NO_CAPTURES;
  if (matcher.pattern !== undefined) {
    const match = matcher.pattern.exec(line);
    if (match === null) return undefined;
    captures = match.groups ?? NO_CAPTURES;
  }
  for (const not of matcher.not) if (not.test(line)) return undefined;
  return captures;
}
