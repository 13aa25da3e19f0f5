import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { BUNDLED_SIGNATURES, COMPILED_SIGNATURES } from '../bundled-signatures.ts';
import { UserError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import type { Duration } from '../model/time.ts';
import { cacheFolder } from './cache-folder.ts';
import { collect } from './catalogue.ts';
import { EXIT } from './exit.ts';
import { expandInputs } from './expand-inputs.ts';
import { FAIL_ON, type FailOn, reaches } from './fail-on.ts';
import { withSeenBefore } from './incidents/seen-before.ts';
import { endOnSignals } from './interrupt.ts';
import { leave } from './leave.ts';
import { addLimitOptions, type LimitFlags, limitsOf } from './limits.ts';
import { checkOutput } from './output.ts';
import { type Progress, ProgressLine, progressText, StageTimes } from './progress.ts';
import { addRenderingOptions, type RenderingFlags, show } from './rendering.ts';
import { timezone } from './timezone.ts';
import { boundYoungGeneration } from './young-generation.ts';

interface Flags extends RenderingFlags, LimitFlags {
  readonly failOn: FailOn;
  readonly signatures?: readonly string[];
  readonly jobs?: number;
  readonly cache: boolean;
  readonly assumeTimezone?: Duration;
  readonly timings?: boolean;
  readonly quiet?: boolean;
  readonly archive?: string;
}

export function addAnalyzeCommand(inquest: Command): void {
  const command = inquest
    .command('analyze')
    .description('analyse must-gathers, journals and consoles of one cluster together')
    .argument('[input...]', 'archives, directories or logs, or patterns of them; - for stdin');
  addRenderingOptions(command)
    .addOption(new Option('--fail-on <what>', 'exit with 1 if there is any').choices([...FAIL_ON]).default('never'))
    .option('--signatures <dir>', 'directory of your own signatures, overriding by id; repeatable', collect)
    .option('--jobs <count>', 'threads to work on (default: those of the machine)', jobs)
    .option('--no-cache', 'keep no compiled signatures or code in the cache folder, and use none from there')
    .addOption(
      new Option('--assume-timezone <offset>', 'zone of logs that name none (default: UTC)').argParser(timezone),
    )
    .option('-a, --archive <dir>', 'say what an archive of incidents holds of the like')
    .option('--timings', 'print on stderr how long each stage took, and the peak memory')
    .option('-q, --quiet', 'no progress and no timings');
  addLimitOptions(command).action(run);
}

function jobs(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 9999.');
  return Number(text);
}

async function run(inputs: readonly string[], flags: Flags): Promise<void> {
  if (inputs.length === 0) throw new UserError('no input given; usage: inquest analyze [options] <input...>');
  await checkOutput(flags.output);
  await checkOutput(flags.redactMap);
  const paths = await expandInputs(inputs);
  const analysed = await analyzeWithProgress(paths, flags);
  const report = flags.archive === undefined ? analysed : await withSeenBefore(analysed, flags.archive, paths);
  await show(report, flags);
  process.exitCode = reaches(report, flags.failOn) ? EXIT.found : EXIT.ok;
  await leave();
}

async function analyzeWithProgress(inputs: readonly string[], flags: Flags): Promise<Report> {
  const times = new StageTimes(() => performance.now());
  const line =
    process.stderr.isTTY === true && flags.quiet !== true
      ? new ProgressLine(process.stderr, () => performance.now())
      : undefined;
  let stage = 'start';
  let reached: Progress = { bytes: 0, files: 0 };
  endOnSignals(() => {
    line?.erase();
    return progressText(stage, reached, 0);
  });
  const { analyze } = await import('../analyze.ts');
  const cacheDir = flags.cache ? cacheFolder() : undefined;
  try {
    return await analyze(inputs, {
      signatureDirs: [BUNDLED_SIGNATURES, ...(flags.signatures ?? [])],
      load: { compiled: COMPILED_SIGNATURES, ...(cacheDir !== undefined && { cacheDir }) },
      limits: limitsOf(flags),
      jobs: flags.jobs ?? availableParallelism(),
      ...(flags.assumeTimezone !== undefined && { assumedOffset: flags.assumeTimezone }),
      now: Date.now,
      stdin: process.stdin,
      progress(progress) {
        reached = progress;
        line?.update(progress);
      },
      stage(name) {
        stage = name;
        boundYoungGeneration(name);
        times.enter(name);
        line?.enter(name);
      },
    });
  } finally {
    line?.erase();
    times.enter(undefined);
    if (flags.timings === true && flags.quiet !== true) printTimings(times);
  }
}

function printTimings(times: StageTimes): void {
  const peak = process.resourceUsage().maxRSS / 1024;
  for (const text of [...times.lines(), `${'peak memory'.padEnd(12)} ${peak.toFixed(0)} MiB`]) {
    process.stderr.write(`${text}\n`);
  }
}
