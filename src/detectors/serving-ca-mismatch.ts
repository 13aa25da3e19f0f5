import type { X509Certificate } from 'node:crypto';
import { defineDetector } from '../model/detector.ts';
import type { Facts } from '../model/facts.ts';
import { type Resource, readList, readText } from '../model/resource.ts';
import { isIssuedBy, issuerName, subjectName, x509OfBase64 } from './certificates/pem.ts';
import { CERTAIN } from './confidence.ts';
import { evidenceOf } from './evidence.ts';
import { annotation } from './objects/node.ts';

const needs = [
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'APIService',
  'Service',
  'Secret',
] as const;
type Known = Facts<(typeof needs)[number]>;

/** Something of the API that calls a Service and trusts only `bundle`. */
interface Caller {
  readonly resource: Resource;
  readonly path: string;
  readonly label: string;
  readonly bundle: string;
  readonly namespace: string;
  readonly service: string;
}

/** Webhooks and aggregated APIs whose CA bundle did not sign the certificate of the Service behind them. */
export const servingCaMismatch = defineDetector({
  about: {
    id: 'serving-ca-mismatch',
    title: 'A CA bundle does not fit the certificate of the service behind it',
    component: 'certificates',
    severity: 'error',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'webhook-call-failed',
        join: ['cluster'],
        agree: ['namespace'],
        strength: 'strong',
        because: 'the API does not trust the certificate that the webhook shows',
      },
      {
        effect: 'apiservice-unavailable',
        join: ['cluster'],
        agree: ['namespace'],
        strength: 'strong',
        because: 'the API does not trust the certificate that the backend shows',
      },
      {
        effect: 'x509-unknown-authority',
        join: ['cluster'],
        strength: 'likely',
        because: 'this is what the handshake ends with',
      },
    ],
    summary: '{caller} trusts {trusted}, but {service} shows a certificate of {issuer}.',
    why: 'The API server calls webhooks and aggregated APIs by TLS and accepts only the authorities that the caller names. A signer that was rotated on one side only leaves the two apart.',
    confirm: [
      {
        text: 'Read who issued the certificate that is served',
        run: "oc get secret -n {namespace} {secret} -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -issuer -enddate",
        risk: 'safe',
      },
    ],
    fix: [
      {
        text: 'Let the operator of the service inject its CA again; with the service CA: the annotation service.beta.openshift.io/inject-cabundle=true',
        risk: 'disruptive',
      },
    ],
    falsePositives: ['A backend that does not use the Secret of its Service'],
  },
  needs,
  detect({ facts, report, noData }) {
    const callers = callersOf(facts);
    if (callers.length === 0) return noData('no webhook or aggregated API with a CA bundle was gathered');
    const reported = new Set<string>();
    for (const caller of callers) {
      const secret = secretOf(caller, facts);
      const [served] = secret === undefined ? [] : x509OfBase64(readText(secret.body, 'data."tls.crt"') ?? '');
      const trusted = x509OfBase64(caller.bundle);
      if (secret === undefined || served === undefined || trusted.length === 0) continue;
      if (trusted.some((authority) => trusts(authority, served))) continue;
      const key = `${caller.label} ${caller.namespace}/${caller.service}`;
      if (reported.has(key)) continue;
      reported.add(key);
      report({
        title: `${caller.label} does not trust the certificate of ${caller.namespace}/${caller.service}`,
        confidence: CERTAIN,
        entities: [
          { kind: 'namespace', name: caller.namespace },
          { kind: 'certificate', name: `${secret.namespace}/${secret.name}` },
        ],
        captures: {
          caller: caller.label,
          trusted: [...new Set(trusted.map(subjectName))].slice(0, 3).join(', '),
          service: `${caller.namespace}/${caller.service}`,
          issuer: issuerName(served),
          namespace: caller.namespace,
          secret: secret.name,
        },
        evidence: [
          evidenceOf(caller.resource, caller.path, { text: `caBundle: CN=${trusted.map(subjectName).join(', CN=')}` }),
          evidenceOf(secret, 'data."tls.crt"', { text: `tls.crt: issued by CN=${issuerName(served)}` }),
        ],
      });
    }
  },
});

/** A bundle may hold the certificate itself. */
function trusts(authority: X509Certificate, served: X509Certificate): boolean {
  return authority.fingerprint256 === served.fingerprint256 || isIssuedBy(served, authority);
}

function callersOf(facts: Known): Caller[] {
  const hooks = [...facts.ValidatingWebhookConfiguration, ...facts.MutatingWebhookConfiguration].flatMap((resource) =>
    readList(resource.body, 'webhooks').flatMap((hook, index) =>
      callerOf(resource, `webhooks[${index}].clientConfig`, `Webhook ${readText(hook, 'name') ?? resource.name}`),
    ),
  );
  const services = facts.APIService.flatMap((resource) => callerOf(resource, 'spec', `APIService ${resource.name}`));
  return [...hooks, ...services];
}

function callerOf(resource: Resource, place: string, label: string): Caller[] {
  const text = (field: string) => readText(resource.body, `${place}.${field}`);
  const [bundle, namespace, service] = [text('caBundle'), text('service.namespace'), text('service.name')];
  if (bundle === undefined || namespace === undefined || service === undefined) return [];
  return [{ resource, path: `${place}.caBundle`, label, bundle, namespace, service }];
}

const SERVING = [
  'service.beta.openshift.io/serving-cert-secret-name',
  'service.alpha.openshift.io/serving-cert-secret-name',
];

/** The Secret that the service CA fills for a Service: only there it is known who shows which certificate. */
function secretOf({ namespace, service }: Caller, facts: Known): Resource | undefined {
  const found = facts.Service.find((one) => one.group === '' && one.namespace === namespace && one.name === service);
  const name = found && SERVING.map((key) => annotation(found, key)).find((value) => value !== undefined);
  return name === undefined ? undefined : facts.Secret.find((one) => one.namespace === namespace && one.name === name);
}
