import type { Knowledge } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import type { AllFacts, Phases } from '../model/facts.ts';
import { type Finding, severityRank } from '../model/finding.ts';
import type { Affected } from '../model/report.ts';
import { type Resource, readText } from '../model/resource.ts';
import { formatTime, MINUTE, type Micros, parseTime } from '../model/time.ts';
import { type Condition, conditionsOf } from './conditions.ts';

type Kind = Affected['kind'];

/** Which states of which condition mean that a thing can be used; nobody is degraded who does not know it. */
const GOOD: readonly (readonly [
  kind: 'ClusterOperator' | 'Node' | 'MachineConfigPool',
  type: string,
  good: readonly string[],
  Kind,
])[] = [
  ['ClusterOperator', 'Available', ['True'], 'operator-unavailable'],
  ['ClusterOperator', 'Degraded', ['False', 'Unknown'], 'operator-degraded'],
  ['Node', 'Ready', ['True'], 'node-not-ready'],
  ['MachineConfigPool', 'Degraded', ['False', 'Unknown'], 'pool-degraded'],
];

/** Components whose symptoms are errors of the API. */
const API: ReadonlySet<string> = new Set(['kube-apiserver', 'haproxy', 'haproxy-monitor']);
const LONGEST_TEXT = 300;

/** What could not be used, and when: by what operators, nodes and pools say now, and by errors of the API. */
export function affected(
  facts: AllFacts,
  findings: readonly Finding[],
  knowledge: ReadonlyMap<string, Knowledge>,
): Affected[] {
  const stated = GOOD.flatMap(([kind, type, good, means]) =>
    facts[kind].flatMap((resource) =>
      conditionsOf(resource)
        .filter((condition) => condition.type === type)
        .flatMap((condition) => entryOf(resource, condition, good, means, facts.phases)),
    ),
  );
  const api = findings.filter((f) => f.role === 'symptom' && isOfApi(f, knowledge)).map(apiEntry);
  return [...stated, ...api].sort(
    (a, b) => compareText(a.from ?? '', b.from ?? '') || compareText(a.kind, b.kind) || compareText(a.name, b.name),
  );
}

function entryOf(
  resource: Resource,
  condition: Condition,
  good: readonly string[],
  kind: Kind,
  phases: Phases,
): Affected[] {
  const { status, since, text, source, line } = condition;
  const entry = { kind, name: resource.name, source, line };
  if (!good.includes(status)) {
    return [
      {
        ...entry,
        ...(since !== undefined && { from: formatTime(since) }),
        ...(text !== '' && { text: text.slice(0, LONGEST_TEXT) }),
      },
    ];
  }
  // A condition that turned good in the middle of normal life was bad until then, for how long nothing says.
  return status !== 'Unknown' && since !== undefined && isRecovery(since, resource, phases)
    ? [{ ...entry, until: formatTime(since) }]
    : [];
}

/** Things settle for a while after they were made. */
const SETTLING = 30 * MINUTE;

function isRecovery(at: Micros, resource: Resource, { install, upgrades }: Phases): boolean {
  if (install === undefined || install.to === undefined || at <= install.to + SETTLING) return false;
  if (upgrades.some(({ from, to }) => at >= from && at <= to + SETTLING)) return false;
  const created = parseTime(readText(resource.body, 'metadata.creationTimestamp') ?? '');
  return created !== undefined && at - created > SETTLING;
}

function isOfApi(finding: Finding, knowledge: ReadonlyMap<string, Knowledge>): boolean {
  const { component = '' } = knowledge.get(finding.signature) ?? {};
  return API.has(component) && severityRank(finding.severity) >= 1 && finding.firstSeen !== undefined;
}

function apiEntry({ id, title, firstSeen, lastSeen, status, evidence }: Finding): Affected {
  const [first] = evidence;
  return {
    kind: 'api-errors',
    name: 'cluster',
    from: formatTime(firstSeen!),
    ...(status === 'recovered' && lastSeen !== undefined && { until: formatTime(lastSeen) }),
    text: title,
    finding: id,
    ...(first !== undefined && { source: first.source }),
    ...(first?.line !== undefined && { line: first.line }),
  };
}
