import { defineDetector } from '../model/detector.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { canonical, parseAddress } from './network/address.ts';
import { coreNodes, internalAddresses } from './objects/node.ts';

/** Nodes that share an internal address. */
export const duplicateNodeAddress = defineDetector({
  about: {
    id: 'duplicate-node-address',
    title: 'Two nodes have the same address',
    component: 'network configuration',
    severity: 'critical',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'duplicate-ip-address',
        join: ['node'],
        strength: 'strong',
        because: 'two machines answer for the address',
      },
      {
        effect: 'etcd-peer-connectivity',
        join: ['node'],
        strength: 'likely',
        because: 'peers reach now one machine, now the other',
      },
    ],
    summary: '{nodes} all have the internal address {address}.',
    why: 'Whoever connects to the address reaches one node or the other. A replaced node whose old Node object stayed behind looks the same and is harmless.',
    confirm: [{ text: 'Compare addresses', run: 'oc get nodes -o wide', risk: 'safe' }],
    fix: [
      { text: 'Give one of the machines another address', risk: 'disruptive' },
      { text: 'Delete the Node object of a machine that is gone', run: 'oc delete node NODE', risk: 'destructive' },
    ],
    collect: ['arping of the address from a third machine'],
  },
  needs: ['Node'],
  detect({ facts, report, noData }) {
    if (coreNodes(facts).length === 0) return noData('no Node was gathered');
    const held = coreNodes(facts).flatMap((node) =>
      internalAddresses(node).flatMap(({ address, index }) => {
        const parsed = parseAddress(address);
        return parsed === undefined ? [] : [{ node, index, address: canonical(parsed) }];
      }),
    );
    for (const [address, holders] of Map.groupBy(held, (one) => one.address)) {
      const nodes = [...new Set(holders.map(({ node }) => node.name))];
      if (nodes.length < 2) continue;
      report({
        title: `${nodes.join(' and ')} have the same address ${address}`,
        confidence: CERTAIN,
        entities: nodes.map((name) => ({ kind: 'node' as const, name })),
        captures: { address, nodes: nodes.join(', ') },
        evidence: holders.map(({ node, index }) => evidenceOf(node, `status.addresses[${index}].address`)),
      });
    }
  },
});
