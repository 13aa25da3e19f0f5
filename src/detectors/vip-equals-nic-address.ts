import { defineDetector } from '../model/detector.ts';
import { readList, readText } from '../model/resource.ts';
import { LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { hostEntities } from './metal/host.ts';
import { canonical, parseAddress } from './network/address.ts';
import { declaredVips } from './network/platform.ts';

/** A VIP that a NIC of a bare-metal host had when it was inspected: something hands it out. */
export const vipEqualsNicAddress = defineDetector({
  about: {
    id: 'vip-equals-nic-address',
    title: 'A VIP was the address of a NIC when its host was inspected',
    component: 'network configuration',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'duplicate-ip-address',
        join: ['vip'],
        strength: 'likely',
        because: 'keepalived brings the address up while another machine has it from DHCP',
      },
      {
        effect: 'keepalived-vrrp-flap',
        join: ['cluster'],
        strength: 'weak',
        because: 'two machines answer for one address',
      },
    ],
    summary: 'NIC {interface} of {baremetalhost} had {vip}, which is the {role} VIP of the cluster.',
    why: 'During inspection a host takes the address that DHCP gives it. If that is a VIP, the DHCP range holds it and gives it to the next host too, or the address is configured statically.',
    confirm: [
      {
        text: 'Compare VIPs with the addresses of the NICs',
        run: "oc get bmh -n openshift-machine-api -o json | jq -r '.items[] | .metadata.name as $n | .status.hardware.nics[] | [$n, .name, .ip] | @tsv'",
        risk: 'safe',
      },
    ],
    fix: [{ text: 'Take both VIPs out of the DHCP range, and end the lease', risk: 'safe' }],
    collect: ['the leases of the DHCP server'],
    falsePositives: ['A host that was inspected before the VIP was chosen, whose lease has ended'],
  },
  needs: ['Infrastructure', 'BareMetalHost', 'documents'],
  detect({ facts, report, noData }) {
    const { vips } = declaredVips(facts.Infrastructure, facts.documents.get('install-config') ?? []);
    const hosts = facts.BareMetalHost;
    if (vips.length === 0 || hosts.length === 0) return noData('VIPs or BareMetalHosts were not gathered');
    for (const host of hosts)
      for (const [index, nic] of readList(host.body, 'status.hardware.nics').entries()) {
        const own = parseAddress(readText(nic, 'ip') ?? '');
        const vip = own === undefined ? undefined : vips.find((one) => canonical(one.address) === canonical(own));
        if (vip === undefined) continue;
        report({
          title: `${vip.role} VIP ${vip.text} was the address of a NIC of ${host.name}`,
          confidence: LIKELY,
          entities: [{ kind: 'vip', name: canonical(vip.address) }, ...hostEntities(host)],
          captures: { vip: vip.text, role: vip.role, interface: readText(nic, 'name') ?? 'a NIC' },
          evidence: [vip.evidence, evidenceOf(host, `status.hardware.nics[${index}].ip`)],
        });
      }
  },
});
