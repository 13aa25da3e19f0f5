/**
 * Compares analyses with the tools that everybody has, as whole processes whose output is dropped. Build first.
 *
 *     npm run bench -- [--pairs 5] [--large] [--profile] [--only SUBSTRING] [--inquest bin/inquest.js]
 *
 * Runs alternate, so that both see the same load of the machine, and medians of the pairs' ratios are printed: below 1,
 * inquest is the faster one. `--large` adds 10 GB; `--profile` prints the stages instead of comparing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueOf, searchLiterals } from './catalogue.ts';
import { measure, median, type Run } from './measure.ts';

const ROOT = join(import.meta.dirname, '..');
const REAL = join(ROOT, '../shared/corpus/openshift+must-gather-clean/test/files/must-gather-aws.tar.xz');
const COUNTS = [50, 200, 500];
const SIGNATURES = 500;

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    large: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    inquest: { type: 'string', default: join(ROOT, 'bin/inquest.js') },
  },
});
const PAIRS = Number(values.pairs);
const WORK = mkdtempSync(join(tmpdir(), 'inquest-bench-'));

interface Input {
  readonly name: string;
  readonly file: string;
}

function shell(command: string): void {
  const { status } = spawnSync('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`failed: ${command}`);
}

function has(tool: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
}

function generated(size: string): Input {
  const file = join(WORK, `generated-${size}.tar.gz`);
  shell(`node ${ROOT}/scripts/make-gathers.ts --scale ${size} --out ${file}`);
  return { name: `generated, ${size}`, file };
}

function* inputs(): Generator<Input> {
  for (const size of ['100MB', '1GB', ...(values.large ? ['10GB'] : [])]) {
    if (`generated, ${size}`.includes(values.only)) yield generated(size);
  }
  if (existsSync(REAL) && 'real'.includes(values.only)) {
    const file = join(WORK, 'real.tar.gz');
    shell(`xz -dc ${REAL} | gzip > ${file}`);
    yield { name: 'real', file };
  }
}

/** Analyses with the signatures of one directory only. */
function analysis(file: string, dir: string): string[] {
  return [
    process.execPath,
    values.inquest,
    'analyze',
    '--quiet',
    '--signatures',
    dir,
    '-o',
    join(WORK, 'report'),
    file,
  ];
}

async function compare(
  name: string,
  ours: readonly string[],
  theirs: readonly string[],
  codes: number[],
): Promise<void> {
  const pairs: { ours: Run; theirs: Run }[] = [];
  for (let i = 0; i < PAIRS; i++) pairs.push({ theirs: await measure(theirs, codes), ours: await measure(ours) });
  const ratio = median(pairs.map((pair) => pair.ours.ms / pair.theirs.ms));
  const peak = Math.max(...pairs.map((pair) => pair.ours.peak));
  const seconds = median(pairs.map((pair) => pair.ours.ms)) / 1000;
  process.stdout.write(`${name.padEnd(44)} ${ratio.toFixed(2)}  (${seconds.toFixed(2)} s, ${peak.toFixed(0)} MiB)\n`);
}

async function against({ name, file }: Input, dir: string, patterns: string): Promise<void> {
  const ours = analysis(file, dir);
  const unpacked = join(WORK, 'unpacked');
  const unpack = `rm -rf ${unpacked} && mkdir ${unpacked} && tar -C ${unpacked} -xzf ${file}`;
  await compare(`${name}, gzip -dc`, ours, ['sh', '-c', `gzip -dc ${file} > /dev/null`], [0]);
  if (has('rg')) {
    await compare(
      `${name}, tar -xzf && rg -F -f`,
      ours,
      ['sh', '-c', `${unpack} && rg -aF -c -f ${patterns} ${unpacked}`],
      [0, 1],
    );
  }
  if (has('zgrep') && name.includes('100MB')) {
    await compare(`${name}, zgrep -F -f`, ours, ['sh', '-c', `zgrep -aFc -f ${patterns} ${file}`], [0, 1, 2]);
  }
  if (has('lnav') && name.includes('100MB')) {
    await compare(`${name}, lnav -n`, ours, ['sh', '-c', `${unpack} && lnav -n -r -q ${unpacked}`], [0, 1]);
  }
}

/** What more signatures cost: the same analysis with a part of the catalogue, and padded. */
async function growth({ name, file }: Input): Promise<void> {
  for (const count of COUNTS) {
    const dir = await catalogueOf(count, join(WORK, `growth-${count}`, 'signatures'));
    const ours = [process.execPath, join(import.meta.dirname, 'analysis.ts'), dir, file];
    await compare(`${name}, ${count} signatures, gzip -dc`, ours, ['sh', '-c', `gzip -dc ${file} > /dev/null`], [0]);
  }
}

function profile({ name, file }: Input, dir: string): void {
  process.stdout.write(`${name}\n`);
  const [program, ...args] = analysis(file, dir).filter((arg) => arg !== '--quiet');
  spawnSync(program!, [...args, '--timings'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

try {
  const dir = await catalogueOf(SIGNATURES, join(WORK, `signatures-${SIGNATURES}`));
  const patterns = join(WORK, 'patterns');
  writeFileSync(patterns, await searchLiterals(dir));
  await compare(
    '--version, node -e 0',
    [process.execPath, values.inquest, '--version'],
    [process.execPath, '-e', '0'],
    [0],
  );
  for (const input of inputs()) {
    if (values.profile) profile(input, dir);
    else {
      await against(input, dir, patterns);
      if (input.name === 'generated, 100MB') await growth(input);
    }
    rmSync(input.file);
  }
} finally {
  rmSync(WORK, { recursive: true, force: true });
}
