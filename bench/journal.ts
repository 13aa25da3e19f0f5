/**
 * Compares reading a binary journal with `journalctl --file FILE -o export`, as whole processes whose output is dropped:
 *
 *     node bench/journal.ts FILE [pairs]
 *
 * Runs alternate, so that both see the same load of the machine, and the median of the pairs' ratios is printed:
 * above 1, inquest is the faster one. Build first (`npm run build`). `export` prints every field, `lines` is the reading that
 * an analysis does. `reading` leaves out what either takes to start, which is what it takes for a single entry.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from './measure.ts';

const [file, count = '7'] = process.argv.slice(2);
if (file === undefined || !/^\d+$/.test(count)) {
  process.stderr.write('usage: node bench/journal.ts FILE [pairs]\n');
  process.exit(2);
}

/** What users run, where it has been built. */
const BUILT = new URL('../dist/bundle/main.js', import.meta.url);
const INQUEST = existsSync(BUILT)
  ? new URL('../bin/inquest.js', import.meta.url).pathname
  : new URL('../src/cli/main.ts', import.meta.url).pathname;
const READER = new URL('./journal-lines.ts', import.meta.url).pathname;

interface Rival {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const journalctl: Rival = { name: 'journalctl', command: 'journalctl', args: ['--file', file, '-o', 'export'] };
const RIVALS: readonly Rival[] = [
  { name: 'lines', command: process.execPath, args: [READER, file] },
  { name: 'export', command: process.execPath, args: [INQUEST, 'journal', file, '-o', 'export'] },
];

/** Milliseconds that a process takes. */
function run({ command, args }: Rival): number {
  const start = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw error ?? new Error(`${command} ended with ${status}`);
  return performance.now() - start;
}

const size = statSync(file).size / 1024 ** 2;

function tell(name: string, pairs: readonly { readonly theirs: number; readonly ours: number }[]): void {
  const ours = median(pairs.map((pair) => pair.ours));
  const theirs = median(pairs.map((pair) => pair.theirs));
  const ratio = median(pairs.map((pair) => pair.theirs / pair.ours));
  process.stdout.write(
    `${name.padEnd(15)} ${ratio.toFixed(2)} times as fast as journalctl ` +
      `(${ours.toFixed(0)} ms and ${theirs.toFixed(0)} ms for ${size.toFixed(0)} MiB, ${(size / (ours / 1000)).toFixed(0)} MiB/s)\n`,
  );
}

/** Milliseconds that each takes for one entry. */
function starts(rival: Rival): { readonly theirs: number; readonly ours: number } {
  const directory = mkdtempSync(join(tmpdir(), 'inquest-bench-'));
  const entry = join(directory, 'one.export');
  writeFileSync(entry, '__REALTIME_TIMESTAMP=1733256000000000\nMESSAGE=x\n\n');
  const ours: Rival = { ...rival, args: rival.args.map((arg) => (arg === file ? entry : arg)) };
  const theirs: Rival = { ...journalctl, args: [...journalctl.args, '-n', '1'] };
  const times = Array.from({ length: Number(count) }, () => ({ theirs: run(theirs), ours: run(ours) }));
  rmSync(directory, { recursive: true });
  return { theirs: median(times.map((time) => time.theirs)), ours: median(times.map((time) => time.ours)) };
}

for (const rival of RIVALS) {
  // Both are warm before they are measured: the file is in memory, the code of Node too.
  run(journalctl);
  run(rival);
  const pairs = Array.from({ length: Number(count) }, () => ({ theirs: run(journalctl), ours: run(rival) }));
  const start = starts(rival);
  tell(rival.name, pairs);
  tell(
    `${rival.name}, reading`,
    pairs.map(({ theirs, ours }) => ({ theirs: theirs - start.theirs, ours: ours - start.ours })),
  );
}
