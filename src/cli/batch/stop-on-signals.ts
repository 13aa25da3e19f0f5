import { ENDING_SIGNALS } from '../signals.ts';

/**
 * Lets long work end in order when it is told to: what is half done is dropped, what is done stays. A second signal ends
 * the process at once.
 */
export function stopOnSignals(tell: () => void): {
  readonly signal: AbortSignal;
  readonly exitCode: number | undefined;
} {
  const controller = new AbortController();
  const state = { signal: controller.signal, exitCode: undefined as number | undefined };
  for (const [signal, number] of ENDING_SIGNALS) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(128 + number);
      state.exitCode = 128 + number;
      tell();
      controller.abort();
    });
  }
  return state;
}
