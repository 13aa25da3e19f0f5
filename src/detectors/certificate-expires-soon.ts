import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import { DAY, formatDuration, formatTime, type Micros } from '../model/time.ts';
import { CERTIFICATE_FACTS, describe, heldCertificates } from './certificates/held.ts';
import type { HeldCertificate } from './certificates/held-certificate.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';

const SOON = 30 * DAY;
/** Operators renew at 80 % of a certificate's life, kubelets at 90 % at the latest. */
const OVERDUE = 0.1;
/** The certificates of the first day are shorter than any margin. */
const SHORT_LIVED = 2 * DAY;
const SHOWN = 12;

/** Certificates whose renewal is overdue. */
export const certificateExpiresSoon = defineDetector({
  about: {
    id: 'certificate-expires-soon',
    title: 'Certificates of the platform end soon and were not renewed',
    component: 'certificates',
    severity: 'info',
    role: 'context',
    status: 'stable',
    summary: '{count} certificate(s) end soon, the first ({earliest}) in {left}.',
    why: 'Less than a tenth of their life is left, and their operators should have renewed them before. Renewal may have come to a standstill.',
    confirm: [{ text: 'See whether the owning operator reports trouble', run: 'oc get co', risk: 'safe' }],
    collect: ['logs of the operator that owns the certificate'],
    falsePositives: ['Certificates supplied by a user, which no operator renews'],
  },
  needs: CERTIFICATE_FACTS,
  detect({ facts, gatheredAt, report, noData }) {
    if (gatheredAt === undefined) return noData('the time of the gather is unknown');
    const held = heldCertificates(facts);
    if (held.length === 0) return noData('no certificate was gathered');
    const ending = held.filter((one) => endsSoon(one, gatheredAt)).sort((a, b) => a.certificate.to - b.certificate.to);
    const [first] = ending;
    if (first === undefined) return;
    report({
      title: `${ending.length} certificate(s) end before ${formatTime(gatheredAt + SOON)} and were not renewed`,
      confidence: CERTAIN,
      entities: [
        CLUSTER,
        ...[...new Set(ending.map(({ name }) => name))]
          .slice(0, SHOWN)
          .map((name) => ({ kind: 'certificate' as const, name })),
      ],
      count: ending.length,
      captures: { earliest: first.name, left: formatDuration(first.certificate.to - gatheredAt) },
      evidence: ending
        .slice(0, SHOWN)
        .map((one) => evidenceOf(one.resource, one.path, { text: describe(one, formatTime), at: one.certificate.to })),
    });
  },
});

function endsSoon({ certificate: { from, to }, weight }: HeldCertificate, now: Micros): boolean {
  const life = to - from;
  return weight !== 'bundle' && life > SHORT_LIVED && to >= now && to - now < Math.min(SOON, life * OVERDUE);
}
