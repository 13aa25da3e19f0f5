import { stringify } from 'yaml';
import type { Knowledge } from '../model/detector.ts';
import { UserError } from '../model/errors.ts';
import type { Signature } from '../model/signature.ts';
import { pad, visible } from '../report/text-safety.ts';

/** @throws UserError where there is no such id */
export function named<T extends { readonly id: string }>(all: readonly T[], id: string): T {
  const found = all.find((candidate) => candidate.id === id);
  if (found !== undefined) return found;
  const near = all.filter((candidate) => candidate.id.includes(id)).map((candidate) => candidate.id);
  const hint = near.length === 0 ? '' : `; did you mean ${near.slice(0, 3).join(', ')}?`;
  throw new UserError(`no signature is called ${id}${hint}`);
}

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
