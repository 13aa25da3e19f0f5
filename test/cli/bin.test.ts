import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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
  return reportOn(GATHER, ...flags);
}

function reportOn(input: string, ...flags: string[]): Record<string, unknown> {
  const { status, stdout } = inquest('analyze', '--quiet', '--format', 'json', ...flags, input);
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
    const [code, ...others] = readdirSync(join(cache, 'inquest/code'));
    expect(others).toEqual([]);
    expect(readdirSync(join(cache, 'inquest/code', code!)).length).toBeGreaterThan(5);
    expect(reportOf()).toEqual(cold);
    expect(reportOf('--no-cache')).toEqual(cold);
  });

  it('says the same of a file that is decompressed on a thread, started ahead of all else', () => {
    const file = join(scratch, 'kubelet.log.gz');
    const noise = randomBytes(5 * 1024 * 1024).toString('hex');
    writeFileSync(
      file,
      gzipSync(`I1203 21:55:35.000000 1 x.go:1] ${noise.replace(/.{200}/g, '$&\n')}\n`, { level: 1 }),
    );
    expect(statSync(file).size).toBeGreaterThan(4 * 1024 * 1024);
    const alone = reportOn(file, '--jobs', '1');
    expect(alone['inputs']).toMatchObject([{ bytes: expect.any(Number), truncated: false }]);
    expect(reportOn(file, '--jobs=2')).toEqual(alone);
    expect(reportOn(file)).toEqual(alone);
  });

  it('is made of files each of which loads by itself', () => {
    const bundle = join(ROOT, 'dist/bundle');
    // These two do their work as soon as they are loaded.
    const files = readdirSync(bundle).filter(
      (name) => name.endsWith('.js') && !/^(main|analysis-child)\.js$/.test(name),
    );
    expect(files.length).toBeGreaterThan(20);
    const load = `for (const file of ${JSON.stringify(files)}) require('./' + file)`;
    expect(spawnSync(process.execPath, ['-e', load], { cwd: bundle, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
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
