import { defineDetector } from '../model/detector.ts';
import type { Facts } from '../model/facts.ts';
import { type Resource, readList, readText } from '../model/resource.ts';
import { CERTAIN, LIKELY } from './confidence.ts';
import { evidenceOf } from './evidence.ts';

const needs = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'Service', 'Endpoints'] as const;
type Known = Facts<(typeof needs)[number]>;
type Backend = 'serving' | 'unknown' | 'service does not exist' | 'service has no ready endpoints';

/** Admission webhooks that must answer and have nobody who could. */
export const webhookServiceWithoutEndpoints = defineDetector({
  about: {
    id: 'webhook-service-without-endpoints',
    title: 'Admission webhook must answer but nothing serves it',
    component: 'kube-apiserver',
    severity: 'critical',
    role: 'cause',
    status: 'stable',
    recovery: 'in-place',
    causes: [
      {
        effect: 'webhook-call-failed',
        join: ['webhook'],
        strength: 'strong',
        because: 'the API server finds no endpoint to call',
      },
      {
        effect: 'pod-crashloop-or-not-created',
        join: ['cluster'],
        strength: 'weak',
        because: 'requests that the webhook covers are refused',
      },
    ],
    summary: 'Webhook {webhook} has failurePolicy Fail, and its {state} ({service}).',
    why: 'With failurePolicy Fail every request that the webhook covers is refused as long as it does not answer.',
    confirm: [
      {
        text: 'Look at the service and its endpoints',
        run: 'oc get service,endpoints -n {namespace} {serviceName}',
        risk: 'safe',
      },
      { text: 'What does the webhook cover?', run: 'oc get {configurationKind} {configuration} -o yaml', risk: 'safe' },
    ],
    fix: [
      { text: 'Bring the pods behind the service back', risk: 'safe' },
      {
        text: 'When the product was removed, delete the webhook configuration that it left behind',
        run: 'oc delete {configurationKind} {configuration}',
        risk: 'destructive',
      },
    ],
    collect: ['pods and events of the namespace of the webhook'],
    falsePositives: ['A backend that was restarting while the gather ran'],
  },
  needs,
  detect({ facts, report, noData }) {
    const configurations = [...facts.ValidatingWebhookConfiguration, ...facts.MutatingWebhookConfiguration];
    if (configurations.length === 0) return noData('no webhook configuration was gathered');
    const reported = new Set<string>();
    for (const configuration of configurations) {
      for (const [index, webhook] of readList(configuration.body, 'webhooks').entries()) {
        const namespace = readText(webhook, 'clientConfig.service.namespace');
        const service = readText(webhook, 'clientConfig.service.name');
        if (
          (readText(webhook, 'failurePolicy') ?? 'Fail') !== 'Fail' ||
          namespace === undefined ||
          service === undefined
        )
          continue;
        if (readList(webhook, 'rules').length === 0) continue;
        const state = backendOf(namespace, service, facts);
        if (state === 'serving') continue;
        const name = readText(webhook, 'name') ?? configuration.name;
        if (reported.has(`${name} ${namespace}`)) continue;
        reported.add(`${name} ${namespace}`);
        if (state === 'unknown') {
          noData(`namespace ${namespace} of webhook ${name} was not gathered`);
          continue;
        }
        report({
          title: `Webhook ${name}: its ${state}`,
          confidence: state === 'service does not exist' ? CERTAIN : LIKELY,
          entities: [
            { kind: 'webhook', name },
            { kind: 'namespace', name: namespace },
          ],
          captures: {
            state,
            service: `${namespace}/${service}`,
            serviceName: service,
            configuration: configuration.name,
            configurationKind: configuration.kind.toLowerCase(),
          },
          evidence: [
            evidenceOf(configuration, `webhooks[${index}].clientConfig.service.name`),
            ...endpointsEvidence(namespace, service, facts),
          ],
        });
      }
    }
  },
});

function backendOf(namespace: string, service: string, facts: Known): Backend {
  const services = facts.Service.filter((one) => one.group === '' && one.namespace === namespace);
  const endpoints = facts.Endpoints.filter((one) => one.namespace === namespace);
  const found = services.find(({ name }) => name === service);
  if (found === undefined) return services.length > 0 ? 'service does not exist' : 'unknown';
  if (readText(found.body, 'spec.type') === 'ExternalName') return 'serving';
  const endpoint = endpoints.find(({ name }) => name === service);
  if (endpoint === undefined) return endpoints.length > 0 ? 'service has no ready endpoints' : 'unknown';
  return isServed(endpoint) ? 'serving' : 'service has no ready endpoints';
}

function isServed(endpoints: Resource): boolean {
  return readList(endpoints.body, 'subsets').some((subset) => readList(subset, 'addresses').length > 0);
}

function endpointsEvidence(namespace: string, service: string, facts: Known) {
  const endpoints = facts.Endpoints.find((one) => one.namespace === namespace && one.name === service);
  return endpoints === undefined
    ? []
    : [evidenceOf(endpoints, 'metadata.name', { text: `name: ${service}, without ready addresses` })];
}
