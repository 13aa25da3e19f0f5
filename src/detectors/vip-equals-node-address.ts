import { defineDetector } from '../model/detector.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { canonical, parseAddress } from './network/address.ts';
import { declaredVips } from './network/platform.ts';
import { coreNodes, internalAddresses } from './objects/node.ts';

/** A VIP that is a node's own address. */
export const vipEqualsNodeAddress = defineDetector({
  about: {
    id: 'vip-equals-node-address',
    title: 'VIP is the address of a node',
    component: 'network configuration',
    severity: 'critical',
    role: 'cause',
    status: 'stable',
    timeless: true,
    recovery: 'reinstall',
    causes: [
      {
        effect: 'duplicate-ip-address',
        join: ['vip'],
        strength: 'likely',
        because: 'keepalived brings the address up on a second machine',
      },
      {
        effect: 'kube-api-unreachable',
        join: ['cluster'],
        strength: 'likely',
        because: 'connections to the VIP end at that one node, wherever keepalived put it',
      },
      {
        effect: 'keepalived-vrrp-flap',
        join: ['cluster'],
        strength: 'likely',
        because: 'two machines claim one address',
      },
    ],
    summary: '{role} VIP {vip} is also the address of node {node}.',
    why: 'A VIP must be free: it moves between nodes. When it belongs to one of them, two machines answer for it.',
    confirm: [
      {
        text: 'Compare VIPs and node addresses',
        run: "oc get infrastructure cluster -o jsonpath='{.status.platformStatus}'; oc get nodes -o wide",
        risk: 'safe',
      },
    ],
    fix: [
      { text: 'Where possible, give the node another address: replace it', risk: 'disruptive' },
      { text: 'Else reinstall with a free VIP; the first VIP cannot be changed later', risk: 'destructive' },
    ],
    collect: ['ip -br addr of the node'],
  },
  needs: ['Infrastructure', 'Node', 'documents'],
  detect({ facts, report, noData }) {
    const { vips } = declaredVips(facts.Infrastructure, facts.documents.get('install-config') ?? []);
    if (coreNodes(facts).length === 0 || (facts.Infrastructure.length === 0 && vips.length === 0))
      return noData('Infrastructure or Nodes were not gathered');
    for (const node of coreNodes(facts))
      for (const { address, index } of internalAddresses(node)) {
        const own = parseAddress(address);
        const vip = own === undefined ? undefined : vips.find((one) => canonical(one.address) === canonical(own));
        if (vip === undefined) continue;
        report({
          title: `${vip.role} VIP ${vip.text} is the address of node ${node.name}`,
          confidence: CERTAIN,
          timeless: true,
          entities: [
            { kind: 'vip', name: canonical(vip.address) },
            { kind: 'node', name: node.name },
          ],
          captures: { vip: vip.text, role: vip.role },
          evidence: [vip.evidence, evidenceOf(node, `status.addresses[${index}].address`)],
        });
      }
  },
});
