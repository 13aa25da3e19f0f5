import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import type { Report } from '../../src/model/report.ts';
import { writeHealthyBackground } from '../support/healthy-background.ts';

const CORPUS = '../shared/corpus';
const CLEAN = `${CORPUS}/openshift+must-gather-clean/test/files`;
const WATCH = `${CORPUS}/vrutkovs+resourcewatch-3nodes`;

function analyzed(path: string): Promise<Report> {
  return analyze([path], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 });
}

function expectHealthy(report: Report): void {
  expect(report.verdict).toMatchObject({ status: 'healthy', recovery: 'none-needed' });
  expect(report.rootCauses).toEqual([]);
  const alarms = report.findings.filter((f) => f.severity === 'critical' || f.severity === 'error');
  expect(alarms.map((f) => f.signature)).toEqual([]);
  expect(report.outcomes.filter((outcome) => outcome.outcome === 'failed')).toEqual([]);
}

if (!existsSync(CORPUS)) console.warn('skipped: real gathers are looked for in ../shared/corpus, which is not here');

describe.skipIf(!existsSync(CORPUS))('real clusters', () => {
  it.each([
    ['a 4.8 cluster on AWS, one hour after its installation', `${CLEAN}/must-gather-aws.tar.xz`],
    ['a 4.8 cluster on vSphere', `${CLEAN}/must-gather-vsphere.tar.xz`],
    ['an OKD 4.12 cluster on GCP at the end of its installation', `${WATCH}/snapshot-20230308T122336Z-HEAD.tar.gz`],
  ])('%s is healthy', async (_, path) => {
    expectHealthy(await analyzed(path));
  });

  it('a 4.18 cluster on GCP, an hour after its installation is healthy', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'healthy-background-'));
    try {
      await writeHealthyBackground(`${CORPUS}/distilled/healthy-4.18-background.json.xz`, folder);
      const report = await analyzed(folder);
      expect(report.cluster.nodes.length).toBe(6);
      expectHealthy(report);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('masters without a network, minutes into an installation', async () => {
    const report = await analyzed(`${WATCH}/snapshot-20230308T114308Z-aa4537707d.tar.gz`);
    expect(report.verdict.status).toBe('failed');
    const [first] = report.rootCauses;
    expect(first?.signature).toBe('network-operator-unavailable');
    const explained = report.findings.filter((f) => first!.explains.includes(f.id)).map((f) => f.signature);
    expect(explained).toContain('node-network-not-ready');
  });

  it('no worker, and what waits for one', async () => {
    const report = await analyzed(`${WATCH}/snapshot-20230308T115009Z-455b91d296.tar.gz`);
    const [first] = report.rootCauses;
    expect(first?.signature).toBe('workers-missing');
    const explained = report.findings
      .filter((f) => first!.explains.includes(f.id))
      .flatMap((f) => f.entities.filter((e) => e.kind === 'operator').map((e) => e.name));
    expect(explained).toEqual(expect.arrayContaining(['ingress', 'authentication', 'machine-api']));
  });
});
