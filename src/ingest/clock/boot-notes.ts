import type { PlaceTime } from '../../model/facts.ts';
import type { SourceSummary } from '../../model/ingest.ts';
import type { SourceKind } from '../../model/source.ts';
import { logsInWords } from '../logs-in-words.ts';
import { lastBoot } from './boot-times.ts';

/** One sentence for each kind of log of several boots where nothing tells when one of them began. */
export function bootNotes(summaries: readonly SourceSummary[], place: PlaceTime): string[] {
  const byKind = new Map<SourceKind, { readonly path: string; readonly boots: number; readonly unknown: number }[]>();
  for (const summary of summaries) {
    const { source } = summary;
    const boots = bootsIn(summary);
    if (boots.length < 2) continue;
    const host = source.host ?? (summary.hosts.length === 1 ? summary.hosts[0]!.host : undefined);
    const unknown = boots.filter(
      (boot) => place(source.path, host, { clock: 'monotonic', micros: 0, boot }) === undefined,
    );
    if (unknown.length === 0) continue;
    const one = { path: source.path, boots: boots.length, unknown: unknown.length };
    byKind.set(source.kind, [...(byKind.get(source.kind) ?? []), one]);
  }
  return [...byKind].map(([kind, logs]) => {
    const sum = (of: (log: (typeof logs)[number]) => number): number => logs.reduce((all, log) => all + of(log), 0);
    const one = logs.length === 1;
    const where = logsInWords(
      kind,
      logs.map(({ path }) => path),
    );
    const [boots, unknown] = [sum((log) => log.boots), sum((log) => log.unknown)];
    const which =
      unknown === boots ? 'nothing tells when any of them began' : `nothing tells when ${unknown} of them began`;
    return `${where} ${one ? 'counts its' : 'count their'} times since boot, of ${boots} boots: ${which}, so those lines have no date.`;
  });
}

function bootsIn({ last, boots }: SourceSummary): number[] {
  if (last?.clock !== 'monotonic') return [];
  const to = lastBoot(last, boots);
  const from = Math.min(0, ...boots.map(({ run = 0 }) => run));
  // Newest first, the log begins with its last boot, 0.
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
