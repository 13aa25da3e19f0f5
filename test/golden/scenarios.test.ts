import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { analyze } from '../../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../../src/bundled-signatures.ts';
import { judgeReport } from '../../src/gathers/judge.ts';
import { type ScenarioTruth, scenarioSchema } from '../../src/gathers/scenario.ts';
import { type Report, reportSchema } from '../../src/model/report.ts';
import { render } from '../../src/report/render.ts';

const ROOT = 'sample-gathers';
/** `npm run accept` writes the goldens anew; the hand-written truth is judged all the same. */
const ACCEPT = process.env['INQUEST_ACCEPT_GOLDENS'] === '1';

const scenarios = (await readdir(ROOT, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, 'scenario.yaml')))
  .map((entry) => entry.name)
  .sort();

async function truthOf(name: string): Promise<ScenarioTruth> {
  return scenarioSchema.parse(parse(await readFile(join(ROOT, name, 'scenario.yaml'), 'utf8')));
}

async function reportOf(name: string, truth: ScenarioTruth): Promise<Report> {
  const inputs = truth.inputs.map((input) => `${ROOT}/${name}/${input}`);
  return analyze(inputs, { signatureDirs: [BUNDLED_SIGNATURES], now: () => Date.UTC(2026, 0, 1) });
}

/** What changes with every new signature, and says nothing of this scenario, is left out of the golden. */
function golden(report: Report): Report {
  const outcomes = report.outcomes.filter(({ outcome }) => outcome === 'hit' || outcome === 'failed');
  const tool = { name: 'inquest', version: '0.0.0', signatures: { count: 0, digest: '' } };
  return { ...report, tool, outcomes };
}

async function expectGolden(path: string, text: string): Promise<void> {
  if (ACCEPT) await writeFile(path, text);
  else expect(text).toBe(await readFile(path, 'utf8'));
}

describe.each(scenarios)('sample gather %s', async (name) => {
  const truth = await truthOf(name);
  const report = await reportOf(name, truth);

  it('is judged as its truth says', () => {
    expect(judgeReport(report, truth)).toEqual([]);
  });

  it('gives a report by the contract', () => {
    expect(reportSchema.safeParse(report).error?.issues ?? []).toEqual([]);
  });

  it('has evidence that opens at its line', async () => {
    const problems: string[] = [];
    const many = truth.inputs.length > 1;
    for (const { signature, evidence } of report.findings) {
      for (const { source, line, text } of evidence) {
        if (line === undefined || source.includes('!/') || source.endsWith('.gz')) continue;
        const path = many ? source : `${truth.inputs[0]}/${source}`;
        const lines = (await readFile(join(ROOT, name, path), 'utf8')).split('\n');
        const shown = (lines[line - 1] ?? '').trim();
        // Journals of the export and JSON forms hold a line's parts as fields.
        const message = shown.startsWith('{"__CURSOR"') ? JSON.parse(shown).MESSAGE : shown.replace(/^MESSAGE=/, '');
        const isLog = shown.includes(text.slice(0, 80).trim()) || text.includes(message);
        const isField = source.endsWith('.yaml') || source.endsWith('.json');
        if (!isLog && !(isField && shown !== ''))
          problems.push(`${signature} ${source}:${line}: ${text.slice(0, 80)} / ${shown.slice(0, 80)}`);
      }
    }
    expect(problems).toEqual([]);
  });

  it('equals its golden reports', async () => {
    const shown = golden(report);
    await expectGolden(join(ROOT, name, 'expected.json'), render(shown, 'json', {}));
    await expectGolden(join(ROOT, name, 'expected.md'), render(shown, 'markdown', {}));
  });
});
