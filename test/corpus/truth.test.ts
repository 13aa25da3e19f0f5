import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import type { Report } from '../../src/model/report.ts';
import { writeHealthyBackground } from '../support/healthy-background.ts';
import { type Find, OTHER_FILES, TRUTHS, type Truth } from './truth.ts';

const CORPUS = '../shared/corpus';

function analyzed(path: string): Promise<Report> {
  return analyze([path], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 });
}

if (!existsSync(CORPUS))
  console.warn('skipped: real gathers and logs are looked for in ../shared/corpus, which is not here');

describe.skipIf(!existsSync(CORPUS))('the corpus', () => {
  it.each(TRUTHS)('$input: $because', async (truth) => {
    const report = await analyzed(`${CORPUS}/${truth.input}`);
    expect(report.outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.verdict.status).toBe(truth.status);
    const causes = report.rootCauses.map(({ signature }) => signature);
    expect(truth.unranked ? causes.sort() : causes).toEqual(truth.causes ?? []);
    expect(falseAlarms(report, truth)).toEqual([]);
    for (const find of truth.finds ?? []) expectFound(report, find);
  });

  it('a 4.18 cluster on GCP, an hour after its installation is healthy', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'healthy-background-'));
    try {
      await writeHealthyBackground(`${CORPUS}/distilled/healthy-4.18-background.json.xz`, folder);
      const report = await analyzed(folder);
      expect(report.cluster.nodes.length).toBe(6);
      expect(report.verdict).toMatchObject({ status: 'healthy', recovery: 'none-needed' });
      expect(report.rootCauses).toEqual([]);
      expect(falseAlarms(report, {})).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('has no file of which no truth is stated', () => {
    const known = [...TRUTHS.map(({ input }) => input), ...OTHER_FILES];
    const files = globSync('**/*', { cwd: CORPUS, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(CORPUS.length + 1));
    expect(files.filter((file) => !known.some((path) => file.startsWith(path)))).toEqual([]);
  });
});

/** Errors that the truth does not know. */
function falseAlarms(report: Report, { causes = [], finds = [] }: Pick<Truth, 'causes' | 'finds'>): string[] {
  const known = [...causes, ...finds.map(({ signature }) => signature)];
  return report.findings
    .filter(
      ({ severity, signature }) => (severity === 'critical' || severity === 'error') && !known.includes(signature),
    )
    .map(({ signature }) => signature);
}

function expectFound(report: Report, find: Find): void {
  const found = report.findings.filter(({ signature }) => signature === find.signature);
  expect(found.length, `findings of ${find.signature}`).toBeGreaterThan(0);
  for (const name of find.about ?? []) {
    const about = found.filter(({ entities }) => entities.some((entity) => entity.name === name));
    expect(about.length, `${find.signature} about ${name}`).toBeGreaterThan(0);
    if (find.by !== undefined) expectExplained(report, about, find.by);
  }
  if (find.about === undefined && find.by !== undefined) expectExplained(report, found, find.by);
  if (find.line !== undefined)
    expect(found.flatMap(({ evidence }) => evidence.map(({ line }) => line))).toContain(find.line);
  if (find.count !== undefined) expect(found.map(({ count }) => count)).toEqual([find.count]);
  if (find.status !== undefined) expect(found.map(({ status }) => status)).toEqual([find.status]);
}

function expectExplained(report: Report, found: Report['findings'], by: string): void {
  const causes = report.rootCauses.filter(({ signature }) => signature === by);
  const explained = new Set(causes.flatMap(({ explains }) => explains));
  expect(
    found.filter(({ id }) => !explained.has(id)).map(({ title }) => title),
    `left unexplained by ${by}`,
  ).toEqual([]);
}
