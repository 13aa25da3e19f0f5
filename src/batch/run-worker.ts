import { setTimeout as sleep } from 'node:timers/promises';
import type { IncidentStore } from '../incidents/store.ts';
import type { JobQueue, QueuedInput } from './job-queue.ts';
import { type BatchOptions, type BatchOutcome, runBatch } from './run-batch.ts';

export interface WorkerOptions extends Omit<BatchOptions, 'finished' | 'started' | 'progress'> {
  /** Ends once nothing waits and nothing is being analysed by anybody. */
  readonly untilEmpty: boolean;
  finished(input: QueuedInput, outcome: BatchOutcome, willRetry: boolean): void;
}

const LOOK_MS = 1000;

/** Thrown to give a job back: another worker takes it, or this one later. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

/**
 * Analyses what the queue gives out until the signal says to end; what is being analysed then goes back. Doing a job twice
 * changes nothing: content that the archive holds is not analysed again, and what is put twice is there once.
 */
export async function runWorker(store: IncidentStore, queue: JobQueue, options: WorkerOptions): Promise<void> {
  const { signal, untilEmpty } = options;
  await queue.work(options.jobs, (input, isLast) => settleJob(store, input, isLast, options));
  while (!signal.aborted) {
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    if (!untilEmpty || signal.aborted) continue;
    // A database that is away for a moment is not an empty queue.
    const counts = await queue.counts().catch(() => undefined);
    if (counts !== undefined && counts.waiting === 0 && counts.active === 0) return;
  }
}

async function settleJob(
  store: IncidentStore,
  input: QueuedInput,
  isLast: boolean,
  { finished, ...options }: WorkerOptions,
): Promise<void> {
  let outcome: BatchOutcome | undefined;
  await runBatch(store, [input], {
    ...options,
    jobs: 1,
    finished: (_, result) => {
      outcome = result;
    },
  });
  if (outcome === undefined) throw new TryAgain('interrupted');
  // What cannot be read will not be readable later; anything else may be the fault of this machine.
  const willRetry = outcome.type === 'failed' && outcome.kind !== 'unreadable' && !isLast;
  finished(input, outcome, willRetry);
  if (outcome.type === 'failed' && outcome.kind !== 'unreadable') throw new TryAgain(outcome.reason);
}
