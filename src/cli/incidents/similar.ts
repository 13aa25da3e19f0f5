import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { BUNDLED_SIGNATURES, COMPILED_SIGNATURES } from '../../bundled-signatures.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { UserError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import { cacheFolder } from '../cache-folder.ts';
import { collect, print } from '../catalogue.ts';
import { count } from '../count.ts';
import { wantsColor } from '../rendering.ts';
import { type ArchiveFlags, addArchiveOption, withArchive } from './open-archive.ts';

interface Flags extends ArchiveFlags {
  readonly format: 'terminal' | 'json';
  readonly most: number;
  readonly signatures?: readonly string[];
  readonly color?: boolean;
}

export function addSimilarCommand(inquest: Command): void {
  const command = inquest
    .command('similar')
    .description('find archived incidents like this one: what is the same, what differs, how they were resolved')
    .argument('<incident>', 'a gather, a saved JSON report, or the id of an archived incident');
  addArchiveOption(command)
    .addOption(
      new Option('-f, --format <format>', 'how to show them').choices(['terminal', 'json']).default('terminal'),
    )
    .addOption(new Option('-n, --most <count>', 'incidents to show').argParser(count).default(5))
    .option('--signatures <dir>', 'directory of your own signatures, for a gather; repeatable', collect)
    .option('--color', 'colours, whatever the output is')
    .option('--no-color', 'no colours')
    .action(run);
}

async function run(given: string, flags: Flags): Promise<void> {
  const { findSimilar } = await import('../../archive/find-similar.ts');
  const found = await withArchive(flags.archive, async (archive) => {
    const { report, except } = await subject(archive, given, flags);
    return findSimilar(archive, report, { most: flags.most, except: new Set(except) });
  });
  if (flags.format === 'json') return print([JSON.stringify(found, null, 2)]);
  const { paperOf } = await import('../../report/terminal/paper.ts');
  const { seenBeforeLines } = await import('../../report/terminal/seen-before.ts');
  const paper = paperOf(process.stdout.columns ?? 80, wantsColor(flags));
  if (found.length === 0) return print(['nothing in the archive is like it']);
  print(found.flatMap((one, i) => [...(i > 0 ? [''] : []), ...seenBeforeLines(paper, one)]));
}

/** The report in question, and the archived incidents that it is itself. */
async function subject(
  archive: IncidentStore,
  given: string,
  flags: Flags,
): Promise<{ report: Report; except: string[] }> {
  const info = await stat(given).catch(() => undefined);
  if (info === undefined) {
    const incident = await archive.get(given);
    if (incident === undefined) throw new UserError(`${given}: neither a file nor an incident of the archive`);
    return { report: incident.report, except: [incident.summary.id] };
  }
  if (info.isFile() && given.endsWith('.json')) {
    const { parseReport } = await import('../../report/parse-report.ts');
    return { report: parseReport(await readFile(given, 'utf8'), given), except: [] };
  }
  const { analyze } = await import('../../analyze.ts');
  const { contentDigest } = await import('../../incidents/content-digest.ts');
  const cacheDir = cacheFolder();
  const report = await analyze([given], {
    signatureDirs: [BUNDLED_SIGNATURES, ...(flags.signatures ?? [])],
    load: { compiled: COMPILED_SIGNATURES, ...(cacheDir !== undefined && { cacheDir }) },
    jobs: availableParallelism(),
    now: Date.now,
  });
  const { incidentId } = await import('../../incidents/incident.ts');
  return { report, except: [incidentId(await contentDigest(given))] };
}
