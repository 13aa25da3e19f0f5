import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { compileSignatures, loadCatalogue } from '../../src/detect/load.ts';
import { writeCompiled } from '../../src/detect/load-compiled.ts';

const TEXT = `id: disk-on-fire
title: A disk is on fire
component: disk
severity: critical
role: cause
status: stable
match:
  smoke: { log: { contains: smoke detected, pattern: 'smoke detected on (?<node>\\S+)' } }
summary: Smoke on {node}
why: Fire.
tests:
  hits: [ { name: smoke, log: { source: journal, host: m0, lines: ['{short} m0 kernel: smoke detected on m0'] } } ]
  clear: [ { name: none, log: { source: journal, host: m0, lines: ['{short} m0 kernel: all quiet'] } } ]
`;

let dir: string;
let cacheDir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'inquest-signatures-'));
  cacheDir = join(await mkdtemp(join(tmpdir(), 'inquest-cache-')), 'inquest');
  await writeFile(join(dir, 'disk-on-fire.yaml'), TEXT);
});

async function cached(): Promise<string> {
  const [name] = await readdir(cacheDir);
  return join(cacheDir, name!);
}

/** Makes the cache say something that the text does not, so that a test sees which of them was used. */
async function writeTitle(title: string): Promise<void> {
  const { key, signatures } = await compileSignatures(dir);
  writeCompiled(await cached(), key, [{ ...signatures[0]!, title }], 0o600);
}

describe('loadCatalogue with a cache', () => {
  it('gives the same catalogue without, on filling and on using it', async () => {
    const plain = await loadCatalogue([dir]);
    const filling = await loadCatalogue([dir], { cacheDir });
    const using = await loadCatalogue([dir], { cacheDir });
    expect(filling).toEqual(plain);
    expect(JSON.stringify(using)).toBe(JSON.stringify(plain));
    expect(await readdir(cacheDir)).toHaveLength(1);
  });

  it('uses what it holds', async () => {
    await loadCatalogue([dir], { cacheDir });
    await writeTitle('From the cache');
    expect((await loadCatalogue([dir], { cacheDir })).signatures[0]!.title).toBe('From the cache');
  });

  it('parses again once a file has changed, whatever its time says', async () => {
    await loadCatalogue([dir], { cacheDir });
    await writeFile(join(dir, 'disk-on-fire.yaml'), TEXT.replace('A disk', 'No disk'));
    expect((await loadCatalogue([dir], { cacheDir })).signatures[0]!.title).toBe('No disk is on fire');
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -20)],
    ['with a changed byte', (text: string) => text.replace('A disk', 'B disk')],
    ['with another header', (text: string) => text.replace('inquest-signatures-1', 'inquest-signatures-9')],
    ['empty', () => ''],
    ['of foreign content', () => '{"__proto__":{"id":"x"}}\n[1]'],
    ['of NULs', (text: string) => '\0'.repeat(text.length)],
  ])('parses again where the cache is %s, and mends it', async (_, damage) => {
    const plain = await loadCatalogue([dir]);
    await loadCatalogue([dir], { cacheDir });
    const whole = await readFile(await cached(), 'utf8');
    await writeFile(await cached(), damage(whole));
    expect(await loadCatalogue([dir], { cacheDir })).toEqual(plain);
    expect(await readFile(await cached(), 'utf8')).toBe(whole);
  });

  it.skipIf(process.platform === 'win32')('does not believe a file that others may write to', async () => {
    await loadCatalogue([dir], { cacheDir });
    await writeTitle('From somebody else');
    await chmod(await cached(), 0o666);
    expect((await loadCatalogue([dir], { cacheDir })).signatures[0]!.title).toBe('A disk is on fire');
  });

  it('needs no cache folder that can be written', async () => {
    const blocked = join(dir, 'disk-on-fire.yaml', 'cache');
    expect((await loadCatalogue([dir], { cacheDir: blocked })).signatures).toHaveLength(1);
  });

  it('does not cache what is invalid', async () => {
    await writeFile(join(dir, 'broken.yaml'), 'id: broken');
    await expect(loadCatalogue([dir], { cacheDir })).rejects.toThrow('broken.yaml');
    await rm(join(dir, 'broken.yaml'));
    await expect(readdir(cacheDir)).rejects.toThrow('ENOENT');
  });

  it('keeps a few catalogues only', async () => {
    for (let i = 0; i < 12; i++) {
      await writeFile(join(dir, 'disk-on-fire.yaml'), TEXT.replace('A disk', `Disk ${i}`));
      await loadCatalogue([dir], { cacheDir });
    }
    expect(await readdir(cacheDir)).toHaveLength(8);
  });
});

describe('loadCatalogue with compiled signatures', () => {
  it('uses them while they are of the same text', async () => {
    const compiled = join(dir, '..', `${Date.now()}-compiled.json`);
    const { key, signatures } = await compileSignatures(dir);
    writeCompiled(compiled, key, [{ ...signatures[0]!, title: 'Compiled' }]);
    expect((await loadCatalogue([dir], { compiled })).signatures[0]!.title).toBe('Compiled');
    await writeFile(join(dir, 'disk-on-fire.yaml'), `${TEXT}\n`);
    expect((await loadCatalogue([dir], { compiled })).signatures[0]!.title).toBe('A disk is on fire');
    await rm(compiled);
  });
});
