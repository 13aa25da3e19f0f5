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

function program(): Command {
  const inquest = new Command('inquest')
    .description('Names the root cause of an OpenShift failure from must-gathers, journals and consoles, offline.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`inquest: ${oneLine(text)}\n`) });
  addAnalyzeCommand(inquest);
  addJournalCommand(inquest);
  addReportCommand(inquest);
  addDiffCommand(inquest);
  addBatchCommand(inquest);
  addWorkerCommand(inquest);
  addSearchCommand(inquest);
  addSimilarCommand(inquest);
  addNoteCommand(inquest);
  addStatsCommand(inquest);
  addServeCommand(inquest);
  addExplainCommand(inquest);
  addSchemaCommand(inquest);
  addSignaturesCommand(inquest);
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

quietBrokenPipe(process.stdout);
quietBrokenPipe(process.stderr);
try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.failed;
  else process.exitCode = printFailure(error);
}
