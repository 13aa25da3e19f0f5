import type { SourceSummary } from '../../model/ingest.ts';
import type { SourceKind } from '../../model/source.ts';
import { logsInWords } from '../logs-in-words.ts';

/** One sentence for the kernel logs, and one for the consoles, of which nothing tells whose they are. */
export function hostNotes(summaries: readonly SourceSummary[]): string[] {
  const nameless = summaries.filter(
    ({ source, lines, hosts }) =>
      (source.kind === 'console' || source.kind === 'kernel') &&
      lines > 0 &&
      source.host === undefined &&
      source.pod === undefined &&
      hosts.length === 0,
  );
  return [...Map.groupBy(nameless, ({ source }): SourceKind => source.kind)].map(([kind, logs]) => {
    const one = logs.length === 1;
    const where = logsInWords(
      kind,
      logs.map(({ source }) => source.path),
    );
    return `${where} ${one ? 'names' : 'name'} no host: a file called HOST-${kind}.log says whose it is.`;
  });
}
