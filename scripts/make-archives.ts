import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { madeArchives } from '../src/gathers/archives.ts';

// Many archives of made-up incidents, some of them broken:
// node scripts/make-archives.ts --out DIR [--count 200] [--broken 10] [--seed 1]

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    count: { type: 'string', default: '200' },
    broken: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.out === undefined) throw new RangeError('--out DIR is missing');
mkdirSync(values.out, { recursive: true });
for await (const { name, bytes } of madeArchives(Number(values.count), Number(values.broken), values.seed)) {
  writeFileSync(join(values.out, name), bytes);
}
