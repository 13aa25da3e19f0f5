import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Job, jobs } from './accuracy/jobs.ts';
import { isRight, type Judged, judgeJob } from './accuracy/judge-job.ts';
import { measures, missedGoals } from './accuracy/measures.ts';
import { runAll, work } from './worker-pool.ts';

// How often the report is right, and whether its confidence means what it says, over the sample gathers and seeded
// variations of them: node bench/accuracy.ts [--seeds 5] [--scenario NAME] [--jobs 2] [--verbose] [--json FILE]

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    scenario: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    verbose: { type: 'boolean', default: false },
    json: { type: 'string' },
    worker: { type: 'boolean', default: false },
  },
});

if (values.worker) work(judgeJob);
else await main();

async function main(): Promise<void> {
  const wanted = jobs(Number(values.seeds), values.scenario);
  const all = await runAll<Job, Judged>(import.meta.filename, wanted, Number(values.jobs));
  if (values.verbose) process.stdout.write(all.filter(isWorthTelling).map(told).join(''));
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(all));
  process.stdout.write(measures(all));
  const missed = values.scenario === undefined && Number(values.seeds) >= 5 ? missedGoals(all) : [];
  for (const goal of missed) process.stderr.write(`missed: ${goal}\n`);
  if (missed.length > 0) process.exitCode = 1;
}

function isWorthTelling(one: Judged): boolean {
  return !isRight(one) || (one.problems.length > 0 && !one.mayMiss);
}

function told({ scenario, kind, seed, problems }: Judged): string {
  return `${scenario}, ${kind} ${seed}: ${problems.join('; ')}\n`;
}
