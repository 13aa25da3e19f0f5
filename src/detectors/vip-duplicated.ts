import { defineDetector } from '../model/detector.ts';
import { CERTAIN } from './confidence.ts';
import { canonical } from './network/address.ts';
import { declaredVips, userManagedLoadBalancer } from './network/platform.ts';

/** One address for the API and for ingress. */
export const vipDuplicated = defineDetector({
  about: {
    id: 'vip-duplicated',
    title: 'API and ingress share one VIP',
    component: 'network configuration',
    severity: 'critical',
    role: 'cause',
    status: 'stable',
    timeless: true,
    recovery: 'reinstall',
    causes: [
      {
        effect: 'ingress-canary-failing',
        join: ['cluster'],
        strength: 'likely',
        because: 'the address is held by a control plane node, where no router listens',
      },
      {
        effect: 'keepalived-vrrp-flap',
        join: ['cluster'],
        strength: 'likely',
        because: 'two VRRP groups claim one address',
      },
    ],
    summary: '{vip} is the API VIP and the ingress VIP at once.',
    why: 'The two VIPs follow different services to different nodes. One address cannot be at both places.',
    confirm: [
      {
        text: 'Read both VIPs',
        run: "oc get infrastructure cluster -o jsonpath='{.status.platformStatus}'",
        risk: 'safe',
      },
    ],
    fix: [{ text: 'Reinstall with two addresses; the first VIPs cannot be changed later', risk: 'destructive' }],
    falsePositives: ['A user-managed load balancer, which may serve both from one address'],
  },
  needs: ['Infrastructure', 'documents'],
  detect({ facts, report, noData }) {
    const { vips } = declaredVips(facts.Infrastructure, facts.documents.get('install-config') ?? []);
    if (facts.Infrastructure.length === 0 && vips.length === 0)
      return noData('neither Infrastructure nor install-config was gathered');
    if (userManagedLoadBalancer(facts.Infrastructure)) return;
    for (const api of vips.filter(({ role }) => role === 'API')) {
      const ingress = vips.find(
        ({ role, address }) => role === 'Ingress' && canonical(address) === canonical(api.address),
      );
      if (ingress === undefined) continue;
      report({
        title: `${api.text} is both API VIP and ingress VIP`,
        confidence: CERTAIN,
        timeless: true,
        entities: [{ kind: 'vip', name: canonical(api.address) }],
        captures: { vip: api.text },
        evidence: [api.evidence, ingress.evidence],
      });
    }
  },
});
