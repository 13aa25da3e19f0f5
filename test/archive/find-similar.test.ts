import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findSimilar, SEEN_BEFORE } from '../../src/archive/find-similar.ts';
import { DirectoryArchive } from '../../src/incidents/directory/directory-archive.ts';
import { digestOf, newIncident, type Sketch } from '../support/incident-report.ts';
import { reportFixture } from '../support/report-fixture.ts';
import { runCli } from '../support/run-cli.ts';

const DISK: Sketch = {
  name: 'disk',
  version: '4.18.3',
  platform: 'BareMetal',
  findings: [
    { signature: 'etcd-slow-disk', role: 'cause', entities: [{ kind: 'node', name: 'master-0' }] },
    { signature: 'etcd-leader-lost' },
  ],
  causes: ['etcd-slow-disk'],
  edges: ['etcd-slow-disk > etcd-leader-lost'],
};
/** The same fault on another platform, under other names. */
const SIBLING: Sketch = {
  ...DISK,
  name: 'sibling',
  platform: 'VSphere',
  findings: [
    { signature: 'etcd-slow-disk', role: 'cause', entities: [{ kind: 'node', name: 'ctl-7' }] },
    { signature: 'etcd-leader-lost' },
    { signature: 'ingress-down' },
  ],
};
/** The same symptom of another fault. */
const NETWORK: Sketch = {
  ...DISK,
  name: 'network',
  findings: [
    { signature: 'etcd-partition', role: 'cause', entities: [{ kind: 'nic', name: 'master-0/eno1' }] },
    { signature: 'etcd-leader-lost' },
  ],
  causes: ['etcd-partition'],
  edges: ['etcd-partition > etcd-leader-lost'],
};

let root: string;
let archive: DirectoryArchive;

beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'inquest-similar-')), 'archive');
  archive = await DirectoryArchive.open(root, { create: true });
  for (const sketch of [NETWORK, SIBLING]) await archive.put(newIncident(sketch));
  await archive.put({ ...newIncident({ name: 'fixture' }), report: reportFixture() });
  const id = digestOf(SIBLING).slice(0, 16);
  await archive.note(id, { at: '2026-01-02T00:00:00Z', text: 'looked at it', resolution: false });
  await archive.note(id, { at: '2026-01-03T00:00:00Z', text: 'new disk', resolution: true, by: 'ana' });
});

describe('similar incidents', () => {
  it('are those with the same cause first, with what differs and how they were resolved', async () => {
    const found = await findSimilar(archive, newIncident(DISK).report, { most: 2, least: 0.01 });
    expect(found.map(({ name }) => name)).toEqual(['sibling', 'network']);
    expect(found[0]).toMatchObject({
      incident: digestOf(SIBLING).slice(0, 16),
      causes: ['Finding of etcd-slow-disk'],
      same: expect.arrayContaining([
        'causes: etcd-slow-disk',
        'chain: etcd-slow-disk > etcd-leader-lost',
        'about: node',
      ]),
      onlyHere: ['platform: BareMetal'],
      onlyThere: ['findings: ingress-down', 'platform: VSphere'],
      resolutions: [{ at: '2026-01-03T00:00:00Z', text: 'new disk', by: 'ana' }],
    });
    expect(found[0]!.likeness).toBeGreaterThan(2 * found[1]!.likeness);
  });

  it('count as seen before only with a cause in common, and never as themselves', async () => {
    const { report } = newIncident(DISK);
    expect((await findSimilar(archive, report, SEEN_BEFORE)).map(({ name }) => name)).toEqual(['sibling']);
    const except = new Set([digestOf(SIBLING).slice(0, 16)]);
    expect(await findSimilar(archive, report, { ...SEEN_BEFORE, except })).toEqual([]);
  });

  it('are none where nothing is alike', async () => {
    const { report } = newIncident({ name: 'x', findings: [{ signature: 'vip-outside' }], causes: ['vip-outside'] });
    expect(await findSimilar(archive, report, { most: 5 })).toEqual([]);
  });
});

describe('the command line', () => {
  it('says in a report what was seen before', () => {
    const { status, stdout } = runCli(['analyze', 'x', '--archive', root]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/── Seen before ─+\n- fixture \([0-9a-f]{16}\), 2025-12-04, 100 % alike\n/);
    for (const [format, title] of [
      ['markdown', '## Seen before\n\n- **fixture**'],
      ['html', 'id="seen-before"'],
    ] as const) {
      expect(runCli(['analyze', 'x', '--archive', root, '--format', format]).stdout).toContain(title);
    }
    const { seenBefore } = JSON.parse(runCli(['analyze', 'x', '--archive', root, '--format', 'json']).stdout);
    expect(seenBefore).toMatchObject([{ name: 'fixture', likeness: 1, onlyHere: [], onlyThere: [] }]);
  });

  it('compares saved reports, and incidents of the archive', () => {
    const path = join(root, '..', 'saved.json');
    writeFileSync(path, JSON.stringify(newIncident(DISK).report));
    const { stdout } = runCli(['similar', path, '--archive', root]);
    expect(stdout).toMatch(/^- sibling \(/);
    expect(stdout).toContain('  resolved: new disk (ana)\n');
    const [id] = [digestOf(SIBLING).slice(0, 8)];
    const others = JSON.parse(runCli(['similar', id, '--archive', root, '--format', 'json']).stdout);
    expect(others.map(({ name }: { name: string }) => name)).not.toContain('sibling');
    expect(runCli(['similar', 'nothing', '--archive', root])).toMatchObject({
      status: 2,
      stderr: 'inquest: nothing: neither a file nor an incident of the archive\n',
    });
  });
});
