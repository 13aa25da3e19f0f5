/** Reads the journals that are given as an analysis does, into lines that nobody looks at, and prints how many there are. */
import type * as Ingest from '../src/ingest/ingest.ts';
import type * as Limits from '../src/model/limits.ts';

// Of the build: to strip the types of the sources takes longer than to read a small journal.
const { ingest } = (await import(new URL('../dist/ingest/ingest.js', import.meta.url).href)) as typeof Ingest;
const { DEFAULT_LIMITS } = (await import(new URL('../dist/model/limits.js', import.meta.url).href)) as typeof Limits;

const silent = { region: () => undefined, end: () => undefined };
const read = await ingest(
  process.argv.slice(2),
  { kinds: new Set(), logsOnly: true, limits: DEFAULT_LIMITS },
  { log: () => silent, resource: () => undefined, document: () => undefined },
);
process.stdout.write(`${read.summaries.reduce((sum, summary) => sum + summary.lines, 0)}\n`);
