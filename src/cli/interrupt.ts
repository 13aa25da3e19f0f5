import { removeDrafts } from './output.ts';
import { ENDING_SIGNALS } from './signals.ts';

/**
 * Ends the process when it is told to: with a word of what was done, nothing half written, and the exit code that shells
 * expect of a signal. `tell` says how far the work is, such as `reading, 3 files`.
 */
export function endOnSignals(tell: () => string): void {
  for (const [signal, number] of ENDING_SIGNALS) {
    process.once(signal, () => {
      removeDrafts();
      process.stderr.write(`inquest: interrupted (${tell()}); no report was written\n`);
      process.exit(128 + number);
    });
  }
}
