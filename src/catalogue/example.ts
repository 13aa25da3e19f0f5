import { caseLines } from '../case-lines.ts';
import { listOf } from '../model/matcher-values.ts';
import type { Signature } from '../model/signature.ts';

/** What the fault looks like in a gather. */
export interface Example {
  readonly language: 'text' | 'yaml';
  readonly lines: readonly string[];
}

/** Lines of an object that are shown at the most. */
const MOST_LINES = 24;

/** The line, or the object, of the first test case that hits. */
export function exampleOf(signature: Signature): Example | undefined {
  const [first] = signature.tests.hits;
  const lines = listOf(first?.log).flatMap((log) => caseLines({ ...log, repeat: 1 }));
  const literals = Object.values(signature.match).flatMap((matcher) =>
    'log' in matcher ? listOf(matcher.log.contains).map((literal) => literal.toLowerCase()) : [],
  );
  const telling = lines.find((line) => literals.some((literal) => line.toLowerCase().includes(literal))) ?? lines[0];
  if (telling !== undefined) return { language: 'text', lines: [telling] };
  if (first?.resources === undefined) return undefined;
  const object = first.resources.trimEnd().split(/\r?\n/);
  const shown = object.length > MOST_LINES ? [...object.slice(0, MOST_LINES), '# …'] : object;
  return { language: 'yaml', lines: shown };
}
