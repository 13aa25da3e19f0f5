import { defineDetector } from '../model/detector.ts';
import type { Entity } from '../model/entity.ts';
import { issuerName, subjectName } from './certificates/pem.ts';
import { bundleOf, leadsTo, RELATIONS, TRUST_FACTS } from './certificates/trust.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';

const SHOWN = 8;

/** Certificates of the platform whose issuer is missing in the CA bundle of those that they are shown to. */
export const issuerNotTrusted = defineDetector({
  about: {
    id: 'issuer-not-trusted',
    title: 'The issuer of certificates in use is not trusted by those that they are shown to',
    component: 'certificates',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'x509-unknown-authority',
        join: ['cluster'],
        strength: 'strong',
        because: 'this is what the handshake ends with',
      },
      {
        effect: 'kubelet-unauthorized',
        join: ['node'],
        strength: 'strong',
        because: 'the API does not know who issued the certificate of the kubelet',
      },
      {
        effect: 'kubelet-x509-unknown-authority',
        join: ['cluster'],
        strength: 'likely',
        because: 'kubelets refuse an API server whose issuer they do not know',
      },
      {
        effect: 'etcd-peer-tls-rejected',
        join: ['cluster'],
        strength: 'strong',
        because: 'etcd members refuse each other',
      },
      {
        effect: 'kas-etcd-connection-failing',
        join: ['cluster'],
        strength: 'likely',
        because: 'etcd and API servers refuse each other',
      },
    ],
    summary:
      '{shown} ({count}) is issued by {issuer}, which the bundle {bundle} of {by} does not hold; it holds {trusted}.',
    why:
      'Both ends of TLS are kept by operators: one renews certificates, another hands the matching authorities to those who check them. ' +
      'A signer that was replaced, by hand, by a restored backup or by an operator that stood still in between, leaves the two apart, and every handshake between them fails.',
    confirm: [
      {
        text: 'Read what the bundle holds',
        run: "oc get configmap -n {bundleNamespace} {bundleName} -o json | jq -r '.data[]' | openssl crl2pkcs7 -nocrl -certfile /dev/stdin | openssl pkcs7 -print_certs -noout",
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'See that the operators that own the signer and the bundle are at work, and let them hand it out again',
        run: 'oc get co kube-apiserver etcd kube-controller-manager',
        risk: 'safe',
      },
      {
        text: 'Where certificates of kubelets are concerned, have them asked for again and approve the requests',
        risk: 'disruptive',
      },
    ],
    falsePositives: ['A gather that was taken while a signer was being replaced'],
  },
  needs: TRUST_FACTS,
  detect({ facts, report, noData }) {
    let judged = 0;
    for (const relation of RELATIONS) {
      const bundle = bundleOf(facts, relation.trustedBy);
      const all = bundle === undefined ? [] : relation.shown(facts);
      judged += all.length;
      const apart = all.filter(({ chain }) => !leadsTo(chain, bundle!.authorities));
      const [first] = apart;
      if (bundle === undefined || first === undefined) continue;
      const { namespace = '', name } = bundle.resource;
      const nodes = [...new Set(apart.flatMap(({ node }) => (node === undefined ? [] : [node])))];
      report({
        title: `${relation.by} does not trust ${relation.of}: its issuer ${issuerName(first.chain[0]!)} is not in ${namespace}/${name}`,
        confidence: CERTAIN,
        entities: [
          { kind: 'certificate', name: `${namespace}/${name}` },
          ...nodes.slice(0, SHOWN).map((node): Entity => ({ kind: 'node', name: node })),
        ],
        count: apart.length,
        captures: {
          shown: relation.of,
          by: relation.by,
          issuer: issuerName(first.chain[0]!),
          bundle: `${namespace}/${name}`,
          bundleNamespace: namespace,
          bundleName: name,
          trusted: [...new Set(bundle.authorities.map(subjectName))].slice(0, 4).join(', '),
        },
        evidence: [
          ...apart.slice(0, SHOWN).map(({ resource, path, chain }) =>
            evidenceOf(resource, path, {
              text: `CN=${subjectName(chain[0]!)}, issued by CN=${issuerName(chain[0]!)}`,
            }),
          ),
          evidenceOf(bundle.resource, bundle.path, {
            text: `CA bundle: CN=${bundle.authorities.map(subjectName).join(', CN=')}`,
          }),
        ],
      });
    }
    if (judged === 0) noData('no certificate was gathered together with the CA bundle that it is checked by');
  },
});
