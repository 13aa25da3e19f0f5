import { existsSync } from 'node:fs';
import { compareText } from '../model/entity.ts';
import { InputError } from '../model/errors.ts';

/**
 * Expands patterns such as `uploads/*.tar.gz` that the shell left alone (quoted, or on Windows). A path that exists is
 * taken as it is, whatever characters are in it: gathers hold file names with brackets and stars.
 * @throws InputError for a pattern that matches nothing
 */
export async function expandInputs(inputs: readonly string[]): Promise<string[]> {
  const expanded = await Promise.all(inputs.map(expand));
  return expanded.flat();
}

async function expand(input: string): Promise<string[]> {
  if (input === '-' || !/[*?[{]/.test(input) || existsSync(input)) return [input];
  const { default: fastGlob } = await import('fast-glob');
  const found = await fastGlob(input.replaceAll('\\', '/'), {
    onlyFiles: false,
    dot: false,
    followSymbolicLinks: false,
  });
  if (found.length === 0) throw new InputError(`${input}: no file or directory matches`);
  return found.sort(compareText);
}
