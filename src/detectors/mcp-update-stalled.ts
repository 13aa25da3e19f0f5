import { defineDetector } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import { type Resource, read, readList, readText } from '../model/resource.ts';
import { formatDuration, HOUR, MINUTE } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { timeAt } from './objects/age.ts';
import { conditionOf } from './objects/condition.ts';
import { annotation, coreNodes } from './objects/node.ts';

/** A node drains, reboots and comes back in a quarter of an hour, rarely in more than half of one. */
const PER_NODE = 30 * MINUTE;
const ANNOTATION = 'machineconfiguration.openshift.io/';
const SHOWN = 8;

/** Pools whose nodes do not get to the configuration that is wanted, and what changed in it. */
export const mcpUpdateStalled = defineDetector({
  about: {
    id: 'mcp-update-stalled',
    title: 'MachineConfigPool does not get its nodes to the new configuration',
    component: 'machine-config-operator',
    severity: 'warning',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'mco-required-pool-not-ready',
        join: ['cluster'],
        agree: ['pool'],
        strength: 'strong',
        because: 'the operator waits until every master has the configuration of the release',
      },
    ],
    summary:
      'Pool {pool} has been updating for {age}: {updated} of {machines} nodes have {wanted}. Behind: {behind}. Changed: {changed}.',
    why: 'Nodes take a new configuration one after the other. The first that cannot be drained, written to or rebooted stops all that wait behind it.',
    confirm: [
      { text: 'List the pools and the state of each node', run: 'oc get mcp; oc describe mcp {pool}', risk: 'safe' },
      {
        text: 'Read the log of the daemon on the node that is behind',
        run: 'oc logs -n openshift-machine-config-operator -l k8s-app=machine-config-daemon -c machine-config-daemon --tail=100',
        risk: 'safe',
      },
    ],
    fix: [{ text: 'Mend the node that is being worked on; the others follow by themselves', risk: 'safe' }],
    falsePositives: ['Pools of many nodes that take one at a time'],
  },
  needs: ['MachineConfigPool', 'MachineConfig', 'Node'],
  detect({ facts, gatheredAt, report, noData }) {
    if (facts.MachineConfigPool.length === 0) return noData('no MachineConfigPool was gathered');
    for (const pool of facts.MachineConfigPool) {
      const wanted = readText(pool.body, 'spec.configuration.name');
      const current = readText(pool.body, 'status.configuration.name');
      const updating = conditionOf(pool, 'Updating');
      if (wanted === undefined || read(pool.body, 'spec.paused') === true || updating?.status !== 'True') continue;
      if (gatheredAt === undefined || updating.since === undefined) continue;
      const machines = Number(readText(pool.body, 'status.machineCount') ?? Number.NaN);
      const updated = Number(readText(pool.body, 'status.updatedMachineCount') ?? Number.NaN);
      const age = gatheredAt - updating.since;
      if (!(updated < machines) || age < HOUR + PER_NODE * Math.min(machines, 6)) continue;
      const behind = coreNodes(facts).filter(
        (node) =>
          annotation(node, `${ANNOTATION}desiredConfig`) === wanted &&
          annotation(node, `${ANNOTATION}currentConfig`) !== wanted,
      );
      report({
        title: `MachineConfigPool ${pool.name} has been updating for ${formatDuration(age)}`,
        confidence: CERTAIN,
        entities: [
          { kind: 'pool', name: pool.name },
          ...behind.slice(0, SHOWN).map(({ name }) => ({ kind: 'node' as const, name })),
        ],
        firstSeen: updating.since,
        lastSeen: gatheredAt,
        captures: {
          age: formatDuration(age),
          updated: String(updated),
          machines: String(machines),
          wanted,
          behind: behind.slice(0, SHOWN).map(stateOf).join(', ') || 'no node has been started',
          changed: changedConfigs(pool, facts.MachineConfig, current).join(', ') || 'not told by what was gathered',
        },
        evidence: [
          evidenceOf(pool, 'spec.configuration.name'),
          evidenceOf(pool, 'status.updatedMachineCount'),
          ...behind.slice(0, 3).map((node) =>
            evidenceOf(node, `metadata.annotations."${ANNOTATION}currentConfig"`, {
              text: `${node.name}: ${stateOf(node)}`,
            }),
          ),
        ],
      });
    }
  },
});

/** `worker-1 (Degraded)`. */
function stateOf(node: Resource): string {
  const state = annotation(node, `${ANNOTATION}state`);
  return state === undefined ? node.name : `${node.name} (${state})`;
}

/** Sources that came or went between the two configurations, and those made since the old one was rendered. */
function changedConfigs(pool: Resource, configs: readonly Resource[], current: string | undefined): string[] {
  const sources = (side: string) =>
    new Set(readList(pool.body, `${side}.configuration.source`).flatMap((item) => readText(item, 'name') ?? []));
  const [after, before] = [sources('spec'), sources('status')];
  const old = configs.find(({ name }) => name === current);
  const rendered = timeAt(old?.body, 'metadata.creationTimestamp');
  const newer = configs.filter(({ name, body }) => {
    const made = timeAt(body, 'metadata.creationTimestamp');
    return after.has(name) && rendered !== undefined && made !== undefined && made > rendered;
  });
  const names = [
    ...[...after].filter((name) => before.size > 0 && !before.has(name)),
    ...[...before].filter((name) => after.size > 0 && !after.has(name)).map((name) => `${name} (gone)`),
    ...newer.map(({ name }) => name),
  ];
  return [...new Set(names)].sort(compareText).slice(0, SHOWN);
}
