// Part of the build: joins the modules of the command line into a few files, because to find, read and link four hundred of
// them takes longer than to decompress a must-gather. What is imported lazily stays in a file of its own.
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { rolldown } from 'rolldown';

const OUT = 'dist/bundle';

/** A module goes on finding the files beside it: its address stays that of the file that it came from. */
const ownAddress = {
  name: 'own-address',
  transform(code, id) {
    if (!code.includes('import.meta.url') || id.includes('node_modules')) return null;
    const file = relative(OUT, id).replaceAll('\\', '/');
    return { code: code.replaceAll('import.meta.url', `new URL('${file}', import.meta.url).href`), map: null };
  },
};

rmSync(OUT, { recursive: true, force: true });
const bundle = await rolldown({
  // The second is the process of one analysis of a batch.
  input: ['dist/cli/main.js', 'dist/cli/batch/analysis-child.js'],
  platform: 'node',
  // Some packages hide what they require in their CommonJS form.
  resolve: { mainFields: ['module', 'main'] },
  plugins: [ownAddress],
});
await bundle.write({ dir: OUT, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' });
await bundle.close();
