import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/detect/load.ts';
import { parseSignature } from '../../src/detect/load-text.ts';

const VALID = `id: disk-on-fire
title: A disk is on fire
component: disk
severity: critical
role: cause
status: stable
match:
  smoke: { log: { contains: smoke detected } }
summary: Smoke on {node}
why: Fire.
tests:
  hits: [ { name: smoke, log: { source: journal, host: m0, lines: ['{short} m0 kernel: smoke detected'] } } ]
  clear: [ { name: none, log: { source: journal, host: m0, lines: ['{short} m0 kernel: all quiet'] } } ]
`;

async function directory(files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'inquest-signatures-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return dir;
}

describe('parseSignature', () => {
  it('accepts a signature', () => {
    expect(parseSignature(VALID, 'disk-on-fire.yaml').signature?.id).toBe('disk-on-fire');
  });

  it('names file, line and column of a wrong value', () => {
    const { problems } = parseSignature(
      VALID.replace('severity: critical', 'severity: awful'),
      'dir/disk-on-fire.yaml',
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^dir\/disk-on-fire\.yaml:4:11: severity: /);
  });

  it('names the line of an unknown key', () => {
    const { problems } = parseSignature(
      VALID.replace('why: Fire.', 'why: Fire.\nwhen: { type: sometimes }'),
      'disk-on-fire.yaml',
    );
    expect(problems[0]).toMatch(/^disk-on-fire\.yaml:11:/);
  });

  it('names the place of a malformed regular expression', () => {
    const text = VALID.replace('contains: smoke detected', "contains: smoke detected, pattern: '('");
    expect(parseSignature(text, 'disk-on-fire.yaml').problems[0]).toMatch(
      /disk-on-fire\.yaml:8:.*not a valid regular expression/,
    );
  });

  it('names the place of a YAML error', () => {
    expect(parseSignature('id: [\n', 'x.yaml').problems[0]).toMatch(/^x\.yaml:\d+:\d+: /);
  });

  it('insists that the file is named like the signature', () => {
    expect(parseSignature(VALID, 'other.yaml').problems[0]).toContain('other.yaml:1:5: id is disk-on-fire');
  });
});

describe('loadCatalogue', () => {
  it('lets a later directory override by id, and changes the digest', async () => {
    const first = await directory({ 'disk-on-fire.yaml': VALID });
    const second = await directory({ 'disk-on-fire.yaml': VALID.replace('A disk is on fire', 'Overridden') });
    const alone = await loadCatalogue([first]);
    const both = await loadCatalogue([first, second]);
    expect(both.signatures.map((signature) => signature.title)).toEqual(['Overridden']);
    expect(both.digest).not.toBe(alone.digest);
  });

  it('reports every broken file at once', async () => {
    const dir = await directory({ 'a.yaml': 'id: a', 'b.yaml': 'id: b' });
    await expect(loadCatalogue([dir])).rejects.toThrow(/a\.yaml:1:.*\n[\s\S]*b\.yaml:1:/);
  });

  it('says which directory holds none', async () => {
    const dir = await directory({});
    await expect(loadCatalogue([dir])).rejects.toThrow(`${dir}: no signature files`);
  });
});
