import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DirectoryArchive } from '../../src/incidents/directory/directory-archive.ts';
import { newIncident } from '../support/incident-report.ts';
import { HOSTILE } from '../support/report-fixture.ts';
import { runCli } from '../support/run-cli.ts';

let root: string;

beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'inquest-stats-')), 'archive');
  const archive = await DirectoryArchive.open(root, { create: true });
  for (let i = 0; i < 4; i++) {
    const incident = newIncident({
      name: `ticket-${i}`,
      gatheredAt: `2025-1${i % 3}-04T00:00:00Z`,
      version: i === 0 ? '4.16.1' : '4.18.2',
      findings: [{ signature: 'etcd-slow-disk', title: `Slow disk ${HOSTILE}`, firstSeen: '2025-10-01T00:00:00Z' }],
      causes: i === 3 ? [] : ['etcd-slow-disk'],
      anomalies: [HOSTILE],
    });
    await archive.put(incident);
  }
  await archive.fail({
    digest: 'f'.repeat(64),
    name: HOSTILE,
    catalogue: 'k',
    at: '2025-12-01T00:00:00Z',
    kind: 'unreadable',
    reason: 'the file is empty',
  });
  await archive.close();
});

const stats = (...args: string[]) => runCli(['stats', '--archive', root, ...args]);

describe('inquest stats', () => {
  it('says what is frequent, on a terminal', () => {
    const { status, stdout } = stats();
    expect(status).toBe(0);
    expect(stdout).toContain('4 incidents: 4 failed.\n1 inputs could not be analysed.\n');
    expect(stdout).toMatch(/^2025-10 {2}█{30} 2\n2025-11 {2}█{15} 1\n2025-12 {2}█{15} 1$/m);
    expect(stdout).toMatch(/^4\.18 {2}█{30} 3\n4\.16 {2}█{10} 1$/m);
    expect(stdout).toContain('1 of 4 incidents (25 %) are broken without a root cause');
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  });

  it('counts what a filter lets through', () => {
    const all = JSON.parse(stats('version:4.16', '--format', 'json').stdout);
    expect(all).toMatchObject({ statistics: { incidents: 1, causes: [{ signature: 'etcd-slow-disk', count: 1 }] } });
    expect(all.neverHit).toBeUndefined();
    expect(stats('slow').stderr).toContain('slow: not a filter');
  });

  it('names signatures that never hit', () => {
    const { neverHit } = JSON.parse(stats('--format', 'json').stdout);
    expect(neverHit).toContain('vip-not-in-machine-network');
    expect(neverHit).toContain('etcd-quorum-lost');
  });

  it('is inert as HTML and as Markdown', () => {
    const page = stats('--format', 'html').stdout;
    expect(page).toContain("script-src 'none'");
    expect(page).not.toMatch(/<script|<img|onerror=/);
    expect(page).toContain('&lt;script&gt;');
    expect(page.match(/<svg class="chart"/g)?.length).toBeGreaterThan(2);
    expect(stats('--format', 'markdown').stdout).not.toMatch(/<script|\[link\]\(|!\[img/);
  });
});
