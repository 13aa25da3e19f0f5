import { defineDetector } from '../model/detector.ts';
import { CLUSTER } from '../model/entity.ts';
import type { FindingDraft } from '../model/finding.ts';
import { formatTime } from '../model/time.ts';
import { groupsOf } from './certificates/groups.ts';
import { CERTIFICATE_FACTS, describe, heldCertificates } from './certificates/held.ts';
import type { HeldCertificate } from './certificates/held-certificate.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';

const SHOWN = 12;

/** Certificates of the platform that had ended when the gather was taken. */
export const certificateExpired = defineDetector({
  about: {
    id: 'certificate-expired',
    title: 'Certificates of the platform have expired',
    component: 'certificates',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'x509-expired-or-not-yet-valid',
        join: ['cluster'],
        agree: ['expiry'],
        strength: 'strong',
        because: 'every handshake with the certificate ends with this error',
      },
      {
        effect: 'apiserver-rejects-expired-client',
        join: ['cluster'],
        strength: 'likely',
        because: 'the API refuses clients whose certificates, or whose signers, have ended',
      },
      {
        effect: 'kubelet-client-cert-expired',
        join: ['cluster'],
        strength: 'weak',
        because: 'certificates end with the signer that made them',
      },
    ],
    summary: '{count} certificate(s) in use have expired, the first ({earliest}) at {expired}.',
    why: 'The operators renew their certificates long before they end, as long as the control plane works. Expired ones show that it did not, or that the cluster was off for too long.',
    confirm: [
      {
        text: 'List end dates that the operators have noted',
        run: 'oc get secret -A -o json | jq -r \'.items[] | [.metadata.namespace, .metadata.name, .metadata.annotations["auth.openshift.io/certificate-not-after"]] | @tsv\' | grep Z',
        risk: 'safe',
      },
      { text: 'Rule out wrong clocks', run: 'chronyc tracking', risk: 'safe' },
    ],
    fix: [
      {
        text: 'Start all control plane nodes, approve pending certificate requests, and let the operators renew',
        run: 'oc get csr -o name | xargs oc adm certificate approve',
        risk: 'disruptive',
      },
      {
        text: 'Have one that was brought along by hand, such as that of the ingress or of the external API name, issued anew, and replace its Secret',
        risk: 'disruptive',
      },
    ],
    collect: ['secrets with their annotations', 'logs of the operator that owns the certificate'],
    falsePositives: ['Certificates that nothing uses any more', 'A gather whose time is not known exactly'],
  },
  needs: CERTIFICATE_FACTS,
  detect({ facts, gatheredAt, report, noData }) {
    if (gatheredAt === undefined) return noData('the time of the gather is unknown');
    const held = heldCertificates(facts);
    if (held.length === 0) return noData('no certificate was gathered');
    const expired = held
      .filter(({ certificate }) => certificate.to < gatheredAt)
      .sort((a, b) => a.certificate.to - b.certificate.to);
    for (const group of groupsOf(expired)) report(draftOf(group));
  },
});

function draftOf(expired: readonly HeldCertificate[]): FindingDraft {
  const first = expired[0]!;
  const weighty = expired.some(({ weight }) => weight === 'authority');
  const idle = expired.every(({ weight }) => weight === 'bundle');
  const names = [...new Set(expired.map(({ name }) => name))];
  const ends = new Set(expired.map(({ certificate }) => certificate.to));
  return {
    severity: weighty ? 'critical' : idle ? 'warning' : 'error',
    title: names.length === 1 ? `Certificate ${names[0]} has expired` : `${names.length} certificates have expired`,
    confidence: weighty ? CERTAIN : idle ? LIKELY / 2 : LIKELY,
    entities: [CLUSTER, ...names.slice(0, SHOWN).map((name) => ({ kind: 'certificate' as const, name }))],
    firstSeen: Math.min(...ends),
    count: expired.length,
    captures: {
      earliest: first.name,
      expired: formatTime(first.certificate.to),
      subject: first.certificate.name,
      ...(ends.size === 1 && { expiry: formatTime(first.certificate.to) }),
    },
    evidence: expired
      .slice(0, SHOWN)
      .map((one) => evidenceOf(one.resource, one.path, { text: describe(one, formatTime), at: one.certificate.to })),
  };
}
