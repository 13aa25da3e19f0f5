import { defineDetector } from '../model/detector.ts';
import { MINUTE } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { byRequester, type CertificateRequest, certificateRequest, KUBELET_SIGNERS } from './csr/request.ts';
import { evidenceOf } from './evidence.ts';
import { newest, oldest } from './objects/age.ts';

const SIGNERS = [...KUBELET_SIGNERS, 'kubernetes.io/kube-apiserver-client'];
/** Signing takes a second. */
const SIGNED = 2 * MINUTE;

/** Approved requests of the built-in signers that never got their certificate. */
export const csrApprovedNotIssued = defineDetector({
  about: {
    id: 'csr-approved-not-issued',
    title: 'Certificate request was approved but never signed',
    component: 'kube-controller-manager',
    severity: 'critical',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'kubelet-waiting-for-client-cert',
        join: ['node'],
        strength: 'strong',
        because: 'the kubelet waits for the certificate itself, not for the approval',
      },
      {
        effect: 'ovnk-controller-start-failed',
        join: ['node'],
        strength: 'strong',
        because: 'ovnkube on the node needs a client certificate of its own',
      },
    ],
    summary: '{csr} was approved {count} time(s) for {requester}, and no certificate was issued.',
    why:
      'Approved requests are signed by a controller inside kube-controller-manager. Without a leading controller manager, or without its signing CA, ' +
      'approval has no effect.',
    confirm: [
      { text: 'See the request', run: 'oc get csr {csr} -o yaml', risk: 'safe' },
      {
        text: 'Is a controller manager leading?',
        run: 'oc get lease kube-controller-manager -n kube-system -o yaml',
        risk: 'safe',
      },
    ],
    fix: [{ text: 'Repair kube-controller-manager; it signs what is approved as soon as it leads', risk: 'safe' }],
    collect: ['kube-controller-manager logs and lease'],
  },
  needs: ['CertificateSigningRequest'],
  detect({ facts, gatheredAt, names, report, noData }) {
    if (facts.CertificateSigningRequest.length === 0)
      return noData('no CertificateSigningRequest was gathered; they are deleted after a day at most');
    if (gatheredAt === undefined) return noData('the time of the gather is unknown');
    const requests = facts.CertificateSigningRequest.map(certificateRequest).filter(({ signer }) =>
      SIGNERS.includes(signer),
    );
    for (const group of byRequester(requests).values()) {
      const unsigned = unsignedOf(group).filter(({ decidedAt }) => gatheredAt - (decidedAt as number) > SIGNED);
      const [example] = unsigned;
      if (example === undefined) continue;
      const node = example.node === undefined ? undefined : names.node(example.node);
      const since = oldest(unsigned.map(({ decidedAt }) => decidedAt));
      report({
        title: `Certificate request ${example.resource.name} was approved but not signed`,
        confidence: CERTAIN,
        entities: [
          ...(node === undefined ? [] : [{ kind: 'node' as const, name: node }]),
          ...unsigned.slice(0, 5).map(({ resource }) => ({ kind: 'csr' as const, name: resource.name })),
        ],
        ...(since !== undefined && { firstSeen: since }),
        lastSeen: gatheredAt,
        count: unsigned.length,
        captures: { requester: node ?? 'an unknown node', signer: example.signer },
        evidence: unsigned.slice(0, 5).map(({ resource, decidedAt }) =>
          evidenceOf(resource, 'status.conditions[type=Approved].type', {
            text: 'type: Approved, without status.certificate',
            at: decidedAt,
          }),
        ),
      });
    }
  },
});

/** Approved, timed, without certificate, and not overtaken by a later request of the same node that was served. */
function unsignedOf(group: readonly CertificateRequest[]): CertificateRequest[] {
  const served = newest(group.filter(({ issued }) => issued).map(({ created }) => created)) ?? Number.NEGATIVE_INFINITY;
  return group.filter(
    ({ decision, issued, decidedAt, created }) =>
      decision === 'approved' && !issued && decidedAt !== undefined && (created ?? decidedAt) > served,
  );
}
