import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildScenario } from '../src/gathers/build.ts';
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
  rmSync(join(folder, 'gather'), { recursive: true, force: true });
  const tree = buildScenario(scenario);
  for (const [path, bytes] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const size = [...tree.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  process.stderr.write(`${scenario.name}: ${tree.size} files, ${Math.round(size / 1024)} KiB\n`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: 'string' },
    out: { type: 'string' },
    scenario: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help === true) process.stdout.write(`${USAGE}\n`);
else for (const scenario of scenariosNamed(positionals)) write(scenario);
