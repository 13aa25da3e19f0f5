import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { MUTATIONS, mutate } from './mutations.ts';
import { TARGETS } from './targets.ts';

// Changes sound files at random and holds inquest to its promises:
//   npm run fuzz -- [--target NAME]... [--runs 1000] [--seed N] [--path P]
// Batches run in processes of their own, so that a hang is told from work. What fails is shrunk to the fewest mutations;
// its seed and path run it again.

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true, default: Object.keys(TARGETS) },
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    path: { type: 'string' },
    batch: { type: 'boolean', default: false },
  },
});

const BATCH = 500;
const SILENCE_MS = 60_000;
const MAX_MIB = 1024;

/** One batch, in this process. Prints a dot now and then, as a sign of life. */
async function runBatch(name: string, numRuns: number, seed: number): Promise<void> {
  const target = await TARGETS[name]!();
  let told = performance.now();
  const property = fc.asyncProperty(MUTATIONS, async (mutations) => {
    await target.check(mutate(target.original, mutations));
    if (performance.now() - told < 1000) return;
    told = performance.now();
    process.stdout.write('.');
  });
  const details = await fc.check(property, { numRuns, seed, ...(values.path !== undefined && { path: values.path }) });
  if (details.failed) {
    process.stderr.write(`\n${name}: ${fc.defaultReportMessage(details)}\n`);
    process.exitCode = 1;
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  if (peak > MAX_MIB) {
    process.stderr.write(`\n${name}: took ${peak.toFixed(0)} MiB\n`);
    process.exitCode = 1;
  }
}

/** A batch in a process of its own: false where it failed, crashed or fell silent. */
function batchSucceeds(name: string, runs: number, seed: number): Promise<boolean> {
  const args = ['--batch', '--target', name, '--runs', String(runs), '--seed', String(seed)];
  if (values.path !== undefined) args.push('--path', values.path);
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    const hang = (): void => {
      process.stderr.write(`\n${name}: no sign of life for ${SILENCE_MS / 1000} s, seed ${seed}\n`);
      child.kill('SIGKILL');
    };
    let timer = setTimeout(hang, SILENCE_MS);
    child.stdout.on('data', () => {
      clearTimeout(timer);
      timer = setTimeout(hang, SILENCE_MS);
    });
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

async function runAll(): Promise<void> {
  const runs = Number(values.runs);
  for (const name of values.target) {
    let failed = 0;
    for (let done = 0; done < runs; done += BATCH) {
      const ok = await batchSucceeds(name, Math.min(BATCH, runs - done), Number(values.seed) + done);
      if (!ok) failed++;
    }
    process.stdout.write(`${name.padEnd(22)} ${String(runs).padStart(7)} files, ${failed} batches failed\n`);
    if (failed > 0) process.exitCode = 1;
  }
}

if (values.batch) await runBatch(values.target[0]!, Number(values.runs), Number(values.seed));
else await runAll();
