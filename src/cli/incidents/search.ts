import { type Command, Option } from 'commander';
import { print } from '../catalogue.ts';
import { count } from '../count.ts';
import { wantsColor } from '../rendering.ts';
import { type ArchiveFlags, addArchiveOption, withArchive } from './open-archive.ts';

interface Flags extends ArchiveFlags {
  readonly format: 'terminal' | 'json';
  readonly most: number;
  readonly color?: boolean;
}

export function addSearchCommand(inquest: Command): void {
  const command = inquest
    .command('search')
    .description(
      'search an archive: words, and signature: component: version: platform: status: cluster: since: until:',
    )
    .argument('[words...]', 'what the incidents hold; without words all that the filters let through');
  addArchiveOption(command)
    .addOption(
      new Option('-f, --format <format>', 'how to show them').choices(['terminal', 'json']).default('terminal'),
    )
    .addOption(new Option('-n, --most <count>', 'incidents to show').argParser(count).default(10))
    .option('--color', 'colours, whatever the output is')
    .option('--no-color', 'no colours')
    .action(run);
}

async function run(words: readonly string[], flags: Flags): Promise<void> {
  const { parseQuery } = await import('../../incidents/query.ts');
  const query = parseQuery(words.join(' '), Date.now() * 1000);
  const result = await withArchive(flags.archive, (archive) =>
    archive.search({ ...query, page: { skip: 0, most: flags.most } }),
  );
  if (flags.format === 'json') return print([JSON.stringify(result, null, 2)]);
  const { searchLines } = await import('../../archive/search-lines.ts');
  print(searchLines(result, { width: process.stdout.columns ?? 80, color: wantsColor(flags) }));
}
