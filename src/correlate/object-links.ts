import type { AllFacts } from '../model/facts.ts';
import { isFields, type Resource, readList, readText } from '../model/resource.ts';

/** What objects say of whom they belong to, by the name of their entity. */
export interface ObjectLinks {
  /** Requester of a CSR, where it is a node. */
  readonly nodeOfCsr: ReadonlyMap<string, string>;
  /** Namespace of the service that answers for a webhook: by the webhook's own name and its configuration's. */
  readonly namespaceOfWebhook: ReadonlyMap<string, string>;
  /** Pool whose configuration a node runs. */
  readonly poolOfNode: ReadonlyMap<string, string>;
}

type LinkFacts = Pick<
  AllFacts,
  'CertificateSigningRequest' | 'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration' | 'Node'
>;

export function objectLinks(facts: LinkFacts): ObjectLinks {
  const webhooks = [...facts.MutatingWebhookConfiguration, ...facts.ValidatingWebhookConfiguration];
  return {
    nodeOfCsr: new Map(facts.CertificateSigningRequest.flatMap(requester)),
    namespaceOfWebhook: new Map(webhooks.flatMap(servedFrom)),
    poolOfNode: new Map(facts.Node.flatMap(poolOf)),
  };
}

const NODE_USER = 'system:node:';

function requester({ name, body }: Resource): [string, string][] {
  const user = readText(body, 'spec.username') ?? '';
  return user.startsWith(NODE_USER) ? [[name, user.slice(NODE_USER.length)]] : [];
}

function servedFrom({ name, body }: Resource): [string, string][] {
  return readList(body, 'webhooks').flatMap((webhook) => {
    const namespace = readText(webhook, 'clientConfig.service.namespace');
    if (!isFields(webhook) || namespace === undefined) return [];
    return [name, readText(webhook, 'name') ?? name].map((known): [string, string] => [known, namespace]);
  });
}

/** `rendered-worker-0a1b…` is the pool worker's. */
function poolOf({ name, body }: Resource): [string, string][] {
  const config = readText(body, 'metadata.annotations."machineconfiguration.openshift.io/desiredConfig"') ?? '';
  const pool = /^rendered-(.+)-[0-9a-f]{32}$/.exec(config)?.[1];
  return pool === undefined ? [] : [[name, pool]];
}
