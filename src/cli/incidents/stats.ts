import { type Command, Option } from 'commander';
import type { ArchiveStatistics } from '../../archive/stats-sections.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { UserError } from '../../model/errors.ts';
import { type CatalogueFlags, collect, loadDetectors, loadSignatures } from '../catalogue.ts';
import { checkOutput, writeOutput } from '../output.ts';
import { wantsColor } from '../rendering.ts';
import { type ArchiveFlags, addArchiveOption, withArchive } from './open-archive.ts';

interface Flags extends ArchiveFlags, CatalogueFlags {
  readonly format: 'terminal' | 'json' | 'markdown' | 'html';
  readonly output?: string;
  readonly color?: boolean;
}

export function addStatsCommand(inquest: Command): void {
  const command = inquest
    .command('stats')
    .description('say what an archive holds as a whole: causes, releases, months, early signs, what is unexplained')
    .argument('[filters...]', 'only incidents that these let through, such as version:4.18 since:90d');
  addArchiveOption(command)
    .addOption(
      new Option('-f, --format <format>', 'how to show it')
        .choices(['terminal', 'json', 'markdown', 'html'])
        .default('terminal'),
    )
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .option('--signatures <dir>', 'directory of your own signatures, for those that never hit; repeatable', collect)
    .option('--color', 'colours, whatever the output is')
    .option('--no-color', 'no colours')
    .action(run);
}

async function run(filters: readonly string[], flags: Flags): Promise<void> {
  await checkOutput(flags.output);
  const { parseQuery } = await import('../../incidents/query.ts');
  const { words, filter } = parseQuery(filters.join(' '), Date.now() * 1000);
  if (words !== '') throw new UserError(`${words}: not a filter; stats takes filters such as version:4.18 since:90d`);
  const all = await withArchive(flags.archive, async (archive) => ({
    statistics: await archive.statistics(filter),
    failures: Object.keys(filter).length > 0 ? [] : await archive.failures(),
    ...(Object.keys(filter).length === 0 && { neverHit: await neverHit(archive, flags) }),
  }));
  await writeOutput(flags.output, await rendered(all, flags));
}

async function neverHit(archive: IncidentStore, flags: CatalogueFlags): Promise<string[]> {
  const { signatures } = await loadSignatures(flags);
  const ids = [...signatures.map(({ id }) => id), ...(await loadDetectors()).map(({ about }) => about.id)];
  const hits = new Set((await archive.statistics({})).hits.map(({ value }) => value));
  return [...new Set(ids)].filter((id) => !hits.has(id)).sort();
}

async function rendered(all: ArchiveStatistics, flags: Flags): Promise<string> {
  switch (flags.format) {
    case 'json':
      return `${JSON.stringify(all, null, 2)}\n`;
    case 'markdown':
      return (await import('../../archive/stats-markdown.ts')).statsMarkdown(all);
    case 'html':
      return (await import('../../archive/html/stats.ts')).statsHtml(all);
    case 'terminal': {
      const { statsLines } = await import('../../archive/stats-lines.ts');
      const width = (flags.output === undefined ? process.stdout.columns : undefined) ?? 80;
      return `${statsLines(all, { width, color: wantsColor(flags) }).join('\n')}\n`;
    }
  }
}
