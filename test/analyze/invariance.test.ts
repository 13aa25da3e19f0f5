import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import type { Report } from '../../src/model/report.ts';
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

/** Matches on a pod of its own in each line. */
const PER_POD = `
id: pod-dropped
title: A pod was dropped
component: kubelet
severity: error
role: cause
status: stable
match:
  dropped:
    log:
      source: container
      contains: 'dropped pod '
      pattern: 'dropped pod (?<namespace>[a-z]+)/(?<pod>[a-z0-9-]+)'
entities: [namespace, pod]
summary: '{pod} was dropped.'
why: It is a test.
fix:
  - { text: None }
tests:
  hits:
    - name: one
      log: { lines: ['{iso} dropped pod a/b'] }
  clear:
    - name: none
      log: { lines: ['{iso} kept pod a/b'] }
`;

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

  it('does not depend on the order of the files, also where a signature matches on more things than are kept', async () => {
    const signatures = join(dir, 'signatures');
    await mkdir(signatures);
    await writeFile(join(signatures, 'pod-dropped.yaml'), PER_POD);
    const files = Array.from({ length: 5 }, (_, file) => ({
      name: `gather/namespaces/a/pods/p${file}/c/c/logs/current.log`,
      body: Array.from({ length: 2000 }, (_, n) => {
        const at = new Date(1_699_990_000_000 + n * 1000 + file).toISOString();
        // Of every tenth it is said twice.
        return `${at} dropped pod a/pod-${file}-${n - (n % 10 === 1 ? 1 : 0)}\n`;
      }).join(''),
    }));
    const told = async (order: readonly number[]): Promise<string> => {
      const shuffled = await tarOf(order.map((index) => files[index]!));
      return report('-', { stdin: Readable.from([shuffled]), signatureDirs: [signatures], load: {} });
    };
    const inOrder = await told([0, 1, 2, 3, 4]);
    const { coverage, findings } = JSON.parse(inOrder) as Report;
    expect(findings).toHaveLength(5000);
    const seen = findings.reduce((sum, { count }) => sum + count, 0);
    expect(coverage.notes).toContain(
      `pod-dropped: matched on more entities than are told apart; ${10_000 - seen} matches of others are left out`,
    );
    for (const order of [
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
    ])
      expect(await told(order)).toBe(inOrder);
  }, 60_000);
});
