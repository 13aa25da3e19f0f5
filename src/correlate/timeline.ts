import { compareText } from '../model/entity.ts';
import type { AllFacts, Boot } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { TimelineEntry } from '../model/report.ts';
import { isFields, readList, readText } from '../model/resource.ts';
import { formatTime, type Micros, parseTime } from '../model/time.ts';

/** Entries kept at the most; the earliest and the gravest stay. */
const MAX_ENTRIES = 5000;

/** What happened when: findings, operators' transitions, version history, boots and the gather. */
export function buildTimeline(
  findings: readonly Finding[],
  facts: AllFacts,
  gatheredAt: Micros | undefined,
): TimelineEntry[] {
  const entries = [
    ...findings.flatMap(findingEntry),
    ...operatorEntries(facts),
    ...versionEntries(facts),
    ...bootEntries(facts),
    ...(gatheredAt === undefined ? [] : [entry(gatheredAt, 'cluster', 'gather', 'info', 'gather taken')]),
  ];
  return entries
    .sort((a, b) => compareText(a.at, b.at) || compareText(a.lane, b.lane) || compareText(a.text, b.text))
    .slice(0, MAX_ENTRIES);
}

function entry(
  at: Micros,
  lane: string,
  kind: string,
  severity: TimelineEntry['severity'],
  text: string,
): TimelineEntry {
  return { at: formatTime(at), lane, kind, severity, text };
}

function findingEntry(finding: Finding): TimelineEntry[] {
  if (finding.firstSeen === undefined) return [];
  const until = finding.lastSeen;
  const source = finding.evidence[0]?.source;
  return [
    {
      ...entry(finding.firstSeen, laneOf(finding), finding.role, finding.severity, finding.title),
      ...(until !== undefined && until !== finding.firstSeen && { until: formatTime(until) }),
      finding: finding.id,
      ...(source !== undefined && { source }),
    },
  ];
}

/** A finding's lane is the node, operator or namespace it is about. */
export function laneOf(finding: Finding): string {
  for (const kind of ['node', 'operator', 'baremetalhost', 'machine', 'pod', 'namespace'] as const) {
    const entity = finding.entities.find((e) => e.kind === kind);
    if (entity === undefined) continue;
    if (kind === 'pod') return `namespace ${entity.name.split('/')[0]}`;
    return `${kind === 'baremetalhost' || kind === 'machine' ? 'node' : kind} ${entity.name.split('/').at(-1)}`;
  }
  return 'cluster';
}

function operatorEntries(facts: AllFacts): TimelineEntry[] {
  return facts.ClusterOperator.flatMap((operator) =>
    readList(operator.body, 'status.conditions').flatMap((condition): TimelineEntry[] => {
      if (!isFields(condition)) return [];
      const [type, status] = [readText(condition, 'type'), readText(condition, 'status')];
      const at = parseTime(readText(condition, 'lastTransitionTime') ?? '');
      const bad = (type === 'Available' && status === 'False') || (type === 'Degraded' && status === 'True');
      if (at === undefined || !bad) return [];
      const text = `${type}=${status} ${readText(condition, 'reason') ?? ''}`.trim();
      return [{ ...entry(at, `operator ${operator.name}`, 'condition', 'error', text), source: operator.path }];
    }),
  );
}

function versionEntries(facts: AllFacts): TimelineEntry[] {
  return facts.ClusterVersion.flatMap((version) =>
    readList(version.body, 'status.history').flatMap((item): TimelineEntry[] => {
      const name = readText(item, 'version') ?? '?';
      const started = parseTime(readText(item, 'startedTime') ?? '');
      const completed = parseTime(readText(item, 'completionTime') ?? '');
      return [
        ...(started === undefined ? [] : [entry(started, 'cluster', 'version', 'info', `version ${name} started`)]),
        ...(completed === undefined
          ? []
          : [entry(completed, 'cluster', 'version', 'info', `version ${name} completed`)]),
      ];
    }),
  );
}

function bootEntries(facts: AllFacts): TimelineEntry[] {
  return facts.boots.flatMap((boot) => {
    const { from, to, ending, source } = boot;
    const lane = `node ${boot.host}`;
    const start = from === undefined ? [] : [{ ...entry(from, lane, 'boot', 'info', 'boot'), source }];
    if (to === undefined || ending === undefined) return start;
    const severity = ending === 'clean' ? 'info' : ending === 'unknown' ? 'warning' : 'error';
    const last = ending === 'clean' || boot.last === undefined ? '' : `; last line: ${boot.last.text.slice(0, 200)}`;
    const end = entry(to, lane, 'boot-end', severity, `${ENDINGS[ending]}${last}`);
    return [...start, { ...end, source: boot.last?.source ?? source }];
  });
}

const ENDINGS: Readonly<Record<NonNullable<Boot['ending']>, string>> = {
  clean: 'boot ended by a shutdown',
  panic: 'boot ended by a kernel panic',
  watchdog: 'boot ended by a watchdog',
  unknown: 'boot ended without a shutdown (power loss or reset)',
};
