import { open, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { BUNDLED_SIGNATURES, COMPILED_SIGNATURES } from '../bundled-signatures.ts';
import type { Report } from '../model/report.ts';
import type { ComparisonFormat } from '../report/comparison/render-comparison.ts';
import { cacheFolder } from './cache-folder.ts';
import { collect } from './catalogue.ts';
import { addLimitOptions, type LimitFlags, limitsOf } from './limits.ts';
import { checkOutput, writeOutput } from './output.ts';
import { wantsColor } from './rendering.ts';

interface Flags extends LimitFlags {
  readonly format: ComparisonFormat;
  readonly output?: string;
  readonly color?: boolean;
  readonly signatures?: readonly string[];
  readonly cache: boolean;
}

const FORMATS: readonly ComparisonFormat[] = ['terminal', 'json', 'markdown'];

export function addDiffCommand(inquest: Command): void {
  const command = inquest
    .command('diff')
    .description('what appeared, disappeared, or changed state or configuration between two gathers of one cluster')
    .argument('<before>', 'a gather, or a report that --format json wrote')
    .argument('<after>', 'the same, later')
    .addOption(new Option('-f, --format <format>', 'how to show it').choices([...FORMATS]).default('terminal'))
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .option('--color', 'colours in the terminal format, whatever the output is')
    .option('--no-color', 'no colours (also NO_COLOR=1; FORCE_COLOR=1 as --color)')
    .option('--signatures <dir>', 'directory of your own signatures, overriding by id; repeatable', collect)
    .option('--no-cache', 'keep no compiled signatures in the cache folder, and use none from there');
  addLimitOptions(command).action(run);
}

async function run(before: string, after: string, flags: Flags): Promise<void> {
  await checkOutput(flags.output);
  const { compareReports } = await import('../compare/compare.ts');
  const { renderComparison } = await import('../report/comparison/render-comparison.ts');
  // One after the other: each may take all the memory there is.
  const first = await reportOf(before, flags);
  const comparison = compareReports(first, await reportOf(after, flags));
  const width = (flags.output === undefined ? process.stdout.columns : undefined) ?? 80;
  await writeOutput(flags.output, renderComparison(comparison, flags.format, { width, color: wantsColor(flags) }));
}

async function reportOf(input: string, flags: Flags): Promise<Report> {
  if (await isReport(input)) {
    const { parseReport } = await import('../report/parse-report.ts');
    return parseReport(await readFile(input, 'utf8'), input);
  }
  const { analyze } = await import('../analyze.ts');
  const cacheDir = flags.cache ? cacheFolder() : undefined;
  return analyze([input], {
    signatureDirs: [BUNDLED_SIGNATURES, ...(flags.signatures ?? [])],
    load: { compiled: COMPILED_SIGNATURES, ...(cacheDir !== undefined && { cacheDir }) },
    limits: limitsOf(flags),
    jobs: availableParallelism(),
    now: Date.now,
  });
}

/** A saved report says so in its first bytes. */
async function isReport(path: string): Promise<boolean> {
  const head = Buffer.alloc(64);
  try {
    const file = await open(path);
    try {
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return /^\uFEFF?\s*\{\s*"schemaVersion"/.test(head.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    // A directory, or nothing that can be read: the analysis says what is wrong with it.
    return false;
  }
}
