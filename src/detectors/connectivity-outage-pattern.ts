import { defineDetector } from '../model/detector.ts';
import { compareText } from '../model/entity.ts';
import { type Resource, readList, readText } from '../model/resource.ts';
import { MINUTE, type Micros } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { oldest, timeAt } from './objects/age.ts';
import { conditionEvidence, conditionOf } from './objects/condition.ts';
import { coreNodes } from './objects/node.ts';

/** Targets restart in updates: what is short is no outage. */
const LASTS = 5 * MINUTE;

interface Check {
  readonly resource: Resource;
  readonly source: string;
  readonly target: string;
  readonly failing: boolean;
  readonly since: Micros | undefined;
}

/** Who cannot reach whom: the row or the column that the failing checks of the pod network have in common. */
export const connectivityOutagePattern = defineDetector({
  about: {
    id: 'connectivity-outage-pattern',
    title: 'Connectivity checks fail for all that one node sends or receives',
    component: 'network configuration',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'pod-network-connectivity-failing',
        join: ['node'],
        strength: 'strong',
        because: 'these are the checks that fail',
      },
    ],
    summary: '{failing} of {checks} checks {direction} {node} fail, while {others} of the {rest} others succeed.',
    why: 'Pods of the platform test the way to every node and API server. Checks that fail to one node from everywhere speak against that node; checks that fail from one node to everywhere against its own network.',
    confirm: [
      {
        text: 'Read the failing checks and their outages',
        run: 'oc get podnetworkconnectivitycheck -n openshift-network-diagnostics -o yaml',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Mend the network of that node: its link, br-ex, the tunnel port 6081/udp, the MTU on the way',
        risk: 'safe',
      },
    ],
    collect: ['logs of the ovnkube-node pod of that node'],
    falsePositives: ['A node that is down or being rebooted'],
  },
  needs: ['PodNetworkConnectivityCheck', 'Node'],
  detect({ facts, gatheredAt, report, noData }) {
    const nodes = coreNodes(facts).map(({ name }) => name);
    if (facts.PodNetworkConnectivityCheck.length === 0) return noData('no connectivity check was gathered');
    const checks = facts.PodNetworkConnectivityCheck.flatMap((check) => checkOf(check, nodes, gatheredAt) ?? []);
    for (const node of [...nodes].sort(compareText)) {
      const between = checks.filter(({ source, target }) => source !== target);
      const to = between.filter(({ target }) => target === node);
      const from = between.filter(({ source }) => source === node);
      const [direction, own] = broken(to) ? ['to', to] : broken(from) ? ['from', from] : ['', []];
      const rest = between.filter((check) => check.source !== node && check.target !== node);
      const well = rest.filter(({ failing }) => !failing).length;
      // Where all fails, no node stands out.
      if (direction === '' || rest.length === 0 || well * 2 < rest.length) continue;
      const failing = own.filter((check) => check.failing);
      const since = oldest(failing.map((check) => check.since));
      report({
        title: `${failing.length} of ${own.length} connectivity checks ${direction} ${node} fail`,
        confidence: failing.length === own.length ? CERTAIN : LIKELY,
        entities: [{ kind: 'node', name: node }],
        ...(since !== undefined && { firstSeen: since }),
        count: failing.length,
        captures: {
          failing: String(failing.length),
          checks: String(own.length),
          direction,
          others: String(well),
          rest: String(rest.length),
        },
        evidence: failing.slice(0, 6).map(({ resource }) => evidence(resource)),
      });
    }
  },
});

/** Three quarters of at least two. */
function broken(checks: readonly Check[]): boolean {
  const failing = checks.filter((check) => check.failing).length;
  return failing >= 2 && failing * 4 >= checks.length * 3;
}

/** `network-check-source-worker-0-to-network-check-target-worker-1`; services and load balancers are no node's. */
function checkOf(resource: Resource, nodes: readonly string[], gatheredAt: Micros | undefined): Check | undefined {
  const at = resource.name.indexOf('-to-');
  if (at < 0) return undefined;
  const source = nodeAtEnd(resource.name.slice(0, at), nodes);
  const target = nodeAtEnd(resource.name.slice(at), nodes);
  if (source === undefined || target === undefined) return undefined;
  const condition = conditionOf(resource, 'Reachable');
  const open = readList(resource.body, 'status.outages').find((outage) => readText(outage, 'end') === undefined);
  const since = timeAt(open, 'start') ?? condition?.since;
  const lasting = since !== undefined && gatheredAt !== undefined && gatheredAt - since >= LASTS;
  return { resource, source, target, failing: condition?.status === 'False' && lasting, since };
}

/** The longest name wins: `node-1` is an end of `my-node-1` too. */
function nodeAtEnd(text: string, nodes: readonly string[]): string | undefined {
  return nodes
    .filter((node) => text.endsWith(`-${node}`))
    .reduce<string | undefined>((a, b) => (a === undefined || b.length > a.length ? b : a), undefined);
}

function evidence(resource: Resource) {
  const condition = conditionOf(resource, 'Reachable');
  return condition === undefined ? evidenceOf(resource) : conditionEvidence(resource, condition);
}
