import { describe, expect, it } from 'vitest';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { loadCatalogue } from '../../src/detect/load.ts';
import { runCase } from '../../src/signature-cases.ts';

const { signatures } = await loadCatalogue([BUNDLED_SIGNATURES]);

describe.each(signatures.map((signature) => ({ id: signature.id, signature })))('$id', ({ signature }) => {
  it.each(signature.tests.hits.map((test) => ({ name: test.name, test })))('hits: $name', ({ test }) => {
    expect(runCase(signature, test, 'hit').message).toBeUndefined();
  });

  it.each(signature.tests.clear.map((test) => ({ name: test.name, test })))('stays clear: $name', ({ test }) => {
    expect(runCase(signature, test, 'clear').message).toBeUndefined();
  });
});
