// Part of the build: joins the modules of the command line into a few files, because to find, read and link four hundred of
// them takes longer than to decompress a must-gather. What is imported lazily stays in a file of its own. The files are
// CommonJS: to import a module of Node's as ESM reads every property that it has, and so loads half of Node.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { lazyBuiltins } from './lazy-builtins.js';

const OUT = 'dist/bundle';
const THREAD = 'dist/ingest/open/inflate-thread.js';
/** The second is the process of one analysis of a batch, the others what `bin` needs before the command line is loaded. */
const ENTRIES = [
  'dist/cli/main.js',
  'dist/cli/batch/analysis-child.js',
  'dist/cli/prepare.js',
  'dist/cli/compile-cache.js',
];

/** A module goes on finding the files beside it: its address stays that of the file that it came from. */
const ownAddress = {
  name: 'own-address',
  transform(code, id) {
    if (!code.includes('import.meta.url') || id.includes('node_modules')) return null;
    const file = relative(OUT, id).replaceAll('\\', '/');
    const address = `process.getBuiltinModule('node:url').pathToFileURL(\`\${__dirname}/${file}\`).href`;
    return { code: code.replaceAll('import.meta.url', address), map: null };
  },
};

/** V8 keeps a text of ASCII in half the memory, and has read it sooner. What is not ASCII stands in strings and expressions. */
const asciiOnly = {
  name: 'ascii-only',
  generateBundle(_options, files) {
    for (const file of Object.values(files))
      if (file.type === 'chunk') file.code = file.code.replaceAll(NOT_ASCII, escaped);
  },
};
const NOT_ASCII = /[^\x00-\x7f]/g;
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const OPTIONS = {
  preserveEntrySignatures: 'allow-extension',
  platform: 'node',
  // Some packages hide what they require in their CommonJS form.
  resolve: { mainFields: ['module', 'main'] },
  plugins: [ownAddress, lazyBuiltins, asciiOnly],
};
const NAMES = { format: 'cjs', comments: false, entryFileNames: '[name].js', chunkFileNames: '[name].js' };

async function bundleOf(output, write) {
  const bundle = await rolldown({ ...OPTIONS, input: ENTRIES });
  const made = await bundle[write ? 'write' : 'generate']({ ...NAMES, ...output });
  await bundle.close();
  return made.output;
}

/** The modules that are loaded along with one, without those that are imported lazily. */
function loadedWith(chunks, file) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const seen = new Set();
  const modules = new Set();
  const visit = (name) => {
    const chunk = byName.get(name);
    if (chunk === undefined || seen.has(name)) return;
    seen.add(name);
    for (const id of chunk.moduleIds) modules.add(id);
    for (const next of chunk.imports) visit(next);
  };
  visit(chunks.find(({ facadeModuleId }) => facadeModuleId === resolve(file))?.fileName);
  return modules;
}

// Left to itself, the bundler puts what two entries share into a file for each such pair: thirty of them for an analysis.
const first = await bundleOf({}, false);
const always = loadedWith(first, 'dist/cli/main.js');
const early = loadedWith(first, 'dist/cli/prepare.js').union(loadedWith(first, 'dist/cli/compile-cache.js'));
const journals = loadedWith(first, 'dist/cli/journal/print-journals.js');
const analysis = loadedWith(first, 'dist/analyze.js');
const entries = new Set([...ENTRIES, 'dist/analyze.js'].map((file) => resolve(file)));
const group = (name, test) => ({ name, test: (id) => !entries.has(id) && test(id) });

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT);
writeFileSync(`${OUT}/package.json`, '{ "type": "commonjs" }\n');
await bundleOf(
  {
    dir: OUT,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        group('early', (id) => early.has(id)),
        group('start', (id) => always.has(id)),
        group('lines', (id) => analysis.has(id) && journals.has(id)),
        group('analysis', (id) => analysis.has(id)),
      ],
    },
  },
  true,
);

// The thread that decompresses is to start fast.
const thread = await rolldown({ ...OPTIONS, plugins: [], input: THREAD });
await thread.write({ file: THREAD, format: 'esm', codeSplitting: false });
await thread.close();
