import { defineDetector } from '../model/detector.ts';
import { readText } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { coreNodes } from './objects/node.ts';

/** OpenShift 4.n ships Kubernetes 1.(n + 13). */
const OFFSET = 13;
/** Kubelets may be three minor versions behind since 1.28, two before. */
const WIDER_SINCE = 28;

/** Kubelets newer than the API server, or older than it supports. */
export const kubeletVersionSkew = defineDetector({
  about: {
    id: 'kubelet-version-skew',
    title: 'Kubelet version does not fit the control plane',
    component: 'kubelet',
    severity: 'warning',
    role: 'context',
    status: 'stable',
    summary: '{node} runs kubelet {kubelet} under a control plane of {clusterVersion}.',
    why: 'A kubelet may lag a few minor versions behind the API server and must never be ahead of it.',
    confirm: [{ text: 'Compare versions', run: 'oc get nodes; oc get clusterversion', risk: 'safe' }],
    fix: [{ text: 'Let the MachineConfigPool of the node catch up, or replace the node', risk: 'disruptive' }],
  },
  needs: ['Node', 'ClusterVersion'],
  detect({ facts, report, noData }) {
    const version = facts.ClusterVersion[0];
    const release = readText(version?.body, 'status.desired.version') ?? '';
    const minor = /^4\.(\d{1,3})\./.exec(release)?.[1];
    if (version === undefined || minor === undefined || coreNodes(facts).length === 0)
      return noData('the release or the Nodes were not gathered');
    const served = Number(minor) + OFFSET;
    for (const node of coreNodes(facts)) {
      const kubelet = readText(node.body, 'status.nodeInfo.kubeletVersion') ?? '';
      const own = /^v1\.(\d{1,3})\./.exec(kubelet)?.[1];
      if (own === undefined) continue;
      const behind = served - Number(own);
      if (behind >= 0 && behind <= (served >= WIDER_SINCE ? 3 : 2)) continue;
      report({
        title: `Kubelet ${kubelet} of ${node.name} is ${behind < 0 ? 'newer than' : 'too old for'} OpenShift ${release}`,
        confidence: CERTAIN,
        entities: [{ kind: 'node', name: node.name }],
        captures: { kubelet, clusterVersion: release },
        evidence: [evidenceOf(node, 'status.nodeInfo.kubeletVersion'), evidenceOf(version, 'status.desired.version')],
      });
    }
  },
});
