import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const GATHER = 'sample-gathers/vip-outside-machine-network/gather';
const isBuilt = existsSync(join(ROOT, 'dist/bundle/main.js'));
const scratch = mkdtempSync(join(tmpdir(), 'inquest-bin-'));
let cache = '';
let runs = 0;

function inquest(...args: string[]): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, ['bin/inquest.js', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: cache },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout };
}

/** The report without what says when it was made. */
function reportOf(...flags: string[]): unknown {
  const { status, stdout } = inquest('analyze', '--quiet', '--format', 'json', ...flags, GATHER);
  expect(status).toBe(0);
  return { ...JSON.parse(stdout), generatedAt: '', durationMs: 0 };
}

describe.skipIf(!isBuilt)('bin/inquest.js, built (skipped without dist)', () => {
  beforeEach(() => {
    cache = join(scratch, String(++runs));
    mkdirSync(cache);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('says the same with a cold cache, a warm one and none', () => {
    const cold = reportOf();
    expect(readdirSync(join(cache, 'inquest/code'))).toHaveLength(1);
    expect(reportOf()).toEqual(cold);
    expect(reportOf('--no-cache')).toEqual(cold);
  });

  it('keeps nothing where that is unwanted', () => {
    reportOf('--no-cache');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('runs no code from a folder that others may write to', () => {
    const folder = join(cache, 'inquest/code');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    reportOf();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('answers --version without loading anything', () => {
    expect(inquest('--version')).toEqual({ status: 0, stdout: `${pkg.version}\n` });
    expect(readdirSync(cache)).toEqual([]);
  });

  it('finds its own files for every format', () => {
    for (const format of ['html', 'markdown', 'postmortem', 'summary']) {
      const { status, stdout } = inquest('analyze', '--quiet', '--format', format, GATHER);
      expect({ format, status, isEmpty: stdout === '' }).toEqual({ format, status: 0, isEmpty: false });
    }
  });
});
