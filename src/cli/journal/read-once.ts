import { statSync } from 'node:fs';

/** The input that can be read a single time: standard input, or a named pipe such as a shell's `<(zcat …)`. */
export function readOnce(inputs: readonly string[]): string | undefined {
  return inputs.find((input) => input === '-' || statSync(input, { throwIfNoEntry: false })?.isFIFO() === true);
}
