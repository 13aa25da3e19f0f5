import { availableParallelism } from 'node:os';
import { text as readStream } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import type { BatchInput } from '../batch/find-inputs.ts';
import type { BatchOptions } from '../batch/run-batch.ts';
import type { IncidentStore } from '../incidents/store.ts';
import { UserError } from '../model/errors.ts';
import { type AnalysisFlags, addAnalysisOptions, prepareAnalysis } from './batch/analysis-options.ts';
import { BatchView } from './batch/batch-view.ts';
import { DOWNLOAD_LIMITS } from './batch/download-limits.ts';
import { stopOnSignals } from './batch/stop-on-signals.ts';
import { count } from './count.ts';
import { EXIT } from './exit.ts';
import { FAIL_ON, type FailOn, reaches } from './fail-on.ts';
import { type ArchiveFlags, addArchiveOption, withArchive, withIncoming } from './incidents/open-archive.ts';
import { size } from './limits.ts';

interface Flags extends ArchiveFlags, AnalysisFlags {
  readonly update?: boolean;
  readonly failOn: FailOn;
  readonly jobs?: number;
  readonly maxDownload: number;
  readonly quiet?: boolean;
  readonly enqueue?: boolean;
  readonly maxQueue: number;
}

export function addBatchCommand(inquest: Command): void {
  const command = inquest
    .command('batch')
    .description('analyse many archives into an archive of incidents; run again, it goes on where it was')
    .argument(
      '<input...>',
      'archives, directories of them, patterns, lists (*.list, *.txt; - for stdin), https:// addresses',
    );
  addArchiveOption(command)
    .option('--jobs <count>', 'archives at the same time (default: the cores of the machine)', count)
    .option('--update', 'analyse again what was analysed with other signatures')
    .addOption(new Option('--fail-on <what>', 'exit with 1 if there is any').choices([...FAIL_ON]).default('never'))
    .option('--enqueue', 'put the archives up for inquest worker instead of analysing them here (PostgreSQL only)')
    .option('--max-queue <count>', 'wait while so many archives wait', count, 10_000)
    .option('-q, --quiet', 'only what could not be analysed, and the sum');
  addAnalysisOptions(command)
    .addOption(
      new Option('--max-download <size>', 'of one archive (default: 20GiB)')
        .argParser(size)
        .default(DOWNLOAD_LIMITS.maxBytes, '20GiB')
        .helpGroup('Limits:'),
    )
    .action(run);
}

async function run(given: readonly string[], flags: Flags): Promise<void> {
  const { findBatchInputs } = await import('../batch/find-inputs.ts');
  const inputs = await findBatchInputs(given, () => readStream(process.stdin));
  if (inputs.length === 0) throw new UserError('no archive given');
  if (flags.enqueue === true) {
    const { enqueue } = await import('./batch/enqueue.ts');
    return enqueue(inputs, flags.archive, flags.maxQueue);
  }
  const view = new BatchView(inputs, process.stderr, { isQuiet: flags.quiet === true, now: () => performance.now() });
  const stop = stopOnSignals(() => view.interrupted());
  await withArchive(flags.archive, (store) => analyseAll(store, inputs, flags, view, stop.signal), { create: true });
  view.end();
  process.exitCode = stop.exitCode ?? exitCodeOf(view);
}

async function analyseAll(
  store: IncidentStore,
  inputs: readonly BatchInput[],
  flags: Flags,
  view: BatchView,
  signal: AbortSignal,
): Promise<void> {
  const { runBatch } = await import('../batch/run-batch.ts');
  const jobs = flags.jobs ?? availableParallelism();
  const options: Omit<BatchOptions, 'incoming'> = {
    ...(await prepareAnalysis(flags, Math.max(1, Math.floor(availableParallelism() / jobs)))),
    jobs,
    downloads: { ...DOWNLOAD_LIMITS, maxBytes: flags.maxDownload },
    update: flags.update === true,
    now: Date.now,
    signal,
    started: (input) => view.started(input),
    progress: (input, bytes) => view.progress(input, bytes),
    async finished(input, outcome) {
      const report =
        flags.failOn === 'never' || outcome.type !== 'known' ? undefined : (await store.get(outcome.id))?.report;
      const judged = outcome.type === 'analysed' ? outcome.report : report;
      view.finished(input, outcome, judged !== undefined && reaches(judged, flags.failOn));
    },
  };
  await withIncoming(flags.archive, (incoming) => runBatch(store, inputs, { ...options, incoming }));
}

/** By the contract: what could not be analysed weighs more than what was found. */
function exitCodeOf(view: BatchView): number {
  if (view.counts.failed > 0) return EXIT.failed;
  return view.counts.reaching > 0 ? EXIT.found : EXIT.ok;
}
