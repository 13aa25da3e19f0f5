import type { AllFacts } from '../model/facts.ts';
import { isFields, namespacedName, type Resource, read, readList, readText } from '../model/resource.ts';

type ServiceFacts = Pick<
  AllFacts,
  'MutatingWebhookConfiguration' | 'Pod' | 'Service' | 'ValidatingWebhookConfiguration'
>;

/** Services, as `namespace/name`: those that send to a pod, and the one that answers for a webhook. */
export interface ServiceLinks {
  ofPod(pod: string): readonly string[];
  readonly ofWebhook: ReadonlyMap<string, string>;
}

export function serviceLinks(facts: ServiceFacts): ServiceLinks {
  const services = Map.groupBy(facts.Service.filter(hasSelector), ({ namespace }) => namespace);
  const pods = new Map(facts.Pod.map((pod) => [namespacedName(pod), pod]));
  const webhooks = [...facts.MutatingWebhookConfiguration, ...facts.ValidatingWebhookConfiguration];
  return {
    ofPod: (name) => {
      const pod = pods.get(name);
      return pod === undefined ? [] : (services.get(pod.namespace) ?? []).filter(sendsTo(pod)).map(namespacedName);
    },
    ofWebhook: new Map(webhooks.flatMap(servedBy)),
  };
}

/** One without a selector has endpoints that somebody else writes. */
function hasSelector({ group, body }: Resource): boolean {
  const selector = read(body, 'spec.selector');
  return group === '' && isFields(selector) && Object.keys(selector).length > 0;
}

function sendsTo(pod: Resource): (service: Resource) => boolean {
  const labels = read(pod.body, 'metadata.labels');
  return ({ body }) => {
    const selector = read(body, 'spec.selector');
    if (!isFields(labels) || !isFields(selector)) return false;
    return Object.entries(selector).every(([label, value]) => labels[label] === value);
  };
}

function servedBy({ body }: Resource): [string, string][] {
  return readList(body, 'webhooks').flatMap((webhook) => {
    const [name, namespace, service] = ['name', 'clientConfig.service.namespace', 'clientConfig.service.name'].map(
      (path) => readText(webhook, path),
    );
    return name === undefined || namespace === undefined || service === undefined
      ? []
      : [[name, `${namespace}/${service}`]];
  });
}
