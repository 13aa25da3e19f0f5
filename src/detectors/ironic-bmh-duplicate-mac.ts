import { defineDetector } from '../model/detector.ts';
import { readText } from '../model/resource.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { hostEntities } from './metal/host.ts';

/** BareMetalHosts that claim the same boot interface. */
export const ironicBmhDuplicateMac = defineDetector({
  about: {
    id: 'ironic-bmh-duplicate-mac',
    title: 'BareMetalHosts share a boot MAC address',
    component: 'metal3',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'bmh-registration-error',
        join: ['baremetalhost'],
        strength: 'strong',
        because: 'Ironic refuses a second port with the same address',
      },
    ],
    summary: '{hosts} all have bootMACAddress {mac}.',
    why: 'Ironic tells hosts apart by the address of their boot interface and registers each address once.',
    confirm: [
      {
        text: 'List boot addresses',
        run: 'oc get bmh -A -o custom-columns=NAME:.metadata.name,MAC:.spec.bootMACAddress',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Correct bootMACAddress of the wrong host, deleting and creating the host where the field may not change',
        risk: 'disruptive',
      },
    ],
  },
  needs: ['BareMetalHost'],
  detect({ facts, report, noData }) {
    if (facts.BareMetalHost.length === 0) return noData('no BareMetalHost was gathered');
    const groups = Map.groupBy(facts.BareMetalHost, (host) =>
      (readText(host.body, 'spec.bootMACAddress') ?? '').toLowerCase(),
    );
    for (const [mac, hosts] of groups) {
      if (hosts.length < 2 || !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)) continue;
      report({
        title: `${hosts.map(({ name }) => name).join(' and ')} share boot MAC address ${mac}`,
        confidence: CERTAIN,
        entities: hosts.flatMap(hostEntities),
        captures: { mac, hosts: hosts.map(({ name }) => name).join(', ') },
        evidence: hosts.map((host) => evidenceOf(host, 'spec.bootMACAddress')),
      });
    }
  },
});
