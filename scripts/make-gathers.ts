import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildScenario } from '../src/gathers/build.ts';
import { planScaled } from '../src/gathers/scale/plan.ts';
import { parseSize } from '../src/gathers/scale/size.ts';
import { writeArchive } from '../src/gathers/scale/write.ts';
import { SCENARIOS } from '../src/gathers/scenarios/index.ts';
import type { Scenario } from '../src/gathers/scenarios/scenario-module.ts';

const USAGE = `usage: make-gathers.ts [SCENARIO...]
       make-gathers.ts --scale SIZE --out FILE.tar.gz [--scenario NAME]`;

const ROOT = join(import.meta.dirname, '..', 'sample-gathers');

function scenariosNamed(names: readonly string[]): readonly Scenario[] {
  if (names.length === 0) return SCENARIOS;
  return names.map((name) => {
    const found = SCENARIOS.find((scenario) => scenario.name === name);
    if (found === undefined)
      throw new RangeError(`no scenario ${name}; there are: ${SCENARIOS.map((s) => s.name).join(', ')}`);
    return found;
  });
}

/** Replaces what was generated before; scenario.yaml and anything else written by hand stays. */
function write(scenario: Scenario): void {
  const folder = join(ROOT, scenario.name);
  const tree = buildScenario(scenario);
  for (const made of new Set([...tree.keys()].map((path) => path.split('/')[0]!)))
    rmSync(join(folder, made), { recursive: true, force: true });
  for (const [path, bytes] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const size = [...tree.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  process.stderr.write(`${scenario.name}: ${tree.size} files, ${Math.round(size / 1024)} KiB\n`);
}

async function scale(size: string, out: string, name: string): Promise<void> {
  const [scenario] = scenariosNamed([name]);
  const { gather } = scenario!.make();
  if (gather === undefined) throw new RangeError(`${name} holds no must-gather`);
  const files = planScaled(gather, parseSize(size));
  await writeArchive(files, out, gather.cluster.gatheredAt);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  process.stderr.write(`${out}: ${files.length} files, ${Math.round(bytes / 1e6)} MB before compression\n`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: 'string' },
    out: { type: 'string' },
    scenario: { type: 'string', default: 'vip-outside-machine-network' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(`${USAGE}\n`);
else if (values.scale === undefined) for (const scenario of scenariosNamed(positionals)) write(scenario);
else if (values.out === undefined) throw new RangeError(`--scale needs --out\n${USAGE}`);
else await scale(values.scale, values.out, values.scenario);
