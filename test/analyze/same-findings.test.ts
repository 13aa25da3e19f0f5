import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';

const ROOT = join(import.meta.dirname, '../..');
const REAL = join(ROOT, '../shared/corpus/openshift+must-gather-clean/test/files/must-gather-aws.tar.xz');
const SAMPLES = readdirSync(join(ROOT, 'sample-gathers'))
  .map((name) => join(ROOT, 'sample-gathers', name, 'gather'))
  .filter((path) => existsSync(path));

const scratch = mkdtempSync(join(tmpdir(), 'inquest-same-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The report as text, without what says when it was made and how the input was called. */
async function reportOf(input: string, options: Partial<AnalyzeOptions> = {}): Promise<string> {
  const load = { cacheDir: join(scratch, 'cache') };
  const report = await analyze([input], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0, load, ...options });
  return JSON.stringify({ ...report, inputs: report.inputs.map((one) => ({ ...one, path: '' })) });
}

/** The bytes in chunks whose sizes vary as a network's would, the same in every run. */
function* chunked(bytes: Uint8Array, largest: number): Generator<Uint8Array> {
  let size = 1;
  for (let at = 0; at < bytes.length; at += size) {
    size = 1 + ((size * 7919 + 104729) % largest);
    yield bytes.subarray(at, at + size);
  }
}

function packed(dir: string, name: string): string {
  const file = join(scratch, `${name}.tar.gz`);
  const { status } = spawnSync('tar', ['-C', dir, '--sort=name', '--mtime=@0', '-czf', file, '.']);
  expect(status).toBe(0);
  return file;
}

async function expectSame(file: string): Promise<void> {
  const alone = await reportOf(file, { jobs: 1 });
  for (const jobs of [2, 16]) expect(await reportOf(file, { jobs })).toBe(alone);
  const tar = gunzipSync(readFileSync(file));
  const whole = await reportOf('-', { stdin: Readable.from([tar]) });
  for (const largest of [4096, 1_000_003]) {
    expect(await reportOf('-', { stdin: Readable.from(chunked(tar, largest)) })).toBe(whole);
  }
}

describe('the report is the same whatever the threads, the cache and the chunks', () => {
  it.each(SAMPLES)(
    '%s',
    async (dir) => {
      await expectSame(packed(dir, 'sample'));
      rmSync(join(scratch, 'sample.tar.gz'));
    },
    300_000,
  );

  it('with a cold cache, a warm one and none', async () => {
    const cacheDir = join(scratch, 'another-cache');
    const none = await reportOf(SAMPLES[0]!, { load: {} });
    expect(await reportOf(SAMPLES[0]!, { load: { cacheDir } })).toBe(none);
    expect(await reportOf(SAMPLES[0]!, { load: { cacheDir } })).toBe(none);
  }, 300_000);

  it.skipIf(!existsSync(REAL))(
    'a real must-gather (skipped without the corpus)',
    async () => {
      const file = join(scratch, 'real.tar.gz');
      expect(spawnSync('sh', ['-c', `xz -dc '${REAL}' | gzip -1 > ${file}`]).status).toBe(0);
      await expectSame(file);
    },
    600_000,
  );
});
