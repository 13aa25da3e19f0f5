import type { Entity } from '../model/entity.ts';
import type { Report, ReportFinding, RootCause } from '../model/report.ts';
import { formatDuration, parseTime } from '../model/time.ts';

/** How numbers, times and states are said. Shared by every rendering. */

export function confidenceInWords(confidence: number): string {
  if (confidence >= 0.95) return 'almost certain';
  if (confidence >= 0.8) return 'very likely';
  if (confidence >= 0.6) return 'likely';
  if (confidence >= 0.35) return 'possible';
  if (confidence >= 0.1) return 'unlikely';
  return 'very unlikely';
}

/** `97 %`; never `100 %` or `0 %` for what is neither. */
export function percent(probability: number): string {
  if (probability >= 0.995 && probability < 1) return '> 99 %';
  if (probability > 0 && probability < 0.005) return '< 1 %';
  return `${Math.round(probability * 100)} %`;
}

const RECOVERY: Readonly<Record<Report['verdict']['recovery'], string>> = {
  'none-needed': 'nothing to recover',
  'in-place': 'recoverable in place',
  hardware: 'needs hardware work',
  reinstall: 'needs a reinstall',
  unknown: 'recovery unknown',
};

export function recoveryInWords(recovery: Report['verdict']['recovery']): string {
  return RECOVERY[recovery];
}

/** `2025-12-02 19:00:05Z`: whole seconds are enough to read by; the JSON report keeps the rest. */
export function readableTime(time: string): string {
  return time.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** `active since 2025-12-02 19:00:05Z` or `recovered, 2025-12-02 19:00:05Z to 20:10:00Z`. */
export function statusInWords(status: 'active' | 'recovered', finding: ReportFinding | undefined): string {
  const first = finding?.firstSeen;
  const last = finding?.lastSeen;
  if (finding?.timeless === true) return `${status} since installation`;
  if (status === 'active') return first === undefined ? 'active, onset unknown' : `active since ${readableTime(first)}`;
  if (first === undefined || last === undefined) return 'recovered';
  return `recovered, ${timeRange(first, last)}`;
}

export function timeRange(from: string, to: string): string {
  const start = readableTime(from);
  const end = readableTime(to);
  if (start === end) return start;
  return `${start} to ${start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end}`;
}

/** `29 h before the gather`, where both times are known. */
export function beforeGather(report: Report, time: string | undefined): string | undefined {
  const gathered = report.window.gatheredAt === undefined ? undefined : parseTime(report.window.gatheredAt);
  const at = time === undefined ? undefined : parseTime(time);
  if (gathered === undefined || at === undefined || at > gathered) return undefined;
  return `${formatDuration(gathered - at)} before the gather`;
}

export function entityInWords(entity: Entity): string {
  return entity.kind === 'cluster' ? 'cluster' : `${entity.kind} ${entity.name}`;
}

/** The entities, at most `most` of them, and how many more there are. */
export function entitiesInWords(entities: readonly Entity[], most = 3): string {
  const named = entities.slice(0, most).map(entityInWords).join(', ');
  return entities.length > most ? `${named}, ${entities.length - most} more` : named;
}

/** The entities that the title does not name already. */
export function unnamedEntities(cause: RootCause | ReportFinding): Entity[] {
  return cause.entities.filter(({ kind, name }) => kind !== 'cluster' && !cause.title.includes(baseName(name)));
}

/** A namespaced name without its namespace: what titles use. */
function baseName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${groupDigits(count)} ${count === 1 ? one : many}`;
}

/** `1 234 567`, the same whatever the locale. */
export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export function formatMillis(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `path:line`, `path@offset` or `path#/pointer`: where to look. */
export function placeOf(
  evidence: Pick<ReportFinding['evidence'][number], 'source' | 'line' | 'offset' | 'pointer'>,
): string {
  if (evidence.line !== undefined) return `${evidence.source}:${evidence.line}`;
  if (evidence.offset !== undefined) return `${evidence.source}@${evidence.offset}`;
  if (evidence.pointer !== undefined) return `${evidence.source}#${evidence.pointer}`;
  return evidence.source;
}
