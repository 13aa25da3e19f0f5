import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import type { Evidence, FindingDraft } from '../model/finding.ts';
import { type Resource, readText } from '../model/resource.ts';
import { CERTAIN, LIKELY, POSSIBLE } from './confidence.ts';
import { type Address, canonical, contains } from './network/address.ts';
import { nodeSubnets } from './network/node-subnets.ts';
import {
  declaredVips,
  type MachineNetworks,
  machineNetworks,
  type Platform,
  userManagedLoadBalancer,
  type Vip,
} from './network/platform.ts';
import { type VipComplaint, vipComplaints } from './network/vip-complaints.ts';
import { coreNodes } from './objects/node.ts';
import { infrastructureOf } from './objects/topology.ts';

/** Platforms whose installer insists on VIPs inside the machine networks. vSphere and Nutanix never did. */
const INSTALLER_CHECKS: readonly Platform[] = ['baremetal', 'openstack', 'ovirt'];

/** A VIP outside every machine network, by the cluster's own configuration and by the network operator's words. */
export const vipNotInMachineNetwork = defineDetector({
  about: {
    id: 'vip-not-in-machine-network',
    title: 'VIP lies outside every machine network',
    component: 'network configuration',
    severity: 'critical',
    role: 'cause',
    status: 'stable',
    timeless: true,
    recovery: 'reinstall',
    causes: [
      {
        effect: 'cno-vip-validation-failed',
        join: ['cluster'],
        strength: 'strong',
        because: 'the network operator makes exactly this comparison at every sync and stops there',
      },
      {
        effect: 'runtimecfg-no-interface-for-vip',
        join: ['vip'],
        strength: 'likely',
        because: 'a VIP outside the machine networks usually lies outside every subnet of the nodes too',
      },
      {
        effect: 'kube-api-unreachable',
        join: ['cluster'],
        strength: 'weak',
        because: 'clients reach the API through the VIP; that the VIP failed is not proven by its address',
      },
    ],
    summary:
      '{role} VIP {vip} is in none of the machine networks ({machineNetworks}); inside a node subnet: {inNodeSubnet}.',
    why:
      'The network operator validates every VIP against the machine networks and refuses to synchronise Infrastructure while one lies outside. ' +
      'That alone does not stop pod networking, which another of its controllers renders.',
    confirm: [
      {
        text: 'Compare the VIPs with machineNetworks, and see who wrote the list and when',
        run: 'oc get infrastructure cluster -o yaml --show-managed-fields',
        risk: 'safe',
      },
      {
        text: 'Read what the network operator says',
        run: 'oc get co network -o jsonpath=\'{.status.conditions[?(@.type=="Degraded")]}\'',
        risk: 'safe',
      },
      {
        text: 'Compare with what the installation was given',
        run: 'oc get cm cluster-config-v1 -n kube-system -o yaml',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'If the subnet of the nodes holds the VIP, append that network to machineNetworks (4.16 and later)',
        run: 'oc patch infrastructure/cluster --type=json -p \'[{"op":"add","path":"/spec/platformSpec/{platform}/machineNetworks/-","value":"{missingNetwork}"}]\' && oc get co network -w',
        risk: 'disruptive',
      },
      {
        text: 'When the VIP is outside the subnet of the nodes: correct the VIP or machineNetwork in install-config and reinstall, for the first VIP and the first machine network are fixed at installation; only further networks can be appended',
        risk: 'destructive',
      },
    ],
    collect: [
      'infrastructure/cluster with managedFields, which tells who set machineNetworks and when',
      'the install-config that the installer was given, and the subnet of the nodes (ip -br addr on one of them)',
    ],
    references: [
      'https://issues.redhat.com/browse/OCPBUGS-33921',
      'https://github.com/openshift/cluster-network-operator/pull/2130',
    ],
    falsePositives: [
      'A user-managed load balancer may hold the VIPs elsewhere; some releases validate it all the same, and appending its network is the remedy',
      'The install-config of a UPI or vSphere cluster may state a machine network that never was the real one',
    ],
  },
  needs: ['Infrastructure', 'ClusterOperator', 'Node', 'documents'],
  detect({ facts, report, noData }) {
    const installConfigs = facts.documents.get('install-config') ?? [];
    const complaints = vipComplaints(facts.ClusterOperator);
    const declared = declaredVips(facts.Infrastructure, installConfigs);
    const networks = machineNetworks(facts.Infrastructure, installConfigs);
    const exempt = userManagedLoadBalancer(facts.Infrastructure);
    const live = facts.Infrastructure.length > 0;
    const groups = Map.groupBy(declared.vips, ({ address }) => canonical(address));
    const context = { networks, nodes: coreNodes(facts), platform: platformOf(facts.Infrastructure) };

    for (const [address, [vip, other]] of groups) {
      const complaint = complaints.find((one) => canonical(one.address) === address);
      const confidence = judge(vip as Vip, networks, complaint, exempt, live);
      if (vip === undefined || confidence === undefined) continue;
      const role = other === undefined ? vip.role : 'API and ingress';
      report(draft({ ...vip, role }, complaint, confidence, context));
    }
    for (const complaint of complaints)
      if (!groups.has(canonical(complaint.address)) && !holds(networks, complaint.address))
        report(draft({ ...complaint, role: complaint.role ?? 'A' }, complaint, LIKELY, context));

    if (complaints.length > 0) return;
    if (facts.Infrastructure.length === 0 && installConfigs.length === 0)
      noData('neither Infrastructure nor install-config was gathered');
    else if (declared.unreadable > 0 || networks?.unreadable) noData('VIPs or machine networks are obfuscated');
  },
});

/** How sure it is that the VIP lies outside; undefined where it does not, or nobody can tell. */
function judge(
  vip: Vip,
  networks: MachineNetworks | undefined,
  complaint: VipComplaint | undefined,
  exempt: boolean,
  live: boolean,
): number | undefined {
  if (holds(networks, vip.address)) return undefined;
  if (complaint !== undefined) return CERTAIN;
  if (networks === undefined || networks.unreadable || exempt) return undefined;
  if (networks.from === 'install-config') {
    if (!INSTALLER_CHECKS.includes(vip.platform)) return undefined;
    return live ? POSSIBLE : LIKELY;
  }
  const family = vip.address.kind();
  return networks.cidrs.some(({ address }) => address.kind() === family) ? CERTAIN : LIKELY;
}

function holds(networks: MachineNetworks | undefined, address: Address): boolean {
  return networks?.cidrs.some((cidr) => contains(cidr, address)) ?? false;
}

interface Outside {
  readonly address: Address;
  readonly text: string;
  readonly role: string;
  readonly evidence: Evidence;
}

interface Surroundings {
  readonly networks: MachineNetworks | undefined;
  readonly nodes: readonly Resource[];
  readonly platform: string;
}

function draft(
  vip: Outside,
  complaint: VipComplaint | undefined,
  confidence: number,
  { networks, nodes, platform }: Surroundings,
): FindingDraft {
  const listed = networks?.cidrs.map(({ text }) => text).join(', ') || 'list not gathered';
  const subnets = nodeSubnets(nodes);
  const home = subnets.find((subnet) => contains(subnet, vip.address));
  const evidence = [vip.evidence, ...(networks?.evidence.slice(0, 4) ?? [])];
  if (complaint !== undefined && complaint.evidence !== vip.evidence) evidence.push(complaint.evidence);
  return {
    ...(confidence < LIKELY && { severity: 'warning' as const }),
    title: `${vip.role} VIP ${vip.text} is in none of the machine networks (${listed})`,
    confidence,
    timeless: true,
    entities: [{ kind: 'vip', name: canonical(vip.address) }, CLUSTER],
    captures: {
      vip: vip.text,
      role: vip.role,
      platform,
      machineNetworks: listed,
      listedIn: networks?.from ?? 'unknown',
      inNodeSubnet: subnets.length === 0 ? 'unknown' : home === undefined ? 'no' : `yes, ${home.text}`,
      missingNetwork: home?.text ?? 'NETWORK_OF_THE_VIP',
    },
    evidence,
  };
}

function platformOf(infrastructures: readonly Resource[]): string {
  return readText(infrastructureOf(infrastructures)?.body, 'status.platformStatus.type')?.toLowerCase() ?? 'PLATFORM';
}
