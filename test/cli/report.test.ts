import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/report/render.ts';
import { reportFixture } from '../support/report-fixture.ts';
import { runCli } from '../support/run-cli.ts';

const JSON_REPORT = render(reportFixture(), 'json');

function saved(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'inquest-')), 'report.json');
  writeFileSync(path, JSON_REPORT);
  return path;
}

describe('inquest report', () => {
  it('gives a saved report back, byte for byte', () => {
    expect(runCli(['report', '--from', saved(), '--format', 'json'])).toEqual({
      status: 0,
      stdout: JSON_REPORT,
      stderr: '',
    });
  });

  it('renders it as the analysis would have', () => {
    const path = saved();
    expect(runCli(['report', '--from', path]).stdout).toBe(render(reportFixture(), 'terminal', { width: 80 }));
    expect(runCli(['report', '--from', path, '--format', 'markdown']).stdout).toBe(render(reportFixture(), 'markdown'));
  });

  it('reads stdin', () => {
    expect(runCli(['report', '--from', '-', '--format', 'json'], { stdin: JSON_REPORT }).stdout).toBe(JSON_REPORT);
    expect(runCli(['report', '--from', '-'], { stdin: '{' }).stderr).toMatch(/^inquest: stdin: not JSON: .*\n$/);
  });
});
