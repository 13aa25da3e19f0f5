import { defineDetector } from '../model/detector.ts';
import type { Resource } from '../model/resource.ts';
import { readText } from '../model/resource.ts';
import { HOUR, MINUTE, type Micros } from '../model/time.ts';
import { LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { coreNodes } from './objects/node.ts';
import { containersOf, isPlatformNamespace } from './workloads/containers.ts';

const TOGETHER = 10 * MINUTE;
const RECENT = 6 * HOUR;
const STORM = 8;

interface Restart {
  readonly pod: Resource;
  readonly path: string;
  readonly container: string;
  readonly reason: string;
  readonly at: Micros;
}

/** Many containers of one node that went down within minutes: what they share is the node. */
export const restartStorm = defineDetector({
  about: {
    id: 'restart-storm',
    title: 'Many containers of one node restarted at once',
    component: 'node lifecycle',
    severity: 'warning',
    role: 'symptom',
    status: 'stable',
    summary:
      '{restarts} containers of {pods} pods on {node} ended between {first} and {last}, most of them with {reason}.',
    why: 'Containers of different workloads have little in common but their node and the API. When they end together, look at the node (memory, disk, a reboot, the runtime) and at the API at that time rather than at each of them.',
    confirm: [
      { text: 'Read what the node did at that time', run: 'oc adm node-logs {node} -u kubelet -u crio', risk: 'safe' },
    ],
    collect: ['journal of the node at that time'],
    falsePositives: ['A reboot for an update'],
  },
  needs: ['Pod', 'Node', 'boots', 'phases'],
  detect({ facts, gatheredAt, report, noData }) {
    if (facts.Pod.length === 0) return noData('no Pod was gathered');
    if (gatheredAt === undefined) return noData('the time of the gather is unknown');
    const { install, upgrades } = facts.phases;
    const quiet = [...(install === undefined ? [] : [install]), ...upgrades];
    for (const node of coreNodes(facts)) {
      const restarts = facts.Pod.filter((pod) => readText(pod.body, 'spec.nodeName') === node.name)
        .flatMap(restartsOf)
        .filter(({ at }) => gatheredAt - at < RECENT && !quiet.some(({ from, to }) => at >= from && at <= (to ?? at)))
        .sort((a, b) => a.at - b.at);
      const storm = densest(restarts);
      const pods = new Set(storm.map(({ pod }) => `${pod.namespace}/${pod.name}`));
      if (pods.size < STORM) continue;
      const from = storm[0]!.at;
      // A boot explains itself, and is told of elsewhere.
      if (facts.boots.some((boot) => boot.host === node.name && boot.from !== undefined && near(boot.from, from)))
        continue;
      report({
        title: `${storm.length} containers on ${node.name} restarted within minutes`,
        confidence: LIKELY,
        entities: [{ kind: 'node', name: node.name }],
        firstSeen: from,
        lastSeen: storm.at(-1)!.at,
        count: storm.length,
        captures: { restarts: String(storm.length), pods: String(pods.size), reason: commonest(storm) },
        evidence: storm.slice(0, 8).map(({ pod, path, container, reason, at }) =>
          evidenceOf(pod, `${path}.lastState.terminated.finishedAt`, {
            text: `${pod.name}/${container}: ${reason}`,
            at,
          }),
        ),
      });
    }
  },
});

/** Only those that run again: a pod that merely ended is no restart. */
function restartsOf(pod: Resource): Restart[] {
  if (!isPlatformNamespace(pod.namespace)) return [];
  return containersOf(pod).flatMap(({ name, path, restarts, terminated }): Restart[] => {
    if (restarts === 0 || terminated?.at === undefined) return [];
    return [
      {
        pod,
        path,
        container: name,
        reason: `${terminated.reason} (exit code ${terminated.exitCode})`,
        at: terminated.at,
      },
    ];
  });
}

function densest(restarts: readonly Restart[]): Restart[] {
  let best: Restart[] = [];
  for (const [index, first] of restarts.entries()) {
    const together = restarts.slice(index).filter(({ at }) => at - first.at <= TOGETHER);
    if (together.length > best.length) best = together;
  }
  return best;
}

function near(boot: Micros, at: Micros): boolean {
  return Math.abs(boot - at) <= 3 * TOGETHER;
}

function commonest(restarts: readonly Restart[]): string {
  const counts = [...Map.groupBy(restarts, ({ reason }) => reason)];
  return counts.reduce((a, b) => (b[1].length > a[1].length ? b : a))[0];
}
