import { describe, expect, it } from 'vitest';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { loadCatalogue } from '../../src/detect/load.ts';
import type { Signature, SignatureCase } from '../../src/model/signature.ts';
import { findingsOf } from '../../src/signature-cases.ts';
import { ALLOWED } from './cross-noise.allowed.ts';

const { signatures } = await loadCatalogue([BUNDLED_SIGNATURES]);
const byId = new Map(signatures.map((signature) => [signature.id, signature]));

/** The other signatures that a case raises. */
function others(signature: Signature, test: SignatureCase): string[] {
  const raised = findingsOf(signatures, test).findings.map((finding) => finding.signature);
  return [...new Set(raised)].filter((id) => id !== signature.id);
}

/** A declared edge says, with its reason, why both stand in one case. */
function related(a: string, b: string): boolean {
  const leads = (from: string, to: string) => byId.get(from)?.causes?.some(({ effect }) => effect === to) === true;
  return leads(a, b) || leads(b, a);
}

function pairsOf(signature: Signature): string[] {
  const ofHits = signature.tests.hits
    .flatMap((test) => others(signature, test))
    .filter((id) => !related(signature.id, id));
  const ofClear = signature.tests.clear.flatMap((test) => others(signature, test));
  return [...new Set([...ofHits, ...ofClear])].map((id) => `${signature.id} > ${id}`);
}

const seen = new Set<string>();

describe('no signature takes the cases of another for its own', () => {
  it.each(signatures.map((signature) => ({ id: signature.id, signature })))('$id', ({ signature }) => {
    const pairs = pairsOf(signature);
    for (const pair of pairs) seen.add(pair);
    expect(pairs.filter((pair) => !(pair in ALLOWED))).toEqual([]);
  });

  it('allows nothing that does not happen', () => {
    expect(Object.keys(ALLOWED).filter((pair) => !seen.has(pair))).toEqual([]);
  });
});
