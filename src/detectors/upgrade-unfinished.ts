import { defineDetector } from '../model/detector.ts';
import { CLUSTER, compareText } from '../model/entity.ts';
import type { Evidence } from '../model/finding.ts';
import { type Resource, read, readList, readText } from '../model/resource.ts';
import { formatDuration, HOUR } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { timeAt } from './objects/age.ts';
import { conditionEvidence, conditionOf } from './objects/condition.ts';

/** An ordinary update of the control plane takes about an hour. */
const LONG = 3 * HOUR;
const SHOWN = 8;

interface Blocker {
  readonly text: string;
  readonly evidence: Evidence;
}

/** An update that has not come to its end: where it came from, who is behind, and what holds it. */
export const upgradeUnfinished = defineDetector({
  about: {
    id: 'upgrade-unfinished',
    title: 'An update has not come to its end',
    component: 'cluster-version-operator',
    severity: 'warning',
    role: 'context',
    status: 'stable',
    summary: 'The update {path} began {age} ago. Still on an older version: {behind}. Held up by: {blockers}.',
    why: 'The cluster-version operator goes through the operators in a fixed order and waits for each. The first that is not there holds all that come after it. An update that starts on top of an unfinished one inherits its faults.',
    confirm: [{ text: 'Read what the update waits for, and its history', run: 'oc adm upgrade', risk: 'safe' }],
  },
  needs: ['ClusterVersion', 'ClusterOperator', 'MachineConfigPool'],
  detect({ facts, gatheredAt, report, noData }) {
    const [version] = facts.ClusterVersion;
    if (version === undefined) return noData('ClusterVersion was not gathered');
    if (gatheredAt === undefined) return noData('the time of the gather is unknown');
    const history = readList(version.body, 'status.history');
    const [latest] = history;
    const started = timeAt(latest, 'startedTime');
    const target = readText(latest, 'version');
    // The last of the history is the installation, which other findings judge.
    if (history.length < 2 || target === undefined || started === undefined) return;
    if (readText(latest, 'state') === 'Completed' || gatheredAt - started < LONG) return;
    const behind = facts.ClusterOperator.filter((operator) => {
      const own = readText(operator.body, 'status.versions[name=operator].version');
      return own !== undefined && own !== target;
    });
    const blockers = [...holdingOperators(facts.ClusterOperator), ...pausedPools(facts.MachineConfigPool)];
    report({
      title: `The update to ${target} has been under way for ${formatDuration(gatheredAt - started)}`,
      confidence: CERTAIN,
      entities: [
        CLUSTER,
        { kind: 'release', name: target },
        ...behind.slice(0, SHOWN).map(({ name }) => ({ kind: 'operator' as const, name })),
      ],
      firstSeen: started,
      lastSeen: gatheredAt,
      captures: {
        path: pathOf(history),
        age: formatDuration(gatheredAt - started),
        behind: named(behind.map(({ name }) => name)) || 'no operator',
        blockers: named(blockers.map(({ text }) => text)) || 'nothing that an object names',
      },
      evidence: [
        evidenceOf(version, 'status.history[0].version'),
        ...behind.slice(0, 3).map((operator) => evidenceOf(operator, 'status.versions[name=operator].version')),
        ...blockers.slice(0, 4).map(({ evidence }) => evidence),
      ],
    });
  },
});

/** `4.16.3 → 4.17.9 (unfinished) → 4.18.1`, oldest first. */
function pathOf(history: readonly unknown[]): string {
  const steps = (history as readonly Parameters<typeof readText>[0][]).slice(0, 4).map((entry, index) => {
    const unfinished = index > 0 && readText(entry, 'state') !== 'Completed';
    return `${readText(entry, 'version') ?? 'unknown'}${unfinished ? ' (never finished)' : ''}`;
  });
  return steps.reverse().join(' → ');
}

function holdingOperators(operators: readonly Resource[]): Blocker[] {
  return operators.flatMap((operator): Blocker[] => {
    const degraded = conditionOf(operator, 'Degraded');
    const available = conditionOf(operator, 'Available');
    const bad = degraded?.status === 'True' ? degraded : available?.status === 'False' ? available : undefined;
    if (bad === undefined) return [];
    return [{ text: `${operator.name} (${bad.type}=${bad.status})`, evidence: conditionEvidence(operator, bad) }];
  });
}

function pausedPools(pools: readonly Resource[]): Blocker[] {
  return pools
    .filter(({ body }) => read(body, 'spec.paused') === true)
    .map((pool) => ({ text: `paused pool ${pool.name}`, evidence: evidenceOf(pool, 'spec.paused') }));
}

function named(names: readonly string[]): string {
  const sorted = [...names].sort(compareText);
  return `${sorted.slice(0, SHOWN).join(', ')}${sorted.length > SHOWN ? ` and ${sorted.length - SHOWN} more` : ''}`;
}
