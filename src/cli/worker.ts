import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { BatchOutcome } from '../batch/run-batch.ts';
import type { WorkerOptions } from '../batch/run-worker.ts';
import type { IncidentStore } from '../incidents/store.ts';
import { visible } from '../report/text-safety.ts';
import { type AnalysisFlags, addAnalysisOptions, prepareAnalysis } from './batch/analysis-options.ts';
import { DOWNLOAD_LIMITS } from './batch/download-limits.ts';
import { stopOnSignals } from './batch/stop-on-signals.ts';
import { count } from './count.ts';
import { type ArchiveFlags, addArchiveOption, withArchive, withIncoming } from './incidents/open-archive.ts';

interface Flags extends ArchiveFlags, AnalysisFlags {
  readonly jobs?: number;
  readonly untilEmpty?: boolean;
  readonly update?: boolean;
  readonly revive?: boolean;
  readonly quiet?: boolean;
}

export function addWorkerCommand(inquest: Command): void {
  const command = inquest
    .command('worker')
    .description('analyse what inquest batch --enqueue put up, beside any number of others; ends on a signal');
  addArchiveOption(command)
    .option('--jobs <count>', 'archives at the same time (default: the cores of the machine)', count)
    .option('--until-empty', 'end once nothing waits')
    .option('--update', 'analyse again what was analysed with other signatures')
    .option('--revive', 'first put up again what was given up on')
    .option('-q, --quiet', 'only problems');
  addAnalysisOptions(command).action(run);
}

async function run(flags: Flags): Promise<void> {
  const { JobQueue, requireDatabase } = await import('../batch/job-queue.ts');
  requireDatabase(flags.archive, 'a worker');
  const { runWorker } = await import('../batch/run-worker.ts');
  const say = (text: string): void => void process.stderr.write(`${visible(text)}\n`);
  const stop = stopOnSignals(() => say('inquest: ending; what is being analysed goes back to the queue'));
  const jobs = flags.jobs ?? availableParallelism();
  const prepared = await prepareAnalysis(flags, Math.max(1, Math.floor(availableParallelism() / jobs)));
  const optionsIn = (incoming: string): WorkerOptions => ({
    ...prepared,
    jobs,
    downloads: DOWNLOAD_LIMITS,
    update: flags.update === true,
    incoming,
    now: Date.now,
    signal: stop.signal,
    untilEmpty: flags.untilEmpty === true,
    finished(input, outcome, willRetry) {
      if (flags.quiet !== true || outcome.type === 'failed') say(`${input.name}: ${words(outcome, willRetry)}`);
    },
  });
  const work = (store: IncidentStore): Promise<void> =>
    withIncoming(flags.archive, async (incoming) => {
      const queue = await JobQueue.open(flags.archive, (error) => say(`inquest: queue: ${error.message}`));
      try {
        if (flags.revive === true) say(`${await queue.revive()} archives put up again`);
        await runWorker(store, queue, optionsIn(incoming));
      } finally {
        await queue.close();
      }
    });
  await withArchive(flags.archive, work, { create: true });
  if (stop.exitCode !== undefined) process.exitCode = stop.exitCode;
}

function words(outcome: BatchOutcome, willRetry: boolean): string {
  switch (outcome.type) {
    case 'analysed':
      return `${outcome.incident.id} ${outcome.incident.verdict.status}`;
    case 'known':
      return `${outcome.id} known`;
    case 'double':
      return `the same as ${outcome.of}`;
    case 'failed':
      return `failed: ${outcome.reason}${willRetry ? '; will be tried again' : ''}`;
  }
}
