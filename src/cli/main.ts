import { Command, CommanderError } from 'commander';
import { visible } from '../report/text-safety.ts';
import { VERSION } from '../version.ts';
import { addAnalyzeCommand } from './analyze.ts';
import { addBatchCommand } from './batch.ts';
import { addDiffCommand } from './diff.ts';
import { EXIT } from './exit.ts';
import { addExplainCommand } from './explain.ts';
import { printFailure, quietBrokenPipe } from './failure.ts';
import { addNoteCommand } from './incidents/note.ts';
import { addSearchCommand } from './incidents/search.ts';
import { addSimilarCommand } from './incidents/similar.ts';
import { addStatsCommand } from './incidents/stats.ts';
import { addJournalCommand } from './journal.ts';
import { addReportCommand } from './report.ts';
import { addSchemaCommand } from './schema.ts';
import { addServeCommand } from './serve.ts';
import { addSignaturesCommand } from './signatures.ts';
import { addWorkerCommand } from './worker.ts';

const COMMANDS: Readonly<Record<string, (inquest: Command) => void>> = {
  analyze: addAnalyzeCommand,
  journal: addJournalCommand,
  report: addReportCommand,
  diff: addDiffCommand,
  batch: addBatchCommand,
  worker: addWorkerCommand,
  search: addSearchCommand,
  similar: addSimilarCommand,
  note: addNoteCommand,
  stats: addStatsCommand,
  serve: addServeCommand,
  explain: addExplainCommand,
  schema: addSchemaCommand,
  signatures: addSignaturesCommand,
};

/** With the one command that is named, or with all of them where it is none: setting them all up takes its time. */
function program(named: string | undefined): Command {
  const inquest = new Command('inquest')
    .description('Names the root cause of an OpenShift failure from must-gathers, journals and consoles, offline.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => quietBrokenPipe(process.stdout).write(text),
      writeErr: (text) => quietBrokenPipe(process.stderr).write(text),
      outputError: (text, write) => write(`inquest: ${oneLine(text)}\n`),
    });
  const adds = named !== undefined && Object.hasOwn(COMMANDS, named) ? [COMMANDS[named]!] : Object.values(COMMANDS);
  for (const add of adds) add(inquest);
  return inquest;
}

function oneLine(text: string): string {
  return visible(
    text
      .replace(/^error: /, '')
      .trim()
      .replaceAll('\n', ' '),
  );
}

async function main(): Promise<void> {
  const [, , named] = process.argv;
  // To look at these streams loads what takes a tenth of the time that a small journal does; it is printed without them.
  if (named !== 'journal') for (const stream of [process.stdout, process.stderr]) quietBrokenPipe(stream);
  try {
    await program(named).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.failed;
    else process.exitCode = printFailure(error);
  }
}

void main();
