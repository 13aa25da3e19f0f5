import { defineDetector } from '../model/detector.ts';
import { formatTime } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { conditionEvidence, conditionOf } from './objects/condition.ts';
import { coreNodes, isControlPlane } from './objects/node.ts';
import { platformType } from './objects/topology.ts';

/** Platforms whose workers are virtual machines: whatever became of one, it is started again or replaced. */
const VIRTUAL: ReadonlySet<string> = new Set([
  'AWS',
  'Azure',
  'GCP',
  'IBMCloud',
  'VSphere',
  'OpenStack',
  'Nutanix',
  'PowerVS',
]);

/** Nodes whose kubelets stopped reporting. */
export const nodeStatusUnknown = defineDetector({
  about: {
    id: 'node-status-unknown',
    title: 'Node stopped reporting its status',
    component: 'kubelet',
    severity: 'critical',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'control-plane-node-not-ready',
        join: ['node'],
        strength: 'strong',
        because: 'static pod operators report every control plane node that is not Ready',
      },
      {
        effect: 'etcd-members-degraded',
        join: ['node'],
        strength: 'weak',
        because: 'a node that is down takes its etcd member along; one that only lost credentials does not',
      },
      {
        effect: 'kubelet-ready-flap',
        join: ['node'],
        strength: 'strong',
        because: 'each silence is a transition of Ready',
      },
      {
        effect: 'failed-scheduling',
        join: ['cluster'],
        strength: 'likely',
        because: 'the unreachable taint keeps pods off the node',
      },
      {
        effect: 'multi-attach',
        join: ['cluster'],
        agree: ['holder'],
        strength: 'likely',
        because: 'volumes stay attached to the silent node',
      },
      {
        effect: 'ingress-deployment-unavailable',
        join: ['cluster'],
        strength: 'likely',
        because: 'routers of the node are gone',
      },
      {
        effect: 'cno-daemonset-not-available',
        join: ['cluster'],
        strength: 'strong',
        because: 'network pods of the node count as unavailable',
      },
    ],
    summary: 'The kubelet of {node} stopped reporting at {since}.',
    why:
      'Without a heartbeat for 40 seconds the node lifecycle controller sets Ready to Unknown: the machine is down, cut off, or its kubelet hangs or has lost its credentials. ' +
      'That the condition was set proves that kube-controller-manager was at work then.',
    confirm: [
      {
        text: 'When did the kubelet renew its lease last?',
        run: 'oc get lease -n kube-node-lease {node} -o yaml',
        risk: 'safe',
      },
      {
        text: 'Reach the node by console or ssh and look at its kubelet',
        run: 'ssh core@{node} sudo journalctl -u kubelet -n 50',
        risk: 'safe',
      },
    ],
    fix: [
      { text: 'Bring the machine, its network or its kubelet back; which of them, the node tells', risk: 'disruptive' },
    ],
    collect: ['the kubelet journal and console of the node', 'the power state that its BMC or cloud shows'],
    falsePositives: ['A node that was rebooting, or was shut down on purpose'],
  },
  needs: ['Node', 'Infrastructure'],
  detect({ facts, report, noData }) {
    if (coreNodes(facts).length === 0) return noData('no Node was gathered');
    const virtual = VIRTUAL.has(platformType(facts.Infrastructure) ?? '');
    for (const node of coreNodes(facts)) {
      const ready = conditionOf(node, 'Ready');
      if (ready?.status !== 'Unknown') continue;
      report({
        severity: isControlPlane(node) ? 'critical' : 'error',
        title: `Node ${node.name} stopped reporting its status`,
        confidence: CERTAIN,
        ...(virtual && !isControlPlane(node) && { recovery: 'in-place' }),
        entities: [{ kind: 'node', name: node.name }],
        ...(ready.since !== undefined && { firstSeen: ready.since }),
        captures: {
          reason: ready.reason,
          since: ready.since === undefined ? 'an unknown time' : formatTime(ready.since),
        },
        evidence: [conditionEvidence(node, ready)],
      });
    }
  },
});
