import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runCli } from '../support/run-cli.ts';

const DEPLOY = path.join(import.meta.dirname, '../../deploy');

/** Every list of arguments in a file of `deploy/`. */
function commands(file: string): string[][] {
  const found: string[][] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'args' || key === 'command') && Array.isArray(inner)) found.push(inner.map(String));
      else look(inner);
    }
  };
  for (const document of parseAllDocuments(readFileSync(path.join(DEPLOY, file), 'utf8'))) {
    expect(document.errors).toEqual([]);
    look(document.toJS());
  }
  return found;
}

describe.each(['kubernetes.yaml', 'compose.yaml'])('deploy/%s', (file) => {
  it('calls commands and options that exist', () => {
    const all = commands(file);
    expect(all.length).toBeGreaterThan(0);
    for (const args of all) {
      const help = runCli([args[0]!, '--help']).stdout;
      for (const option of args.filter((arg) => arg.startsWith('--'))) expect(help).toContain(option);
    }
  });
});
