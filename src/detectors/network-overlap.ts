import { defineDetector } from '../model/detector.ts';
import type { Facts } from '../model/facts.ts';
import type { Evidence } from '../model/finding.ts';
import { locateAll } from '../model/resource.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf, type Placed } from './evidence.ts';
import { type Cidr, contains, networkOf, overlap, parseAddress, parseCidr } from './network/address.ts';
import { machineNetworks } from './network/platform.ts';
import { coreNodes, internalAddresses } from './objects/node.ts';

const needs = ['Network', 'Infrastructure', 'Node', 'documents'] as const;
type Known = Facts<(typeof needs)[number]>;

interface Range {
  readonly role: 'cluster network' | 'service network' | 'machine network';
  readonly cidr: Cidr;
  readonly evidence: Evidence;
}

/** Networks of the cluster that must be apart and overlap. */
export const networkOverlap = defineDetector({
  about: {
    id: 'network-overlap',
    title: 'Networks of the cluster overlap',
    component: 'network configuration',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    timeless: true,
    recovery: 'reinstall',
    causes: [
      {
        effect: 'pod-network-connectivity-failing',
        join: ['cluster'],
        strength: 'likely',
        because: 'packets for the shared range are routed to the wrong network',
      },
      {
        effect: 'kubernetes-service-unreachable',
        join: ['cluster'],
        strength: 'weak',
        because: 'service addresses in a machine network may be taken for hosts',
      },
    ],
    summary: 'The {firstRole} {firstNetwork} overlaps the {secondRole} {secondNetwork}.',
    why: 'Pods, services and machines are told apart by their addresses. Where two ranges share addresses, traffic for one of them goes astray.',
    confirm: [
      { text: 'Read the ranges', run: 'oc get network.config cluster -o yaml; oc get nodes -o wide', risk: 'safe' },
    ],
    fix: [
      {
        text: 'Reinstall with separate ranges: cluster, service and first machine network are fixed at installation',
        risk: 'destructive',
      },
    ],
    collect: ['the install-config'],
    falsePositives: [
      'A machine network that was left at its default in the install-config while the machines live elsewhere',
    ],
  },
  needs,
  detect({ facts, report, noData }) {
    const ranges = rangesOf(facts);
    if (!ranges.some(({ role }) => role !== 'machine network'))
      return noData('no cluster network configuration was gathered');
    const seen = new Set<string>();
    for (const [index, first] of ranges.entries())
      for (const second of ranges.slice(index + 1)) {
        // An entry may be split (hostPrefix differs): ranges of one role are the user's matter.
        if (first.role === second.role || !overlap(first.cidr, second.cidr)) continue;
        const pair = `${first.cidr.text} ${second.cidr.text}`;
        if (seen.has(pair)) continue;
        seen.add(pair);
        const used = nodesInside(facts, first.role === 'machine network' ? second.cidr : first.cidr);
        report({
          severity: used.length > 0 ? 'critical' : 'error',
          title: `The ${first.role} ${first.cidr.text} overlaps the ${second.role} ${second.cidr.text}`,
          confidence: used.length > 0 ? CERTAIN : LIKELY,
          timeless: true,
          entities: [...new Set([networkOf(first.cidr), networkOf(second.cidr)])].map((name) => ({
            kind: 'network' as const,
            name,
          })),
          captures: {
            firstRole: first.role,
            firstNetwork: first.cidr.text,
            secondRole: second.role,
            secondNetwork: second.cidr.text,
          },
          evidence: [first.evidence, second.evidence, ...used.slice(0, 3)],
        });
      }
  },
});

function rangesOf(facts: Known): Range[] {
  const live = facts.Network.find(({ group, name }) => group === 'config.openshift.io' && name === 'cluster');
  const installConfigs = facts.documents.get('install-config') ?? [];
  const cluster: Range[] =
    live === undefined
      ? []
      : [
          ...at(live, 'cluster network', 'spec.clusterNetwork[*].cidr'),
          ...at(live, 'service network', 'spec.serviceNetwork[*]'),
        ];
  const planned = installConfigs.flatMap((document) => [
    ...at(document, 'cluster network', 'networking.clusterNetwork[*].cidr'),
    ...at(document, 'service network', 'networking.serviceNetwork[*]'),
  ]);
  const machines = machineNetworks(facts.Infrastructure, installConfigs);
  const machineRanges = (machines?.cidrs ?? []).flatMap((cidr) => {
    const evidence = machines?.evidence.find(({ text }) => text.endsWith(`: ${cidr.text}`));
    return evidence === undefined ? [] : [{ role: 'machine network' as const, cidr, evidence }];
  });
  return [...(cluster.length > 0 ? cluster : planned), ...machineRanges];
}

function at(placed: Placed, role: Range['role'], path: string): Range[] {
  return locateAll(placed.body, path).flatMap(({ value, pointer }) => {
    const cidr = typeof value === 'string' ? parseCidr(value) : undefined;
    if (cidr === undefined) return [];
    const evidence = evidenceOf(placed, '', {
      text: `${role === 'cluster network' ? 'cidr' : 'serviceNetwork'}: ${cidr.text}`,
    });
    return [{ role, cidr, evidence: { ...evidence, line: placed.lineOf(pointer), pointer: placed.pointer + pointer } }];
  });
}

/** Nodes that have addresses inside a range that belongs to pods or services. */
function nodesInside(facts: Known, cidr: Cidr): Evidence[] {
  return coreNodes(facts).flatMap((node) =>
    internalAddresses(node).flatMap(({ address, index }) => {
      const parsed = parseAddress(address);
      return parsed !== undefined && contains(cidr, parsed)
        ? [evidenceOf(node, `status.addresses[${index}].address`)]
        : [];
    }),
  );
}
