import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Job, jobs } from './accuracy/jobs.ts';
import { isRight, type Judged, judgeJob } from './accuracy/judge-job.ts';
import { measures, missedGoals } from './accuracy/measures.ts';

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

if (values.worker) work();
else await main();

/** Judges what the parent sends, one job at a time. */
function work(): void {
  const folder = mkdtempSync(join(tmpdir(), 'inquest-accuracy-'));
  process.on('message', (job: Job) => {
    judgeJob(job, folder).then(
      (judged) => process.send!({ judged }),
      (error: unknown) => process.send!({ error: `${JSON.stringify(job)}: ${String(error)}` }),
    );
  });
  process.on('disconnect', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
}

async function main(): Promise<void> {
  const wanted = jobs(Number(values.seeds), values.scenario);
  const results = new Map<number, Judged>();
  let next = 0;
  await Promise.all(Array.from({ length: Number(values.jobs) }, () => worker()));
  const all = [...results].sort(([a], [b]) => a - b).map(([, judged]) => judged);
  if (values.verbose) process.stdout.write(all.filter(isWorthTelling).map(told).join(''));
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(all));
  process.stdout.write(measures(all));
  const missed = values.scenario === undefined && Number(values.seeds) >= 5 ? missedGoals(all) : [];
  for (const goal of missed) process.stderr.write(`missed: ${goal}\n`);
  if (missed.length > 0) process.exitCode = 1;

  function worker(): Promise<void> {
    const child = fork(import.meta.filename, ['--worker']);
    return new Promise((resolve, reject) => {
      let at = -1;
      const send = (): void => {
        at = next++;
        if (at < wanted.length) child.send(wanted[at]!);
        else child.disconnect();
      };
      child.on('message', ({ judged, error }: { judged?: Judged; error?: string }) => {
        if (error !== undefined) reject(new Error(error));
        if (judged !== undefined) results.set(at, judged);
        send();
      });
      child.on('error', reject);
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
      send();
    });
  }
}

function isWorthTelling(one: Judged): boolean {
  return !isRight(one) || (one.problems.length > 0 && !one.mayMiss);
}

function told({ scenario, kind, seed, problems }: Judged): string {
  return `${scenario}, ${kind} ${seed}: ${problems.join('; ')}\n`;
}
