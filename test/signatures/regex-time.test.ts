import { createContext, Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { expressionsOf } from '../../src/detect/lint/expressions.ts';
import { loadCatalogue } from '../../src/detect/load.ts';
import { listOf } from '../../src/model/matcher-values.ts';
import type { Matcher, Signature } from '../../src/model/signature.ts';
import { attacks } from '../support/regex-attacks.ts';

/** For one line of 16 KiB made to be slow, on a busy machine. Ordinary lines take microseconds. */
const BUDGET_MS = 1500;

const { signatures } = await loadCatalogue([BUNDLED_SIGNATURES]);

const context = createContext({});
const script = new Script('expression.test(line)');

/** A regular expression can only be stopped from outside: `vm` does. */
function isQuick(source: string, ignoreCase: boolean, line: string): boolean {
  Object.assign(context, { expression: new RegExp(source, ignoreCase ? 'i' : ''), line });
  try {
    script.runInContext(context, { timeout: BUDGET_MS });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}

function slowOnes(signature: Signature): string[] {
  return Object.values(signature.match).flatMap((matcher) =>
    expressionsOf(matcher)
      .filter(({ source, ignoreCase }) => {
        const lines = [...attacks(source, ignoreCase), ...literalLines(matcher), ...caseLines(signature)];
        return !lines.every((line) => isQuick(source, ignoreCase, line));
      })
      .map(({ source }) => source),
  );
}

function literalLines(matcher: Matcher): string[] {
  if (!('log' in matcher)) return [];
  return listOf(matcher.log.contains)
    .slice(0, 2)
    .map((literal) => literal.repeat(Math.ceil((16 * 1024) / literal.length)));
}

function caseLines({ tests }: Signature): string[] {
  const line = listOf(tests.hits[0]?.log)[0]?.lines[0];
  return line === undefined ? [] : [line.repeat(Math.ceil((16 * 1024) / line.length))];
}

it('stops an expression that would run for minutes', () => {
  expect(isQuick('(a+)+b', false, 'a'.repeat(40))).toBe(false);
});

describe('no expression of the catalogue is slow on hostile lines', () => {
  it.each(signatures.map((signature) => ({ id: signature.id, signature })))('$id', ({ signature }) => {
    expect(slowOnes(signature)).toEqual([]);
  });
});
