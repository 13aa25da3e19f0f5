import { stringify } from 'yaml';
import { UserError } from '../model/errors.ts';
import type { Signature } from '../model/signature.ts';
import { displayWidth, pad, visible } from '../report/text-safety.ts';

/** @throws UserError where there is no such signature */
export function signatureNamed(signatures: readonly Signature[], id: string): Signature {
  const signature = signatures.find((candidate) => candidate.id === id);
  if (signature !== undefined) return signature;
  const near = signatures.filter((candidate) => candidate.id.includes(id)).map((candidate) => candidate.id);
  const hint = near.length === 0 ? '' : `; did you mean ${near.slice(0, 3).join(', ')}?`;
  throw new UserError(`no signature is called ${id}${hint}`);
}

/** One line each: id, severity, role, title. */
export function signatureRows(signatures: readonly Signature[]): string[] {
  const rows = signatures.map(({ id, severity, role, title }) => [id, severity, role, visible(title)] as const);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => displayWidth(row[column]!))));
  return rows.map(([id, severity, role, title]) =>
    [pad(id, widths[0]!), pad(severity, widths[1]!), pad(role, widths[2]!), title].join('  '),
  );
}

/** The signature as YAML, without its test cases. */
export function signatureText({ tests, ...signature }: Signature): string {
  const cases = `${tests.hits.length} cases that hit, ${tests.clear.length} that stay clear`;
  return `${stringify(signature, { lineWidth: 100 })}# ${cases}`;
}
