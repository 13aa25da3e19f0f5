/** Signals that ask a command to end, with their numbers: shells expect an exit code of 128 and that number. */
export const ENDING_SIGNALS: readonly (readonly [signal: NodeJS.Signals, number: number])[] = [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
];
