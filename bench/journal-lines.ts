/** Reads the journals that are given as an analysis does, into lines that nobody looks at, and prints how many there are. */
import { ingest } from '../src/ingest/ingest.ts';
import { DEFAULT_LIMITS } from '../src/model/limits.ts';

const silent = { region: () => undefined, end: () => undefined };
const read = await ingest(
  process.argv.slice(2),
  { kinds: new Set(), logsOnly: true, limits: DEFAULT_LIMITS },
  { log: () => silent, resource: () => undefined, document: () => undefined },
);
process.stdout.write(`${read.summaries.reduce((sum, summary) => sum + summary.lines, 0)}\n`);
