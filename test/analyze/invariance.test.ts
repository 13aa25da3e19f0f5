import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { tarOf } from '../ingest/open/archives.ts';

const GATHER = join(import.meta.dirname, '../../sample-gathers/vip-outside-machine-network');

let dir: string;
let cacheDir: string;
let tar: Buffer;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'inquest-invariance-'));
  cacheDir = join(dir, 'cache');
  const names = (await readdir(GATHER, { recursive: true })).sort();
  const entries = await Promise.all(
    names.map(async (name) => {
      const file = join(GATHER, name);
      return (await stat(file)).isFile() ? [{ name: relative(GATHER, file), body: await readFile(file) }] : [];
    }),
  );
  // Large enough, compressed, to be worth a thread.
  const noise = { name: 'gather/noise.log', body: randomBytes(5 * 1024 * 1024).toString('hex') };
  tar = await tarOf([...entries.flat(), noise]);
});

/** The JSON report, without what names the run: its time and duration, and the name of the input. */
async function report(input: string, options: Partial<AnalyzeOptions> = {}): Promise<string> {
  const result = await analyze([input], {
    signatureDirs: [BUNDLED_SIGNATURES],
    load: { cacheDir },
    now: () => 1_700_000_000_000,
    ...options,
  });
  expect(result.rootCauses.length).toBeGreaterThan(0);
  return renderJson(result);
}

function* chunked(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('the report', () => {
  it('does not depend on the size of the chunks that bytes come in', async () => {
    const whole = await report('-', { stdin: Readable.from([tar]) });
    for (const size of [1009, 65_536, 300_007]) {
      expect(await report('-', { stdin: Readable.from(chunked(tar, size)) })).toBe(whole);
    }
  });

  it('does not depend on the number of threads, nor on a cache', async () => {
    const file = join(dir, 'gather.tar.gz');
    await writeFile(file, gzipSync(tar, { level: 1 }));
    const alone = await report(file, { jobs: 1 });
    expect(await report(file, { jobs: 2 })).toBe(alone);
    expect(await report(file, { jobs: 2, load: {} })).toBe(alone);
  });
});
