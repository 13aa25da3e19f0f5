import { listOf } from '../../model/matcher-values.ts';
import type { Matcher } from '../../model/signature.ts';

export interface Expression {
  readonly source: string;
  readonly ignoreCase: boolean;
}

/** The regular expressions of a matcher, those that exclude among them. */
export function expressionsOf(matcher: Matcher): Expression[] {
  const ignoreCase = 'log' in matcher && matcher.log.ignoreCase === true;
  return partsOf(matcher).flatMap(({ pattern, not }) =>
    [...(pattern === undefined ? [] : [pattern]), ...listOf(not)].map((source) => ({ source, ignoreCase })),
  );
}

interface Part {
  readonly pattern?: string | undefined;
  readonly not?: string | readonly string[] | undefined;
}

function partsOf(matcher: Matcher): readonly Part[] {
  if ('log' in matcher) return [matcher.log];
  if ('event' in matcher) return [matcher.event];
  const { where = [], condition = {} } = matcher.resource;
  return [...where, condition];
}
