import { compareText } from '../model/entity.ts';
import type { Finding } from '../model/finding.ts';
import type { Affected, Impact } from '../model/report.ts';
import { DAY, formatDuration, formatTime, type Micros, parseTime } from '../model/time.ts';
import type { Root } from './explain.ts';

/** When it began, when it could first be seen, and what could not be used. Undefined where nothing is wrong. */
export function impactOf(
  roots: readonly Root[],
  affected: readonly Affected[],
  gatheredAt: Micros | undefined,
): Impact | undefined {
  const first = earliest(roots);
  const reported = firstReported(affected);
  if (first === undefined && reported === undefined && roots.length === 0) return undefined;
  return {
    ...(first !== undefined && { began: formatTime(first.firstSeen!), beganWith: first.id }),
    ...(first?.openStart === true && { mayBeEarlier: true as const }),
    ...(reported !== undefined && { firstReported: wordReport(reported) }),
    ...(reported !== undefined && gatheredAt !== undefined && visible(reported, gatheredAt)),
    affected: affected.filter((entry) => isOfNow(entry, gatheredAt)),
  };
}

/** Logs of a gather seldom reach further back than this. */
const RECENT = 7 * DAY;

/** What turned good long before the gather, from nobody knows when, is another story. */
function isOfNow({ from, until }: Affected, gatheredAt: Micros | undefined): boolean {
  const over = from === undefined && until !== undefined ? parseTime(until) : undefined;
  if (over === undefined || gatheredAt === undefined) return true;
  return over >= gatheredAt - RECENT;
}

/** A fault of configuration is as old as the cluster: of it, the first effect counts. */
function earliest(roots: readonly Root[]): Finding | undefined {
  return roots
    .filter(({ finding }) => finding.status === 'active')
    .flatMap(({ finding, explains }) => [finding, ...explains.keys()])
    .filter((finding) => finding.firstSeen !== undefined && finding.timeless !== true)
    .sort((a, b) => a.firstSeen! - b.firstSeen! || compareText(a.id, b.id))[0];
}

/** The oldest complaint that still stands, of those that operators, nodes and pools make for all to see. */
function firstReported(affected: readonly Affected[]): (Affected & { from: string }) | undefined {
  return affected.find(
    (entry): entry is Affected & { from: string } =>
      entry.kind !== 'api-errors' && entry.from !== undefined && entry.until === undefined,
  );
}

const STATES: Readonly<Record<Affected['kind'], string>> = {
  'operator-unavailable': 'unavailable',
  'operator-degraded': 'degraded',
  'node-not-ready': 'not ready',
  'pool-degraded': 'degraded',
  'api-errors': 'failing',
};

const THINGS: Readonly<Record<Affected['kind'], string>> = {
  'operator-unavailable': 'operator',
  'operator-degraded': 'operator',
  'node-not-ready': 'node',
  'pool-degraded': 'pool',
  'api-errors': 'API of',
};

function stateOf({ kind, name }: Affected): string {
  return `${THINGS[kind]} ${name} ${STATES[kind]}`;
}

function wordReport(entry: Affected & { from: string }): NonNullable<Impact['firstReported']> {
  const { from, source, line } = entry;
  return {
    at: from,
    text: stateOf(entry),
    ...(source !== undefined && { source }),
    ...(line !== undefined && { line }),
  };
}

function visible(entry: Affected & { from: string }, gatheredAt: Micros): Pick<Impact, 'visibleForMs' | 'visibleSign'> {
  const lasted = gatheredAt - (parseTime(entry.from) ?? gatheredAt);
  if (lasted <= 0) return {};
  return {
    visibleForMs: Math.round(lasted / 1000),
    visibleSign: `${stateOf(entry)} for ${formatDuration(lasted)}`,
  };
}
