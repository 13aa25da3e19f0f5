import { defineDetector } from '../model/detector.ts';
import { readText } from '../model/resource.ts';
import { formatDuration, MINUTE } from '../model/time.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { timeAt } from './objects/age.ts';
import { annotation, coreNodes } from './objects/node.ts';

const SETTLED = 20 * MINUTE;

/** What the cluster's side and the node's side of OVN-Kubernetes write. */
const BY = {
  'k8s.ovn.org/node-subnets': 'the control plane of OVN-Kubernetes, which gives each node its pod network',
  'k8s.ovn.org/node-chassis-id': 'ovnkube on the node, once it reads Open vSwitch',
  'k8s.ovn.org/l3-gateway-config': 'ovnkube on the node, once its gateway br-ex is set up',
} as const;

/** Nodes that OVN-Kubernetes has not taken in. */
export const nodeOvnAnnotationsMissing = defineDetector({
  about: {
    id: 'node-ovn-annotations-missing',
    title: 'OVN-Kubernetes has not taken a node in',
    component: 'network configuration',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'node-network-not-ready',
        join: ['node'],
        strength: 'strong',
        because: 'the CNI configuration is written only when the gateway is up',
      },
      {
        effect: 'cni-config-missing',
        join: ['node'],
        strength: 'strong',
        because: 'the CNI configuration is written only when the gateway is up',
      },
      {
        effect: 'ovnk-pod-annotation-timeout',
        join: ['node'],
        strength: 'likely',
        because: 'a node without a pod network has no addresses to give',
      },
    ],
    summary: '{node} is {age} old and has no {missing}. It is written by {writer}.',
    why: 'Each part of OVN-Kubernetes writes what it has done into annotations of the Node. The first that is missing shows how far it came.',
    confirm: [
      {
        text: 'Read the log of ovnkube on that node',
        run: 'oc get pods -n openshift-ovn-kubernetes -o wide --field-selector spec.nodeName={node}',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Mend what its ovnkube-node pod complains of: br-ex, the default route, or the way to the API',
        risk: 'safe',
      },
    ],
    collect: ['logs of the ovnkube-node pod of that node', 'journal of ovs-configuration on that node'],
    falsePositives: ['A Windows node, or one of a hybrid overlay'],
  },
  needs: ['Node', 'Network'],
  detect({ facts, gatheredAt, report, noData }) {
    const network = facts.Network.find(({ group, name }) => group === 'config.openshift.io' && name === 'cluster');
    const type = readText(network?.body, 'status.networkType') ?? readText(network?.body, 'spec.networkType');
    const nodes = coreNodes(facts).filter(
      (node) => readText(node.body, 'status.nodeInfo.operatingSystem') !== 'windows',
    );
    if (type === undefined || nodes.length === 0) return noData('the Network object or the Nodes were not gathered');
    if (type !== 'OVNKubernetes') return;
    if (gatheredAt === undefined) return noData('the time of the gather is unknown');
    for (const node of nodes) {
      const created = timeAt(node.body, 'metadata.creationTimestamp');
      const missing = Object.keys(BY).filter((name) => annotation(node, name) === undefined) as (keyof typeof BY)[];
      const [first] = missing;
      if (first === undefined || created === undefined || gatheredAt - created < SETTLED) continue;
      report({
        title: `OVN-Kubernetes has not taken ${node.name} in: no ${first}`,
        confidence: readText(node.body, 'status.conditions[type=Ready].status') === 'True' ? LIKELY / 2 : CERTAIN,
        ...(readText(node.body, 'status.conditions[type=Ready].status') === 'True' && { severity: 'warning' as const }),
        entities: [{ kind: 'node', name: node.name }],
        captures: { missing: missing.join(', '), writer: BY[first], age: formatDuration(gatheredAt - created) },
        evidence: [
          evidenceOf(node, 'metadata.annotations', { text: `annotations without ${missing.join(', ')}` }),
          evidenceOf(node, 'metadata.creationTimestamp', { at: created }),
        ],
      });
    }
  },
});
