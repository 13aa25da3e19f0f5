import type { SourceSummary } from '../../model/ingest.ts';
import type { SourceKind } from '../../model/source.ts';
import type { Duration } from '../../model/time.ts';
import { logsInWords } from '../logs-in-words.ts';

/** Forms whose lines never name their zone: they are in that of the host or of whoever printed them. */
const LOCAL: ReadonlySet<string> = new Set([
  'journal-short',
  'journal-short-precise',
  'syslog',
  'dmesg-ctime',
  'keepalived',
  'oslo',
]);

/** What must be subtracted from a log's stamps to be in UTC, beyond what its lines say themselves. */
export function offsetOf(summary: SourceSummary, assumed: Duration | undefined): Duration {
  const { zone, format } = summary;
  if (LOCAL.has(format)) return zone?.offset ?? (isUnsure(summary) ? (assumed ?? 0) : 0);
  return isUnsure(summary) ? (assumed ?? 0) : 0;
}

/**
 * Whether nothing tells the zone of a log. The hosts of a gather run in UTC: only what came in by itself is in doubt, and
 * logs that name a zone which nobody knows.
 */
function isUnsure({ source, format, zone, last }: SourceSummary): boolean {
  if (last === undefined || last.clock === 'monotonic') return false;
  if (zone !== undefined) return zone.offset === undefined;
  const isHostKnown = source.host !== undefined && source.isHostGuessed !== true;
  const isOfGather = source.merged === true || source.kind === 'container' || isHostKnown;
  return LOCAL.has(format) && !isOfGather;
}

/** One sentence for each kind of log whose times may be off by a zone. */
export function zoneNotes(summaries: readonly SourceSummary[], assumed: Duration | undefined): string[] {
  const byKind = new Map<SourceKind, SourceSummary[]>();
  for (const summary of summaries) {
    if (!isUnsure(summary)) continue;
    const { kind } = summary.source;
    byKind.set(kind, [...(byKind.get(kind) ?? []), summary]);
  }
  return [...byKind].map(([kind, logs]) => {
    const zone = logs[0]?.zone;
    const one = logs.length === 1;
    const named = zone === undefined ? 'no time zone' : `the time zone ${zone.name}, which may be any of several`;
    const what = `${one ? 'states' : 'state'} ${named}`;
    const where = logsInWords(
      kind,
      logs.map(({ source }) => source.path),
    );
    const read =
      assumed === undefined ? 'read as UTC (--assume-timezone sets another)' : 'read as --assume-timezone says';
    return `${where} ${what}: their times are ${read}.`;
  });
}
