import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { randomFrom } from '../../src/gathers/random.ts';
import { analyze, BUNDLED_SIGNATURES } from '../../src/index.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { type TarEntry, tarOf } from '../ingest/open/archives.ts';

const ROOT = path.join(import.meta.dirname, '../../sample-gathers');

/** Several inputs, objects of one kind in many files, series of one fault in many logs, nested archives, Events, no cluster. */
const GATHERS = [
  'vip-outside-machine-network',
  'kubelet-client-cert-expired',
  'webhook-blocks-pods',
  'dns-upstream-blocked',
  'idp-certificate-expired',
  'image-pull-unauthorized',
  'runtime-storage-corrupt',
  'etcd-quorum-lost',
  'healthy-noisy',
];

function shuffled<T>(items: readonly T[], seed: string): T[] {
  const random = randomFrom(seed);
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function members(folder: string): TarEntry[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: path.relative(folder, file), body: readFileSync(file) }));
}

/** The report on all inputs of a scenario, each directory as a tar archive. */
async function report(name: string, order: <T>(items: readonly T[]) => T[]): Promise<string> {
  const { inputs } = parse(readFileSync(path.join(ROOT, name, 'scenario.yaml'), 'utf8')) as { inputs: string[] };
  const given = await Promise.all(
    inputs.map(async (input) => {
      const from = path.join(ROOT, name, input);
      const isFile = path.extname(input) !== '';
      const to = path.join(base, isFile ? `${name}-${input}` : `${name}-${input}.tar`);
      writeFileSync(to, isFile ? readFileSync(from) : await tarOf(order(members(from))));
      return to;
    }),
  );
  return renderJson(await analyze(order(given), { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 }));
}

const base = mkdtempSync(path.join(tmpdir(), 'inquest-order-'));
afterAll(() => rmSync(base, { recursive: true }));

describe('no byte of the report depends on the order of inputs, nor on that of the members of an archive', () => {
  it.each(GATHERS)('%s', async (name) => {
    const straight = await report(name, (items) => [...items]);
    expect(await report(name, (items) => [...items].reverse())).toBe(straight);
    expect(await report(name, (items) => shuffled(items, name))).toBe(straight);
  });
});
