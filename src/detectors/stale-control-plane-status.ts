import { defineDetector } from '../model/detector.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { readyButSilent } from './objects/heartbeat.ts';
import { coreNodes } from './objects/node.ts';

/** A Node that is still called Ready long after its kubelet was last heard of. */
export const staleControlPlaneStatus = defineDetector({
  about: {
    id: 'stale-control-plane-status',
    title: 'Node is called Ready although its kubelet fell silent',
    component: 'node lifecycle',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'guard-missing-operand',
        join: ['node'],
        strength: 'strong',
        because: 'the guard controller complains only about nodes that the API calls Ready',
      },
    ],
    summary: '{node} says Ready=True, but its kubelet was last heard of at {lastSign}, {silence} earlier.',
    why:
      'The node lifecycle controller, part of kube-controller-manager, turns Ready to Unknown some 40 seconds after the last lease renewal. ' +
      'A Ready status that outlives its kubelet shows that this controller is not at work: no status of that node can be trusted.',
    confirm: [
      {
        text: 'When did the kubelet last renew its lease?',
        run: 'oc get lease -n kube-node-lease {node} -o jsonpath="{.spec.renewTime}"',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Repair the kubelet of that node and kube-controller-manager; the status then corrects itself',
        risk: 'safe',
      },
    ],
    collect: ['the kubelet journal of the node', 'the kube-controller-manager lease and logs'],
  },
  needs: ['Node', 'Lease'],
  detect({ facts, gatheredAt, report, noData }) {
    if (coreNodes(facts).length === 0) return noData('no Node was gathered');
    for (const { node, last, lasting, at } of readyButSilent(coreNodes(facts), facts.Lease, gatheredAt)) {
      report({
        title: `Node ${node.name} is called Ready, its kubelet has been silent for ${formatDuration(lasting)}`,
        confidence: CERTAIN,
        entities: [{ kind: 'node', name: node.name }],
        captures: { lastSign: formatTime(last), silence: formatDuration(lasting) },
        evidence: [
          evidenceOf(node, 'status.conditions[type=Ready].status'),
          evidenceOf(at.resource, at.path, { at: last }),
        ],
      });
    }
  },
});
