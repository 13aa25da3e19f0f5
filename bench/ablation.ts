import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { SCENARIOS } from '../src/gathers/scenarios/index.ts';
import { sourcesOf } from '../src/gathers/sources.ts';
import { type Ablation, type JudgedAblation, judgeAblation, treeOf } from './ablation/judge-ablation.ts';
import { runAll, work } from './worker-pool.ts';

// What the report says where sources are missing: every single one of each sample gather, and every pair of those that tell
// something: node bench/ablation.ts [--scenario NAME] [--singles] [--jobs 2] [--json FILE]

const { values } = parseArgs({
  options: {
    scenario: { type: 'string' },
    singles: { type: 'boolean', default: false },
    jobs: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'string' },
    worker: { type: 'boolean', default: false },
  },
});

if (values.worker) work(judgeAblation);
else await main();

async function main(): Promise<void> {
  const names = SCENARIOS.map(({ name }) => name).filter((name) => (values.scenario ?? name) === name);
  const run = (jobs: readonly Ablation[]) =>
    runAll<Ablation, JudgedAblation>(import.meta.filename, jobs, Number(values.jobs));
  const singles = await run(
    names.flatMap((scenario) =>
      [[], ...sourcesOf(treeOf(scenario)).map((source) => [source])].map((gone) => ({ scenario, gone })),
    ),
  );
  const pairs = values.singles
    ? []
    : await run(names.flatMap((scenario) => pairsOf(singles.filter((one) => one.scenario === scenario))));
  const all = [...singles, ...pairs];
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(all));
  const fooled = all.filter((one) => one.fooled.length > 0);
  for (const { scenario, gone, fooled: how } of fooled)
    process.stdout.write(`${scenario} without ${gone.join(' and ')}: ${how.join('; ')}\n`);
  for (const [label, group] of [
    ['single sources', singles],
    ['pairs', pairs],
  ] as const)
    process.stdout.write(`${label.padEnd(15)} ${tally(group)}\n`);
  if (fooled.length > 0) process.exitCode = 1;
}

/** Pairs of the sources in which evidence stands, or without which the report says something else. */
function pairsOf(singles: readonly JudgedAblation[]): Ablation[] {
  const whole = singles.find(({ gone }) => gone.length === 0)!;
  const telling = singles
    .filter(
      ({ gone: [source], says }) => source !== undefined && (says !== whole.says || whole.evidence.includes(source)),
    )
    .map(({ gone }) => gone[0]!);
  return telling.flatMap((a, n) => telling.slice(n + 1).map((b) => ({ scenario: whole.scenario, gone: [a, b] })));
}

function tally(group: readonly JudgedAblation[]): string {
  const count = (first: JudgedAblation['first']): number => group.filter((one) => one.first === first).length;
  return `${group.length} gathers: first cause right ${count('right')}, a link of its chain ${count('link')}, a guess ${count('guess')}, none ${count('none')}, wrong ${count('wrong')}; fooled ${group.filter((one) => one.fooled.length > 0).length}`;
}
