import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BUNDLED_SIGNATURES } from '../src/bundled-signatures.ts';
import { loadCatalogue } from '../src/detect/load.ts';

/** Words of control-plane logs: literals of these are near-misses of real lines, as real signatures' are. */
const WORDS = ['failed to sync', 'connection refused by', 'timed out waiting for', 'cannot reach', 'operator degraded'];

/** A directory of `count` signatures: the first bundled ones, then synthetic ones. Without a count, all bundled ones. */
export async function catalogueOf(count: number | undefined, dir: string): Promise<string> {
  const { loaded } = await loadCatalogue([BUNDLED_SIGNATURES]);
  mkdirSync(dir, { recursive: true });
  for (const { file } of loaded.slice(0, count)) cpSync(file, join(dir, basename(file)));
  return additionsTo(count ?? 0, dir);
}

/** A directory of the synthetic signatures alone that make the bundled ones `count`. */
export async function additionsTo(count: number, dir: string): Promise<string> {
  const { loaded } = await loadCatalogue([BUNDLED_SIGNATURES]);
  mkdirSync(dir, { recursive: true });
  for (let i = loaded.length; i < count; i++) writeFileSync(join(dir, `synthetic-${i}.yaml`), synthetic(i));
  return dir;
}

function synthetic(i: number): string {
  const literal = `${WORDS[i % WORDS.length]} unit-${i * 7919}`;
  return `id: synthetic-${i}
title: Synthetic ${i}
component: bench
severity: info
role: context
status: experimental
match:
  line: { log: { contains: '${literal}', pattern: '${literal} (?<what>\\S+)' } }
summary: Synthetic
why: Shows what a signature more costs.
tests:
  hits: [{ name: hit, log: { lines: ['${literal} x'] } }]
  clear: [{ name: clear, log: { lines: ['all is well'] } }]
`;
}
