import { stringify } from 'yaml';
import type { SearchResult } from '../catalogue/search.ts';
import type { Knowledge } from '../model/detector.ts';
import type { Signature } from '../model/signature.ts';
import { pad, visible } from '../report/text-safety.ts';

/** One line each: id, severity, role, title. */
export function signatureRows(all: readonly (Signature | Knowledge)[]): string[] {
  const idWidth = Math.max(0, ...all.map(({ id }) => id.length));
  return all.map(
    ({ id, severity, role, title }) => `${pad(id, idWidth)}  ${pad(severity, 8)}  ${pad(role, 7)}  ${visible(title)}`,
  );
}

/** A signature as YAML, with the number of its test cases in their place; what a detector says of itself likewise. */
export function signatureText(signature: Signature | Knowledge): string {
  if (!('tests' in signature)) return `# a detector in TypeScript\n${yamlOf(signature)}`;
  const { tests, ...rest } = signature;
  return `${yamlOf(rest)}# ${tests.hits.length} test cases that hit, ${tests.clear.length} that stay clear`;
}

function yamlOf(value: object): string {
  return stringify(value, { lineWidth: 100 }).split('\n').map(visible).join('\n');
}

/** What a search found: a line for each, and where the words stand. */
export function searchRows(results: readonly SearchResult[]): string[] {
  if (results.length === 0) return ['nothing found'];
  return results.flatMap(({ entry, snippets }) => [
    ...signatureRows([entry.about]),
    ...snippets.map(({ field, text }) => `    ${field}: ${visible(text)}`),
  ]);
}
