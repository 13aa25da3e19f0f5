/**
 * Compares analyses with the tools that everybody has, as whole processes whose output is dropped. Build first.
 *
 *     npm run bench -- [--only SUBSTRING] [--pairs 5] [--large] [--profile] [--minutes 30] [--keep DIR] [--inquest FILE]
 *
 * Runs alternate, so that both see the same load of the machine; printed are the medians of the pairs' ratios, of wall time
 * and of processor time: below 1, inquest is the faster one. `--only` takes the comparisons whose name holds the text.
 * `--large` adds 10 GB. `--profile` prints the stages instead. After `--minutes` no more pairs are begun. With `--keep` the
 * inputs stay in DIR for the next run. Exits with 1 where a median misses what it must reach.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { additionsTo, catalogueOf } from './catalogue.ts';
import { generated, type Input, journal, real } from './inputs.ts';
import { measure, median, type Run } from './measure.ts';
import { searchLiterals, searchPatterns } from './search-patterns.ts';

const ROOT = join(import.meta.dirname, '..');
const COUNTS = [50, 200, 500];
const FIRST = 60;
const SIGNATURES = 500;

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    large: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    minutes: { type: 'string', default: '30' },
    keep: { type: 'string' },
    inquest: { type: 'string', default: join(ROOT, 'bin/inquest.js') },
  },
});
const PAIRS = Number(values.pairs);
const DEADLINE = performance.now() + Number(values.minutes) * 60_000;
const WORK = mkdtempSync(join(tmpdir(), 'inquest-bench-'));
const INPUTS = values.keep ?? WORK;
mkdirSync(INPUTS, { recursive: true });

/** What a comparison must reach: a ratio of wall times, and a peak in MiB. */
interface Goal {
  readonly ratio?: number;
  readonly peak?: number;
}

interface Comparison {
  readonly name: string;
  readonly input?: () => Input | undefined;
  ours(file: string): readonly string[];
  theirs(file: string): readonly string[];
  /** Exit codes of theirs that are no failure. */
  readonly accepted?: readonly number[];
  readonly tool?: string;
  readonly goal?: Goal;
  /** At the most; for what takes minutes. */
  readonly pairs?: number;
}

const catalogue = await catalogueOf(SIGNATURES, join(WORK, `signatures-${SIGNATURES}`));
const additions = await additionsTo(SIGNATURES, join(WORK, 'additions'));
const literals = join(WORK, 'literals');
writeFileSync(literals, await searchLiterals(catalogue));
const patterns = join(WORK, 'patterns');
writeFileSync(patterns, await searchPatterns(catalogue));
const unpacked = join(WORK, 'unpacked');

/** The whole analysis with report, with the bundled signatures and as many synthetic ones as make 500. */
function analysis(file: string): string[] {
  return [
    process.execPath,
    values.inquest,
    'analyze',
    '--quiet',
    '--signatures',
    additions,
    '-o',
    `${WORK}/report`,
    file,
  ];
}

/** As `analysis`, with the signatures of one directory and no others: `bench/analysis.ts`. */
function analysisWith(dir: string): (file: string) => string[] {
  return (file) => [process.execPath, join(import.meta.dirname, 'analysis.ts'), dir, file];
}

function sh(command: string): string[] {
  return ['sh', '-c', command];
}

const gunzip = (file: string): string[] => ['gzip', '-dc', file];
const unpack = (file: string): string => `rm -rf ${unpacked} && mkdir ${unpacked} && tar -C ${unpacked} -xzf ${file}`;
/** With the patterns of all signatures, which is what an analysis asks; it compiles them given room enough. */
const rg = `rg -a -c --no-unicode --regex-size-limit 1G --dfa-size-limit 1G -f ${patterns}`;
/** With their literals alone. */
const rgLiterals = `rg -a -c -F -f ${literals}`;

function against(input: () => Input | undefined, name: string, gzip: Goal, search: Goal, pairs?: number): Comparison[] {
  const found = { input, ours: analysis, accepted: [0, 1], tool: 'rg', ...(pairs !== undefined && { pairs }) };
  return [
    { name: `${name}: gzip -dc`, input, ours: analysis, theirs: gunzip, goal: gzip },
    {
      ...found,
      name: `${name}: tar -xzf && rg -f`,
      theirs: (file) => sh(`${unpack(file)} && ${rg} ${unpacked}`),
      goal: search,
    },
    {
      ...found,
      name: `${name}: tar -xzf && rg -F -f`,
      theirs: (file) => sh(`${unpack(file)} && ${rgLiterals} ${unpacked}`),
    },
  ];
}

function againstSearch(input: () => Input | undefined, name: string, search: Goal): Comparison[] {
  const found = { input, ours: analysis, accepted: [0, 1], tool: 'rg' };
  return [
    { ...found, name: `${name}: rg -c -f`, theirs: (file) => sh(`${rg} ${file}`), goal: search },
    { ...found, name: `${name}: rg -c -F -f`, theirs: (file) => sh(`${rgLiterals} ${file}`) },
  ];
}

async function comparisons(): Promise<Comparison[]> {
  const small = (): Input => generated('100MB', INPUTS);
  const dirs = await Promise.all(
    [FIRST, ...COUNTS].map(
      async (count) => [count, await catalogueOf(count, join(WORK, `s${count}`, 'signatures'))] as const,
    ),
  );
  const whole = await catalogueOf(undefined, join(WORK, 'whole', 'signatures'));
  const first = analysisWith(dirs[0]![1]);
  return [
    {
      name: 'start: --version, node -e 0',
      ours: () => [process.execPath, values.inquest, '--version'],
      theirs: () => [process.execPath, '-e', '0'],
      goal: { ratio: 1.5 },
    },
    ...against(() => real(INPUTS), 'real gather', { ratio: 2.5, peak: 250 }, { ratio: 0.3, peak: 250 }),
    ...againstSearch(() => journal(INPUTS), 'journal 200MB', { ratio: 0.5, peak: 200 }),
    ...against(small, 'generated 100MB', {}, {}),
    {
      name: 'generated 100MB: zgrep -f',
      input: small,
      ours: analysis,
      theirs: (file) => ['zgrep', '-aFc', '-f', literals, file],
      accepted: [0, 1, 2],
      tool: 'zgrep',
    },
    {
      name: 'generated 100MB: lnav -n',
      input: small,
      ours: analysis,
      theirs: (file) => sh(`${unpack(file)} && lnav -n -r -q ${unpacked}`),
      accepted: [0, 1],
      tool: 'lnav',
    },
    ...dirs.slice(1).map(([count, dir]) => ({
      name: `signatures: ${count}, first ${FIRST}`,
      input: small,
      ours: analysisWith(dir),
      theirs: first,
    })),
    {
      name: `signatures: all, first ${FIRST}`,
      input: small,
      ours: analysisWith(whole),
      theirs: first,
      goal: { ratio: 1.15 },
    },
    ...against(() => generated('1GB', INPUTS), 'generated 1GB', { ratio: 1, peak: 250 }, { ratio: 0.4, peak: 250 }, 1),
    ...(values.large
      ? against(
          () => generated('10GB', INPUTS),
          'generated 10GB',
          { ratio: 1.1, peak: 300 },
          { ratio: 0.4, peak: 300 },
          1,
        )
      : []),
  ];
}

function has(tool: string | undefined): boolean {
  return tool === undefined || spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
}

async function compare(
  { name, ours, theirs, accepted, goal, pairs: most = PAIRS }: Comparison,
  file: string,
): Promise<void> {
  const pairs: { ours: Run; theirs: Run }[] = [];
  // The first run fills the caches.
  await measure(ours(file));
  while (pairs.length < Math.min(PAIRS, most) && (pairs.length === 0 || performance.now() < DEADLINE)) {
    pairs.push({ theirs: await measure(theirs(file), accepted), ours: await measure(ours(file)) });
  }
  const wall = median(pairs.map((pair) => pair.ours.ms / pair.theirs.ms));
  const cpu = median(pairs.map((pair) => pair.ours.cpu / Math.max(pair.theirs.cpu, 1)));
  const peak = Math.max(...pairs.map((pair) => pair.ours.peak));
  const seconds = median(pairs.map((pair) => pair.ours.ms)) / 1000;
  print(
    name,
    `${wall.toFixed(2)}  cpu ${cpu.toFixed(2)}  ${peak.toFixed(0)} MiB  (${seconds.toFixed(2)} s, ${pairs.length} pairs)`,
    verdict(goal, wall, peak),
  );
}

function verdict(goal: Goal | undefined, wall: number, peak: number): string {
  if (goal?.ratio === undefined) return '';
  const isMet = wall <= goal.ratio && (goal.peak === undefined || peak <= goal.peak);
  if (!isMet) process.exitCode = 1;
  return `${isMet ? 'reached' : 'MISSED'}: ${goal.ratio}${goal.peak === undefined ? '' : `, ${goal.peak} MiB`}`;
}

function print(name: string, result: string, remark = ''): void {
  process.stdout.write(`${name.padEnd(34)} ${result}  ${remark}\n`);
}

function profile(name: string, file: string): void {
  process.stdout.write(`${name}\n`);
  const [program, ...args] = analysis(file).filter((arg) => arg !== '--quiet');
  spawnSync(program!, [...args, '--timings'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

try {
  for (const comparison of await comparisons()) {
    const { name, input, tool } = comparison;
    if (!name.includes(values.only) || (values.profile && !name.endsWith('gzip -dc'))) continue;
    if (performance.now() > DEADLINE) print(name, 'left out: out of time');
    else if (!has(tool)) print(name, `left out: there is no ${tool}`);
    else {
      const found = input?.();
      if (input !== undefined && found === undefined) print(name, 'left out: no such input here');
      else if (values.profile) profile(name, found?.file ?? '');
      else await compare(comparison, found?.file ?? '');
    }
  }
} finally {
  rmSync(WORK, { recursive: true, force: true });
}
