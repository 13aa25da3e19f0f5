import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { madeArchives } from '../src/gathers/archives.ts';
import { randomFrom } from '../src/gathers/random.ts';
import { median } from './measure.ts';

// A batch of made-up archives, some of them broken, killed at random and resumed, against one that is left alone; and how
// much more two cores do than one: node bench/batch.ts [--count 200] [--broken 10] [--kills 3] [--seed 1]
//   [--only kill|throughput] [--rounds 3]
// Needs a build. Throughput wants a machine that does nothing else, and `taskset`, which keeps a batch on one core.

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    broken: { type: 'string', default: '10' },
    kills: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const root = mkdtempSync(join(tmpdir(), 'inquest-bench-batch-'));
const inputs = join(root, 'inputs');
const args = (archive: string, ...more: string[]) => ['bin/inquest.js', 'batch', inputs, '--archive', archive, ...more];

mkdirSync(inputs);
let readable = 0;
for await (const made of madeArchives(Number(values.count), Number(values.broken), values.seed)) {
  writeFileSync(join(inputs, made.name), made.bytes);
  if (made.scenario !== undefined) readable++;
}

/** All files but those of the index, without times, by path. */
function contents(archive: string): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (folder: string) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else files.set(relative(archive, path), readFileSync(path, 'utf8').replaceAll(VARYING, ''));
    }
  };
  for (const folder of ['incidents', 'failures', 'notes', 'pending', 'incoming']) walk(join(archive, folder));
  return files;
}

const VARYING = /"(?:generatedAt|analysedAt|at|durationMs|report\.json)": ?(?:"[^"]*"|[\d.]+)/g;

/** Runs a batch to its end, or kills it without warning after so many lines. */
function run(archive: string, killAfter = Number.POSITIVE_INFINITY): Promise<string> {
  const child = spawn(process.execPath, args(archive), { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (seen.split('\n').length > killAfter) child.kill('SIGKILL');
    });
    child.on('close', () => resolve(seen));
  });
}

async function compareKilled(): Promise<void> {
  const left = join(root, 'left-alone');
  const killed = join(root, 'killed');
  process.stdout.write(`left alone: ${summaryOf(await run(left))}\n`);
  const random = randomFrom(`${values.seed}/kills`);
  for (let kill = 1; kill <= Number(values.kills); kill++) {
    const lines = random.int(1, Math.floor(Number(values.count) / Number(values.kills)));
    await run(killed, lines);
    process.stdout.write(`killed after ${lines} lines\n`);
  }
  process.stdout.write(`resumed: ${summaryOf(await run(killed))}\n`);
  const [a, b] = [contents(left), contents(killed)];
  const differing = [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
  const incidents = readdirSync(join(killed, 'incidents')).length;
  const failures = readdirSync(join(killed, 'failures')).length;
  process.stdout.write(
    `${incidents} incidents of ${readable} readable archives, ${failures} failures; ${a.size} files, ${differing.length} differ\n`,
  );
  if (differing.length > 0) process.stdout.write(`${differing.slice(0, 10).join('\n')}\n`);
  const isRight = differing.length === 0 && incidents === readable && incidents + failures === Number(values.count);
  process.stdout.write(isRight ? 'the same\n' : 'NOT THE SAME\n');
  if (!isRight) process.exitCode = 1;
}

function summaryOf(output: string): string {
  return /^\d+ archives: .*$/m.exec(output)?.[0] ?? 'no sum';
}

/** Files per second of a batch with so many jobs; with `cores`, on these cores only. */
function throughput(name: string, jobs: number, cores?: string): number {
  const batch = [process.execPath, ...args(join(root, name), '--quiet', '--jobs', String(jobs))];
  const [program, ...rest] = cores === undefined ? batch : ['taskset', '-c', cores, ...batch];
  const started = performance.now();
  const { error } = spawnSync(program!, rest);
  if (error !== undefined) throw error;
  return (Number(values.count) * 1000) / (performance.now() - started);
}

/**
 * In turn, so that what else the machine does hits all; the medians of the ratios. One analysis already uses more than one
 * core, so one at a time on two cores is neither the one nor the other: it is printed beside.
 */
function compareCores(): void {
  const rounds = Array.from({ length: Number(values.rounds) }, (_, round) => {
    const one = throughput(`one-core-${round}`, 1, '0');
    const two = throughput(`two-cores-${round}`, 2, '0,1');
    const single = throughput(`single-${round}`, 1, '0,1');
    process.stdout.write(`archives a second: one core ${one.toFixed(2)}, two ${two.toFixed(2)}, `);
    process.stdout.write(`two with one job ${single.toFixed(2)}\n`);
    return { cores: two / one, jobs: two / single };
  });
  process.stdout.write(`two cores do ${median(rounds.map(({ cores }) => cores)).toFixed(2)} times as much as one, `);
  process.stdout.write(`two jobs on them ${median(rounds.map(({ jobs }) => jobs)).toFixed(2)} times as much as one\n`);
}

try {
  if (values.only !== 'throughput') await compareKilled();
  if (values.only !== 'kill') compareCores();
} finally {
  rmSync(root, { recursive: true });
}
