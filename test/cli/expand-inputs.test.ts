import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandInputs } from '../../src/cli/expand-inputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'inquest-inputs-'));
for (const name of ['b.tar.gz', 'a.tar.gz', 'notes.txt', 'odd[1].log']) writeFileSync(join(folder, name), 'x');
mkdirSync(join(folder, 'gather'));

describe('expandInputs', () => {
  it('expands a pattern in a fixed order', async () => {
    expect(await expandInputs([`${folder}/*.tar.gz`])).toEqual([`${folder}/a.tar.gz`, `${folder}/b.tar.gz`]);
  });

  it('finds directories too', async () => {
    expect(await expandInputs([`${folder}/gat*`])).toEqual([`${folder}/gather`]);
  });

  it('takes what exists as it is, and leaves the rest to whoever reads it', async () => {
    const plain = ['-', `${folder}/odd[1].log`, `${folder}/missing`];
    expect(await expandInputs(plain)).toEqual(plain);
  });

  it('says which pattern matched nothing', async () => {
    await expect(expandInputs([`${folder}/*.zip`])).rejects.toThrow(`${folder}/*.zip: no file or directory matches`);
  });
});
