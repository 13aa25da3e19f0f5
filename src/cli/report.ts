import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import type { Command } from 'commander';
import { explained } from './failure.ts';
import { checkOutput } from './output.ts';
import { addRenderingOptions, type RenderingFlags, show } from './rendering.ts';

interface Flags extends RenderingFlags {
  readonly from: string;
}

export function addReportCommand(inquest: Command): void {
  const command = inquest
    .command('report')
    .description('show a saved JSON report in any format')
    .requiredOption('--from <file>', 'JSON report, as --format json writes it; - for stdin');
  addRenderingOptions(command).action(run);
}

async function run(flags: Flags): Promise<void> {
  await checkOutput(flags.output);
  await checkOutput(flags.redactMap);
  const { parseReport } = await import('../report/parse-report.ts');
  const name = flags.from === '-' ? 'stdin' : flags.from;
  await show(parseReport(await read(flags.from), name), flags);
}

async function read(from: string): Promise<string> {
  try {
    return from === '-' ? await readStream(process.stdin) : await readFile(from, 'utf8');
  } catch (error) {
    throw explained(error, from);
  }
}
