import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DirectoryArchive } from '../../src/incidents/directory/directory-archive.ts';
import { newIncident, type Sketch } from '../support/incident-report.ts';
import { describeStore } from './contract.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'inquest-archive-')), 'archive');
const PAGE = { skip: 0, most: 1000 };

describeStore('a directory', async () => {
  const root = folder();
  return {
    store: await DirectoryArchive.open(root, { create: true }),
    reopen: () => DirectoryArchive.open(root, { create: true }),
  };
});

async function filled(count: number): Promise<string> {
  const root = folder();
  const archive = await DirectoryArchive.open(root, { create: true });
  for (let i = 0; i < count; i++) await archive.put(newIncident(sketch(i)));
  await archive.close();
  return root;
}

const sketch = (i: number): Sketch => ({
  name: `gather-${i}`,
  gatheredAt: '2025-12-04T00:00:00Z',
  findings: [{ signature: `etcd-${i}`, title: `Number ${i} stopped` }],
});

async function found(root: string, words: string): Promise<number> {
  const archive = await DirectoryArchive.open(root);
  return (await archive.search({ words, filter: {}, page: PAGE })).total;
}

describe('the files of an archive', () => {
  it('holds a report and its renderings as they were given', async () => {
    const root = folder();
    const archive = await DirectoryArchive.open(root, { create: true });
    const incident = newIncident(sketch(1));
    const { id } = await archive.put({ ...incident, renderings: new Map([['report.md', '# Report\n']]) });
    await archive.close();
    expect(readdirSync(join(root, 'incidents', id)).sort()).toEqual(['incident.json', 'report.json', 'report.md']);
    expect(readFileSync(join(root, 'incidents', id, 'report.json'), 'utf8')).toBe(
      `${JSON.stringify(incident.report, null, 2)}\n`,
    );
    expect(readdirSync(join(root, 'pending'))).toEqual([]);
    expect(readdirSync(join(root, 'incoming'))).toEqual([]);
  });

  it('does not take another directory for an archive', async () => {
    const root = mkdtempSync(join(tmpdir(), 'inquest-archive-'));
    await expect(DirectoryArchive.open(root)).rejects.toThrow('not an archive of incidents');
    writeFileSync(join(root, 'thesis.txt'), 'x');
    await expect(DirectoryArchive.open(root, { create: true })).rejects.toThrow('neither empty nor an archive');
    expect(readdirSync(root)).toEqual(['thesis.txt']);
  });

  it('says which version wrote an archive that it cannot read', async () => {
    const root = await filled(1);
    writeFileSync(join(root, 'archive.json'), '{"format":"inquest-archive","version":7}');
    await expect(DirectoryArchive.open(root)).rejects.toThrow('another version of inquest (7)');
  });

  it('does not count an incident that is not whole', async () => {
    const root = await filled(2);
    const archive = await DirectoryArchive.open(root, { create: true });
    const { digest, id } = (await archive.list({}, PAGE)).incidents[0]!;
    writeFileSync(join(root, 'incidents', id, 'report.json'), '{}');
    expect(await archive.known(digest)).toEqual({});
    expect(await archive.get(id)).toBeUndefined();
  });

  it('makes the index anew where it was deleted', async () => {
    const root = await filled(5);
    rmSync(join(root, 'index'), { recursive: true });
    expect(await found(root, 'stopped')).toBe(5);
  });

  it.each(['summaries.json', 'words.json', 'texts', 'segment.json'])(
    'replaces a segment whose %s is damaged',
    async (name) => {
      const root = await filled(5);
      const [segment] = readdirSync(join(root, 'index'));
      writeFileSync(join(root, 'index', segment!, name), '[]');
      expect(await found(root, 'number stopped')).toBe(5);
    },
  );

  it('merges small segments without losing what changed', async () => {
    const root = folder();
    for (let round = 0; round < 14; round++) {
      const archive = await DirectoryArchive.open(root, { create: true });
      await archive.put(newIncident(sketch(round)));
      await archive.put(newIncident({ ...sketch(99), content: 'always the same', name: `round-${round}` }));
      await archive.close();
    }
    expect(readdirSync(join(root, 'index')).length).toBeLessThan(11);
    expect(await found(root, 'stopped')).toBe(15);
    expect(await found(root, 'round 13')).toBe(1);
    expect(await found(root, 'round 12')).toBe(0);
  });
});
