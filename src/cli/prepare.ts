import { availableParallelism } from 'node:os';
import { prepareThread } from '../ingest/open/prepare-thread.ts';

/**
 * Starts what an analysis will need and what takes a while by itself, before the command line is loaded, given the arguments
 * of the process. What is none of an input is no file, or does no harm.
 */
export function prepare(args: readonly string[]): void {
  if (args[0] === 'analyze' && jobsOf(args) > 1) prepareThread(args.slice(1));
}

function jobsOf(args: readonly string[]): number {
  const at = args.findIndex((arg) => arg === '--jobs' || arg.startsWith('--jobs='));
  if (at < 0) return availableParallelism();
  return Number(args[at] === '--jobs' ? args[at + 1] : args[at]!.slice('--jobs='.length));
}
