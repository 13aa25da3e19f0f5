import { defineDetector } from '../model/detector.ts';
import type { Facts, HostLog } from '../model/facts.ts';
import type { Resource } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { coreNodes, isControlPlane } from './objects/node.ts';

const needs = ['Node', 'hostLogs'] as const;
type Logs = Facts<(typeof needs)[number]>['hostLogs'];

/** Kubelet logs that the collector fetches through the API and the kubelets, by the nodes that it asks. */
const COLLECTIONS = [
  { path: /(?:^|\/)host_service_logs\/masters\/kubelet_service\.log/, asks: isControlPlane },
  { path: /(?:^|\/)host_service_logs\/workers\/kubelet_service\.log/, asks: (node: Resource) => !isControlPlane(node) },
  { path: /(?:^|\/)nodes\/[^/]+\/[^/]+_logs_kubelet/, asks: () => true },
];

/** A node whose kubelet log the collector did not get, although it got those of others. */
export const hostLogCollectionGap = defineDetector({
  about: {
    id: 'host-log-collection-gap',
    title: 'Host logs of a node are missing from the gather',
    component: 'collection',
    severity: 'info',
    role: 'context',
    status: 'stable',
    summary: 'The gather holds no kubelet log of {node}, while it has those of {others}.',
    why:
      'Host logs are fetched through the API and the kubelet of the node. A kubelet that has lost its credentials or cannot be reached delivers nothing: ' +
      'silence about this node is no sign of health.',
    confirm: [{ text: 'Ask again for the log', run: 'oc adm node-logs {node} -u kubelet --tail=20', risk: 'safe' }],
    collect: [
      'the journal of the node, read on the node: ssh core@NODE sudo journalctl -u kubelet -u crio --since -24h',
    ],
    falsePositives: ['A gather that was limited in time or interrupted'],
  },
  needs,
  detect({ facts, names, report, noData }) {
    if (coreNodes(facts).length === 0) return noData('no Node was gathered');
    let collected = false;
    const missing = new Map<string, { node: Resource; others: string[]; source: string }>();
    for (const { path, asks } of COLLECTIONS) {
      const logs = facts.hostLogs.filter(({ source }) => path.test(source.path));
      const heard = new Set(logs.map(({ host }) => names.node(host)));
      const asked = coreNodes(facts).filter(asks);
      const others = asked.filter(({ name }) => heard.has(name)).map(({ name }) => name);
      if (others.length === 0) continue;
      collected = true;
      for (const node of asked)
        if (!heard.has(node.name)) missing.set(node.name, { node, others, source: logs[0]?.source.path ?? '' });
    }
    if (!collected) return noData('no kubelet log of any known node was gathered');
    for (const { node, others, source } of missing.values()) {
      const elsewhere = elsewhereOf(node.name, facts.hostLogs, (host) => names.node(host));
      report({
        title: `kubelet log of ${node.name}${elsewhere === undefined ? '' : ` in the gather (${elsewhere.source.path} beside it)`}`,
        confidence: CERTAIN,
        entities: [{ kind: 'node', name: node.name }],
        captures: { others: others.join(', '), file: source },
        evidence: [evidenceOf(node, 'metadata.name')],
      });
    }
  },
});

/** A journal of the node outside the collections. */
function elsewhereOf(node: string, logs: Logs, resolve: (host: string) => string): HostLog | undefined {
  return logs.find(
    ({ source, host }) =>
      source.kind === 'journal' &&
      resolve(host) === node &&
      !COLLECTIONS.some(({ path }) => path.test(source.path)) &&
      !/host_service_logs\//.test(source.path),
  );
}
