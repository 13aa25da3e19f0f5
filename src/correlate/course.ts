import { compareText } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { RootCause, TimelineEntry } from '../model/report.ts';
import { formatTime, MINUTE, parseTime } from '../model/time.ts';
import { conditionsOf } from './conditions.ts';
import { laneOf } from './timeline.ts';

type Change = NonNullable<RootCause['recovered']>['changed'][number];

/** What mends a fault comes shortly before it was last seen, and what follows from that soon after. */
const BEFORE = 10 * MINUTE;
const AFTER = 30 * MINUTE;
const MOST = 6;
const TELLING: ReadonlySet<string> = new Set(['boot', 'version']);

/** Of a cause that is over: since when, and what happened around then on the same host or to the whole cluster. */
export function recoveryOf(
  finding: Finding,
  findings: readonly Finding[],
  timeline: readonly TimelineEntry[],
  facts: AllFacts,
): RootCause['recovered'] {
  if (finding.status !== 'recovered') return undefined;
  const { lastSeen } = finding;
  if (lastSeen === undefined) return { changed: [] };
  const lane = laneOf(finding);
  const isNear = (time: string | undefined): boolean => {
    const at = time === undefined ? undefined : parseTime(time);
    return at !== undefined && at >= lastSeen - BEFORE && at <= lastSeen + AFTER;
  };
  const changed: Change[] = [
    ...timeline.filter((entry) => isOurs(entry, lane) && TELLING.has(entry.kind) && isNear(entry.at)).map(ofTimeline),
    ...findings.filter((other) => isAnswer(other, finding, lane)).map(ofFinding),
    ...turnedGood(facts),
  ];
  return {
    at: formatTime(lastSeen),
    changed: changed
      .filter(({ at }) => isNear(at))
      .sort((a, b) => compareText(a.at!, b.at!) || compareText(a.text, b.text))
      .slice(0, MOST),
  };
}

function isOurs(entry: TimelineEntry, lane: string): boolean {
  return entry.lane === lane || entry.lane === 'cluster';
}

/** What somebody did, or the host began to do, on the same host. */
function isAnswer(other: Finding, finding: Finding, lane: string): boolean {
  return other !== finding && other.role === 'context' && other.firstSeen !== undefined && laneOf(other) === lane;
}

function ofTimeline({ at, text, lane, source }: TimelineEntry): Change {
  return { at, text: `${text} (${lane})`, ...(source !== undefined && { source }) };
}

function ofFinding({ firstSeen, title, evidence }: Finding): Change {
  const [first] = evidence;
  return {
    at: formatTime(firstSeen!),
    text: title,
    ...(first !== undefined && { source: first.source }),
    ...(first?.line !== undefined && { line: first.line }),
  };
}

const GOOD: readonly (readonly [kind: 'Node' | 'ClusterOperator' | 'MachineConfigPool', string])[] = [
  ['Node', 'Ready=True'],
  ['ClusterOperator', 'Available=True'],
  ['ClusterOperator', 'Degraded=False'],
  ['MachineConfigPool', 'Degraded=False'],
];

function turnedGood(facts: AllFacts): Change[] {
  return GOOD.flatMap(([kind, state]) =>
    facts[kind].flatMap((resource) =>
      conditionsOf(resource)
        .filter(({ type, status, since }) => `${type}=${status}` === state && since !== undefined)
        .map(({ since, source, line }) => ({
          at: formatTime(since!),
          text: `${kind} ${resource.name} became ${state}`,
          source,
          line,
        })),
    ),
  );
}

/** Earlier occurrences of a cause, for the report. */
export function earlierOf({ earlier = [] }: Finding): RootCause['earlier'] {
  if (earlier.length === 0) return undefined;
  return earlier.map(({ from, to, count }) => ({ from: formatTime(from), until: formatTime(to), count }));
}
