import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyze } from '../src/analyze.ts';
import { findSimilar } from '../src/archive/find-similar.ts';
import { BUNDLED_SIGNATURES } from '../src/bundled-signatures.ts';
import { tarOf } from '../src/gathers/archives.ts';
import { buildScenario } from '../src/gathers/build.ts';
import { randomFrom } from '../src/gathers/random.ts';
import type { Tree } from '../src/gathers/render.ts';
import { SCENARIOS } from '../src/gathers/scenarios/index.ts';
import { VARIATIONS } from '../src/gathers/vary.ts';
import { contentDigest } from '../src/incidents/content-digest.ts';
import { DirectoryArchive } from '../src/incidents/directory/directory-archive.ts';
import type { Report } from '../src/model/report.ts';

// How often the most similar incident of an archive is the true sibling: the archive holds one incident of each sample
// scenario, the questions are seeded variations of them: node bench/similar.ts [--seeds 2]

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '2' } } });
const folder = mkdtempSync(join(tmpdir(), 'inquest-bench-similar-'));
const path = join(folder, 'gather.tar');

async function reportOf(tree: Tree): Promise<Report> {
  writeFileSync(path, await tarOf(tree));
  return analyze([path], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 });
}

try {
  const archive = await DirectoryArchive.open(join(folder, 'archive'), { create: true });
  for (const scenario of SCENARIOS) {
    const report = await reportOf(buildScenario(scenario));
    await archive.put({ digest: await contentDigest(path), name: scenario.name, report, componentOf: () => undefined });
  }
  const tallies = new Map<string, { asked: number; right: number }>();
  for (const scenario of SCENARIOS) {
    const tree = buildScenario(scenario);
    for (const [kind, vary] of Object.entries(VARIATIONS)) {
      for (let seed = 0; seed < Number(values.seeds); seed++) {
        const truth = {
          title: '',
          inputs: [],
          story: '',
          verdict: { status: 'failed', recovery: 'unknown' },
          rootCauses: [],
          edges: [],
        } as const;
        const varied = vary(
          tree,
          { ...truth, inputs: ['gather'], rootCauses: [], edges: [] },
          randomFrom(`similar/${scenario.name}/${kind}/${seed}`),
        );
        const [first, second] = await findSimilar(archive, await reportOf(varied.tree), { most: 2, least: 0 });
        const tally = tallies.get(kind) ?? { asked: 0, right: 0 };
        tally.asked++;
        if (first?.name === scenario.name) tally.right++;
        else
          process.stdout.write(
            `${scenario.name}, ${kind}: ${first?.name} ${first?.likeness}, then ${second?.name} ${second?.likeness}\n`,
          );
        tallies.set(kind, tally);
      }
    }
  }
  for (const [kind, { asked, right }] of tallies) process.stdout.write(`${kind.padEnd(10)} ${right} of ${asked}\n`);
  const asked = [...tallies.values()].reduce((sum, one) => sum + one.asked, 0);
  const right = [...tallies.values()].reduce((sum, one) => sum + one.right, 0);
  process.stdout.write(`true sibling first: ${right} of ${asked}, ${(right / asked).toFixed(3)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
