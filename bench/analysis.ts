/** Analyses FILE with the signatures of DIR and no others: `node bench/analysis.ts DIR FILE`. The CLI always has the bundled ones. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { analyze } from '../src/index.ts';

const [dir, file] = process.argv.slice(2);
if (dir === undefined || file === undefined) throw new RangeError('usage: node bench/analysis.ts DIR FILE');
const load = { cacheDir: join(dir, '..', 'cache') };
await analyze([file], { signatureDirs: [dir], load, now: Date.now, jobs: availableParallelism() });
