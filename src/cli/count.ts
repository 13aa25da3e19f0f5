import { InvalidArgumentError } from 'commander';

/** A whole number from 1. Throws commander's `InvalidArgumentError`. */
export function count(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 999999.');
  return Number(text);
}
