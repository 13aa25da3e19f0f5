import { defineDetector } from '../model/detector.ts';
import { type Resource, readText, type Value } from '../model/resource.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { canonical, parseAddress } from './network/address.ts';
import { declaredVips, userManagedLoadBalancer, type Vip } from './network/platform.ts';
import { annotation, coreNodes } from './objects/node.ts';

/** All addresses of a host, a VIP that keepalived put there among them: since 4.14, and before it. */
const ADDRESSES = ['k8s.ovn.org/host-cidrs', 'k8s.ovn.org/host-addresses'];

/** A VIP that two nodes hold at once, or none. */
export const vipHolders = defineDetector({
  about: {
    id: 'vip-holders',
    title: 'A VIP is not held by exactly one node',
    component: 'network configuration',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'kube-api-unreachable',
        join: ['cluster'],
        strength: 'likely',
        because: 'clients reach nobody, or another node each time',
      },
      {
        effect: 'duplicate-ip-address',
        join: ['vip'],
        strength: 'strong',
        because: 'two hosts answer for one address',
      },
    ],
    summary: 'The {role} VIP {vip} was held by {holders} when the Nodes were read.',
    why: 'keepalived keeps each VIP on one node. Two holders do not hear one another (VRRP is filtered, or a bond half works); none means that no node passes its checks.',
    confirm: [
      {
        text: 'See who holds it',
        run: 'for n in $(oc get nodes -o name); do oc debug $n -- chroot /host ip -br addr show br-ex; done',
        risk: 'safe',
      },
      {
        text: 'Read what keepalived says',
        run: 'oc logs -n openshift-kni-infra -l app=<platform>-infra-vrrp -c keepalived --tail=50',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Let VRRP (protocol 112, unicast or 224.0.0.18) pass between the nodes; mend what the checks test',
        risk: 'safe',
      },
    ],
    falsePositives: ['A VIP that moved while the Nodes were read'],
  },
  needs: ['Infrastructure', 'Node', 'documents'],
  detect({ facts, report, noData }) {
    const { vips } = declaredVips(facts.Infrastructure, facts.documents.get('install-config') ?? []);
    if (facts.Infrastructure.length === 0 && vips.length === 0)
      return noData('neither Infrastructure nor install-config was gathered');
    if (vips.length === 0 || userManagedLoadBalancer(facts.Infrastructure)) return;
    const nodes = coreNodes(facts).filter((node) => addressesOf(node) !== undefined);
    const holders = (vip: Vip) => nodes.filter((node) => addressesOf(node)!.has(canonical(vip.address)));
    // No VIP anywhere: then the annotations do not tell.
    if (!vips.some((vip) => holders(vip).length > 0)) return noData('no Node tells which VIP it holds');
    for (const vip of vips) {
      const held = holders(vip).filter(isReady);
      if (held.length === 1 || (held.length === 0 && holders(vip).length > 0)) continue;
      const names = held.map(({ name }) => name);
      report({
        title: `${vip.role} VIP ${vip.text} is held by ${names.length === 0 ? 'no node' : names.join(' and ')}`,
        ...(names.length === 0 && { severity: 'warning' as const }),
        confidence: names.length === 0 ? LIKELY : CERTAIN,
        entities: [
          { kind: 'vip', name: canonical(vip.address) },
          ...names.map((name) => ({ kind: 'node' as const, name })),
        ],
        captures: { vip: vip.text, role: vip.role, holders: names.length === 0 ? 'no node' : names.join(' and ') },
        evidence: [
          vip.evidence,
          ...held.map((node) =>
            evidenceOf(
              node,
              `metadata.annotations."${ADDRESSES.find((name) => annotation(node, name) !== undefined)}"`,
            ),
          ),
        ],
      });
    }
  },
});

function isReady(node: Resource): boolean {
  return readText(node.body, 'status.conditions[type=Ready].status') === 'True';
}

/** `["10.0.0.5/24","10.0.0.2/32"]` as addresses; undefined where the Node does not say. */
function addressesOf(node: Resource): ReadonlySet<string> | undefined {
  const text = ADDRESSES.map((name) => annotation(node, name)).find((value) => value !== undefined);
  if (text === undefined) return undefined;
  try {
    const list = JSON.parse(text) as Value;
    if (!Array.isArray(list)) return undefined;
    const parsed = list.flatMap((item) => parseAddress(String(item).split('/')[0] ?? '') ?? []);
    return new Set(parsed.map(canonical));
  } catch {
    return undefined;
  }
}
