import type { X509Certificate } from 'node:crypto';
import type { Facts } from '../../model/facts.ts';
import { isFields, type Resource, read, readText } from '../../model/resource.ts';
import { byRequester, CLIENT_SIGNER, certificateRequest, KUBELET_SIGNERS } from '../csr/request.ts';
import { isIssuedBy, x509Of, x509OfBase64 } from './pem.ts';
import { isRevision } from './revision.ts';

export const TRUST_FACTS = ['Secret', 'ConfigMap', 'CertificateSigningRequest'] as const;
export type TrustFacts = Facts<(typeof TRUST_FACTS)[number]>;

/** A certificate as its holder shows it: itself first, then those that lead on to its authority. */
export interface Shown {
  readonly resource: Resource;
  /** Field path of the PEM text. */
  readonly path: string;
  readonly chain: readonly X509Certificate[];
  readonly node?: string;
}

export interface Bundle {
  readonly resource: Resource;
  readonly path: string;
  readonly authorities: readonly X509Certificate[];
}

/** Who shows what to whom. Only what the platform's own operators keep on both sides is certain. */
interface Relation {
  readonly of: string;
  readonly shown: (facts: TrustFacts) => Shown[];
  /** `namespace/name` of the ConfigMap that those who are shown it trust; the first that was gathered counts. */
  readonly trustedBy: readonly string[];
  readonly by: string;
}

const KAS = 'openshift-kube-apiserver';
const MANAGED = 'openshift-config-managed';
const [CLIENT, SERVING] = [CLIENT_SIGNER, KUBELET_SIGNERS[1] as string];

export const RELATIONS: readonly Relation[] = [
  {
    of: 'the client certificate of a kubelet',
    shown: requested(CLIENT),
    trustedBy: [`${KAS}/client-ca`],
    by: 'kube-apiserver',
  },
  {
    of: 'the serving certificate of a kubelet',
    shown: requested(SERVING),
    trustedBy: [`${KAS}/kubelet-serving-ca`, `${MANAGED}/kubelet-serving-ca`],
    by: 'kube-apiserver',
  },
  {
    of: 'the serving certificate of an etcd member',
    shown: secrets(/^openshift-etcd\/etcd-serving-(?!metrics-)/),
    trustedBy: [`${KAS}/etcd-serving-ca`],
    by: 'kube-apiserver',
  },
  {
    of: 'the serving certificate of an etcd member',
    shown: secrets(/^openshift-etcd\/etcd-serving-(?!metrics-)/),
    trustedBy: ['openshift-apiserver/etcd-serving-ca'],
    by: 'openshift-apiserver',
  },
  {
    of: 'the peer certificate of an etcd member',
    shown: secrets(/^openshift-etcd\/etcd-peer-/),
    trustedBy: ['openshift-etcd/etcd-ca-bundle', 'openshift-etcd/etcd-peer-client-ca'],
    by: 'the other etcd members',
  },
  {
    of: 'the etcd client certificate of kube-apiserver',
    shown: secrets(/^openshift-kube-apiserver\/etcd-client$/),
    trustedBy: ['openshift-etcd/etcd-ca-bundle', 'openshift-etcd/etcd-serving-ca'],
    by: 'etcd',
  },
  {
    of: 'the client certificate of the aggregator',
    shown: secrets(/^openshift-kube-apiserver\/aggregator-client$/),
    trustedBy: [`${KAS}/aggregator-client-ca`],
    by: 'the aggregated API servers',
  },
  {
    of: 'the client certificate of a control plane component',
    shown: secrets(/^openshift-config-managed\/(?:kube-controller-manager|kube-scheduler)-client-cert-key$/),
    trustedBy: [`${KAS}/client-ca`],
    by: 'kube-apiserver',
  },
  {
    of: 'a serving certificate of kube-apiserver',
    shown: secrets(
      /^openshift-kube-apiserver\/(?:(?:internal-loadbalancer|service-network|localhost-recovery)-serving-certkey|localhost-serving-cert-certkey)$/,
    ),
    trustedBy: [`${MANAGED}/kube-apiserver-server-ca`, `${KAS}/kube-apiserver-server-ca`],
    by: 'all pods and kubelets',
  },
];

/** The newest issued certificate of each node by one signer. */
function requested(signer: string): Relation['shown'] {
  return ({ CertificateSigningRequest: requests }) => {
    const issued = requests
      .map(certificateRequest)
      .filter((one) => one.issued && one.node !== undefined && one.signer === signer);
    return [...byRequester(issued).values()].flatMap((group) => {
      const newest = group.reduce((a, b) => ((b.created ?? 0) > (a.created ?? 0) ? b : a));
      const chain = x509OfBase64(readText(newest.resource.body, 'status.certificate') ?? '');
      return shown({ resource: newest.resource, path: 'status.certificate', chain, node: newest.node! });
    });
  };
}

function secrets(names: RegExp): Relation['shown'] {
  return ({ Secret: all }) =>
    all
      .filter(({ namespace, name }) => names.test(`${namespace}/${name}`) && !isRevision(name))
      .flatMap((resource) => {
        const chain = x509OfBase64(readText(resource.body, 'data."tls.crt"') ?? '');
        return shown({ resource, path: 'data."tls.crt"', chain });
      });
}

function shown(one: Shown): Shown[] {
  return one.chain.length === 0 ? [] : [one];
}

/** The CA bundle of the first of these ConfigMaps that was gathered and can be read whole. */
export function bundleOf({ ConfigMap: all }: TrustFacts, names: readonly string[]): Bundle | undefined {
  for (const wanted of names)
    for (const resource of all) {
      if (`${resource.namespace}/${resource.name}` !== wanted) continue;
      const data = read(resource.body, 'data');
      for (const [key, value] of isFields(data) ? Object.entries(data) : []) {
        const authorities = typeof value === 'string' && /^[\w.-]+$/.test(key) ? x509Of(value) : [];
        if (authorities.length > 0) return { resource, path: `data."${key}"`, authorities };
      }
    }
  return undefined;
}

/** Whether the chain ends at one of the authorities, by way of the others that are shown with it. */
export function leadsTo(chain: readonly X509Certificate[], authorities: readonly X509Certificate[]): boolean {
  const known = new Set(authorities.map(({ fingerprint256 }) => fingerprint256));
  let [at] = chain;
  const left = new Set(chain.slice(1));
  while (at !== undefined) {
    const here: X509Certificate = at;
    if (known.has(here.fingerprint256) || authorities.some((authority) => isIssuedBy(here, authority))) return true;
    at = [...left].find((next) => isIssuedBy(here, next));
    if (at !== undefined) left.delete(at);
  }
  return false;
}
