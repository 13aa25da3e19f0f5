import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/report/render.ts';
import { reportFixture } from '../support/report-fixture.ts';
import { runCli } from '../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'inquest-'));

function saved(name: string, report = reportFixture()): string {
  const path = join(folder, name);
  writeFileSync(path, render(report, 'json'));
  return path;
}

describe('inquest diff', () => {
  it('compares saved reports', () => {
    const before = saved('before.json', { ...reportFixture(), findings: [], rootCauses: [] });
    const { status, stdout } = runCli(['diff', before, saved('after.json'), '--format', 'json']);
    const { findings, causes } = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(findings.appeared).toHaveLength(reportFixture().findings.length);
    expect(causes.appeared).toHaveLength(reportFixture().rootCauses.length);
  });

  it('compares a saved report with a gather', () => {
    const gather = 'sample-gathers/healthy-noisy/gather';
    const report = join(folder, 'healthy.json');
    runCli(['analyze', gather, '--format', 'json', '--output', report], { engine: true });
    const { status, stdout } = runCli(['diff', report, gather], { engine: true });
    expect(status).toBe(0);
    expect(stdout).toContain('Nothing that is known to matter differs.');
  });

  it('ends with one line where an input cannot be read', () => {
    const { status, stderr } = runCli(['diff', saved('one.json'), join(folder, 'nowhere.tar')], { engine: true });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^inquest: .*nowhere\.tar.*\n$/);
  });
});
