import { defineDetector } from '../model/detector.ts';
import { isFields, type Resource, read, readList, readText } from '../model/resource.ts';
import { CERTAIN, LIKELY, POSSIBLE } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { canonical, parseAddress } from './network/address.ts';
import { coreNodes, internalAddresses } from './objects/node.ts';

/** What Geneve puts around a packet. */
const OVERHEAD = 100;

/** Where OVN-Kubernetes puts the node's address. */
const BRIDGE = 'br-ex';

interface Uplink {
  readonly state: Resource;
  readonly index: number;
  readonly nic: string;
  readonly mtu: number;
}

/** Nodes whose uplink has another MTU than that of most nodes, as nmstate tells it. */
export const nodeMtuDiffers = defineDetector({
  about: {
    id: 'node-mtu-differs',
    title: 'The MTU of some nodes is not that of the others',
    component: 'network configuration',
    severity: 'warning',
    role: 'cause',
    status: 'experimental',
    recovery: 'in-place',
    causes: [
      {
        effect: 'mtu-mismatch',
        join: ['cluster'],
        strength: 'strong',
        because: 'the path to those nodes carries less than the pod network asks for',
      },
      {
        effect: 'ovnk-controller-start-failed',
        join: ['node'],
        strength: 'likely',
        because: 'ovnkube refuses to start on an uplink that is too small',
      },
      {
        effect: 'pod-network-connectivity-failing',
        join: ['cluster'],
        strength: 'likely',
        because: 'encapsulated packets larger than the path are dropped',
      },
      {
        effect: 'connectivity-outage-pattern',
        join: ['node'],
        strength: 'likely',
        because: 'encapsulated packets to and from those nodes are dropped',
      },
    ],
    summary: '{nic} of {nodes} has an MTU of {mtu}, that of most nodes {most}; {fits}.',
    why: `Pods on all nodes send packets of one size, and Geneve adds ${OVERHEAD} bytes. A node whose uplink carries less drops the large ones: small requests work, and TLS handshakes, images and answers of some kilobytes hang, only to and from that node. A policy that was not applied there, another kind of server, or a bond or VLAN that was made by hand explain it.`,
    confirm: [
      {
        text: 'Compare the uplinks of the nodes',
        run: 'oc get nns -o json | jq -r \'.items[] | .metadata.name as $n | .status.currentState.interfaces[] | select(.name=="br-ex") | [$n, .mtu] | @tsv\'',
        risk: 'safe',
      },
      { text: 'Try the path with full packets', run: 'ping -M do -s 1472 OTHER-NODE', risk: 'safe' },
    ],
    fix: [{ text: 'Give the uplink, its bond and its ports the MTU of the other nodes', risk: 'disruptive' }],
    references: ['https://docs.openshift.com/container-platform/latest/networking/changing-cluster-network-mtu.html'],
  },
  needs: ['NodeNetworkState', 'Node', 'Network'],
  detect({ facts, report, noData }) {
    const uplinks = facts.NodeNetworkState.flatMap((state) => uplinkOf(state, addressesOf(facts, state.name)) ?? []);
    if (uplinks.length < 2) return noData('fewer than two NodeNetworkStates with an uplink were gathered');
    const byMtu = [...Map.groupBy(uplinks, ({ mtu }) => mtu)].sort(
      ([a, one], [b, other]) => other.length - one.length || b - a,
    );
    const most = byMtu[0]![0];
    const pods = podMtu(facts.Network);
    for (const [mtu, group] of byMtu.slice(1)) {
      const nodes = group.map(({ state }) => state.name).sort();
      const { severity, confidence, fits } = judge(Math.min(mtu, most), pods);
      report({
        severity,
        title: `The uplink of ${nodes.slice(0, 3).join(', ')}${nodes.length > 3 ? ` and ${nodes.length - 3} more` : ''} has an MTU of ${mtu}, not ${most}`,
        confidence,
        entities: nodes.map((name) => ({ kind: 'node' as const, name })),
        captures: { nodes: nodes.join(', '), nic: group[0]!.nic, mtu: String(mtu), most: String(most), fits },
        evidence: group.slice(0, 10).map(({ state, index }) => mtuEvidence(state, index)),
      });
    }
  },
});

function mtuEvidence(state: Resource, index: number) {
  return evidenceOf(state, `status.currentState.interfaces[${index}].mtu`);
}

function judge(least: number, pods: number | undefined) {
  if (pods === undefined)
    return { severity: 'warning', confidence: LIKELY, fits: 'what pods send is not known' } as const;
  return least < pods + OVERHEAD
    ? ({ severity: 'error', confidence: CERTAIN, fits: `pods send up to ${pods + OVERHEAD} bytes` } as const)
    : ({ severity: 'info', confidence: POSSIBLE, fits: `pods send only ${pods + OVERHEAD} bytes` } as const);
}

/** What the pods of an overlay send, without its overhead. */
function podMtu(networks: readonly Resource[]): number | undefined {
  const config = networks.find(({ name, group }) => name === 'cluster' && group === 'config.openshift.io');
  const mtu = config === undefined ? undefined : read(config.body, 'status.clusterNetworkMTU');
  return typeof mtu === 'number' ? mtu : undefined;
}

function addressesOf(facts: { readonly Node: readonly Resource[] }, name: string): ReadonlySet<string> {
  const node = coreNodes(facts).find((one) => one.name === name);
  return new Set(node === undefined ? [] : internalAddresses(node).flatMap(({ address }) => spelled(address)));
}

function spelled(address: string): string[] {
  const parsed = parseAddress(address);
  return parsed === undefined ? [] : [canonical(parsed)];
}

/** The interface that has the node's address, or the bridge that OVN-Kubernetes makes for it. */
function uplinkOf(state: Resource, addresses: ReadonlySet<string>): Uplink | undefined {
  const found = readList(state.body, 'status.currentState.interfaces').flatMap((item, index) => {
    const mtu = isFields(item) ? read(item, 'mtu') : undefined;
    const nic = isFields(item) ? readText(item, 'name') : undefined;
    if (!isFields(item) || typeof mtu !== 'number' || nic === undefined) return [];
    const own = ['ipv4', 'ipv6'].some((family) =>
      readList(item, `${family}.address`).some(
        (one) => isFields(one) && spelled(readText(one, 'ip') ?? '').some((ip) => addresses.has(ip)),
      ),
    );
    // nmstate lists the bridge and its interface under one name; only the interface has an MTU.
    return own || nic === BRIDGE ? [{ state, index, nic, mtu, own }] : [];
  });
  return found.find(({ own }) => own) ?? found[0];
}
