/**
 * Analyses the same inputs again and again in one process, and shows that its memory stays flat.
 *
 *     node --expose-gc bench/soak.ts [--rounds 100] [INPUT...]
 *
 * Without inputs: all files of the corpus where it is present, and the sample gathers.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyze } from '../src/analyze.ts';
import { BUNDLED_SIGNATURES } from '../src/bundled-signatures.ts';
import { UserError } from '../src/model/errors.ts';

const ROOT = join(import.meta.dirname, '..');
const CORPUS = join(ROOT, '../shared/corpus');
const MiB = 1024 ** 2;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '100' } },
});

function samples(): string[] {
  const gathers = join(ROOT, 'sample-gathers');
  return readdirSync(gathers, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(gathers, entry.name));
}

function corpus(): string[] {
  if (!existsSync(CORPUS)) return [];
  return readdirSync(CORPUS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const inputs = positionals.length > 0 ? positionals : [...samples(), ...corpus()];
const cacheDir = mkdtempSync(join(tmpdir(), 'inquest-soak-'));
let refused = 0;
const start = performance.now();
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const input of inputs) {
    try {
      await analyze([input], {
        signatureDirs: [BUNDLED_SIGNATURES],
        load: { cacheDir },
        now: Date.now,
      });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused++;
    }
  }
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const [resident, heap, buffers] = [rss, heapUsed, arrayBuffers].map((bytes) => (bytes / MiB).toFixed(0));
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  process.stdout.write(
    `round ${round}: ${inputs.length} inputs, resident ${resident} MiB, heap ${heap} MiB, buffers ${buffers} MiB, ${minutes} min\n`,
  );
}
rmSync(cacheDir, { recursive: true });
process.stdout.write(`${refused} analyses refused their input with one line\n`);
