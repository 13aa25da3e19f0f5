import { defineDetector } from '../model/detector.ts';
import { formatDuration, MINUTE } from '../model/time.ts';
import { CERTAIN } from './confidence.ts';
import { byRequester, CLIENT_SIGNER, certificateRequest, KUBELET_SIGNERS } from './csr/request.ts';
import { evidenceOf } from './evidence.ts';
import { newest, oldest } from './objects/age.ts';

/** The machine-approver answers within a minute. */
const ANSWERED = 15 * MINUTE;

/** Certificate requests of kubelets that nobody decided on. */
export const csrPending = defineDetector({
  about: {
    id: 'csr-pending',
    title: 'Certificate request of a kubelet is waiting for approval',
    component: 'certificates',
    severity: 'error',
    role: 'symptom',
    status: 'stable',
    causes: [
      {
        effect: 'workers-missing',
        join: ['cluster'],
        strength: 'likely',
        because: 'a worker without a certificate cannot register as a Node',
      },
      {
        effect: 'kubelet-waiting-for-client-cert',
        join: ['node'],
        strength: 'strong',
        because: 'the kubelet waits until its request is approved and signed',
      },
      {
        effect: 'auth-needs-ingress-nodes',
        join: ['cluster'],
        strength: 'likely',
        because: 'workers without certificates never become Ready, and routers need workers',
      },
      {
        effect: 'machine-failed',
        join: ['host'],
        strength: 'strong',
        because: 'a node that cannot register leaves its Machine without nodeRef',
      },
    ],
    summary: '{count} {purpose} request(s) of {requester} have been pending for up to {age}.',
    why:
      'A client certificate lets the kubelet speak to the API at all; a serving certificate is needed for logs, exec and metrics of its node. ' +
      'Requests that the machine-approver cannot match with a Machine or an existing Node wait for a person.',
    confirm: [
      { text: 'List requests by age', run: 'oc get csr --sort-by=.metadata.creationTimestamp', risk: 'safe' },
      {
        text: 'Why did the approver leave it?',
        run: 'oc logs -n openshift-cluster-machine-approver deploy/machine-approver -c machine-approver-controller',
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Approve what belongs to your nodes; do it twice, for the serving request follows the client one',
        run: 'oc adm certificate approve {csr}',
        risk: 'disruptive',
      },
    ],
    collect: ['machine-approver logs', 'Machine objects with their addresses'],
    falsePositives: [
      'A request left by a node that was removed',
      'Pending requests vanish after 24 hours: an empty list proves nothing',
    ],
  },
  needs: ['CertificateSigningRequest'],
  detect({ facts, gatheredAt, names, report, noData }) {
    if (facts.CertificateSigningRequest.length === 0)
      return noData('no CertificateSigningRequest was gathered; they are deleted after a day at most');
    if (gatheredAt === undefined) return noData('the time of the gather is unknown');
    const requests = facts.CertificateSigningRequest.map(certificateRequest).filter(({ signer }) =>
      KUBELET_SIGNERS.includes(signer),
    );
    for (const group of byRequester(requests).values()) {
      const served =
        newest(group.filter(({ issued }) => issued).map(({ created }) => created)) ?? Number.NEGATIVE_INFINITY;
      const pending = group.filter(
        ({ decision, created }) => decision === 'pending' && created !== undefined && created > served,
      );
      const first = oldest(pending.map(({ created }) => created));
      const [example] = pending;
      if (example === undefined || first === undefined || gatheredAt - first <= ANSWERED) continue;
      const node = example.node === undefined ? undefined : names.node(example.node);
      const purpose = example.signer === CLIENT_SIGNER ? 'client certificate' : 'serving certificate';
      report({
        severity: example.signer === CLIENT_SIGNER ? 'error' : 'warning',
        title: `${purpose} request of ${node ?? 'an unknown node'} has been pending for ${formatDuration(gatheredAt - first)}`,
        confidence: CERTAIN,
        entities: [
          ...(node === undefined ? [] : [{ kind: 'node' as const, name: node }]),
          ...pending.slice(0, 5).map(({ resource }) => ({ kind: 'csr' as const, name: resource.name })),
        ],
        firstSeen: first,
        lastSeen: gatheredAt,
        count: pending.length,
        captures: {
          purpose,
          requester: node ?? 'an unknown node',
          age: formatDuration(gatheredAt - first),
          signer: example.signer,
        },
        evidence: pending
          .slice(0, 5)
          .map(({ resource, created }) => evidenceOf(resource, 'metadata.creationTimestamp', { at: created })),
      });
    }
  },
});
