import { Buffer } from 'node:buffer';
import type { Facts } from '../../model/facts.ts';
import { isFields, locateAll, type Resource, read } from '../../model/resource.ts';
import type { Micros } from '../../model/time.ts';
import { byRequester, certificateRequest } from '../csr/request.ts';
import { isPlatformNamespace } from '../workloads/containers.ts';
import type { HeldCertificate } from './held-certificate.ts';
import { kubeconfigsOf, ofKubeconfigText } from './kubeconfig.ts';
import { type Certificate, certificatesOf, certificatesOfBase64, signerName } from './pem.ts';
import { isRevision } from './revision.ts';

export const CERTIFICATE_FACTS = [
  'Secret',
  'ConfigMap',
  'CertificateSigningRequest',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'APIService',
  'ControllerConfig',
  'documents',
] as const;

const CONTROL_PLANE_BUNDLES =
  /^(kube-apiserver-to-kubelet-client-ca|kube-control-plane-signer-ca|aggregator-client-ca|kube-apiserver-[a-z-]+-server-ca|etcd-ca-bundle|etcd-serving-ca|csr-controller-ca|csr-signer-ca|signing-cabundle)$/;

/** Certificates that platform components use: without revisioned copies, trust bundles and successors' predecessors. */
export function heldCertificates(facts: Facts<(typeof CERTIFICATE_FACTS)[number]>): HeldCertificate[] {
  return [
    ...facts.Secret.filter(isCurrent).flatMap(ofSecret),
    ...facts.ConfigMap.filter(isCurrent).flatMap(ofConfigMap),
    ...ofRequests(facts.CertificateSigningRequest),
    ...[...facts.ValidatingWebhookConfiguration, ...facts.MutatingWebhookConfiguration].flatMap((resource) =>
      ofFields(resource, ['webhooks[*].clientConfig.caBundle']),
    ),
    ...facts.APIService.flatMap((resource) => ofFields(resource, ['spec.caBundle'])),
    ...facts.ControllerConfig.flatMap((resource) => ofFields(resource, NODE_BUNDLES)),
    ...kubeconfigsOf(facts.documents.get('kubeconfig') ?? []),
  ];
}

function isCurrent({ namespace, name }: Resource): boolean {
  return isPlatformNamespace(namespace) && !isRevision(name);
}

function ofSecret(resource: Resource): HeldCertificate[] {
  return textsOf(resource).flatMap(([key, value]) => {
    if (/kubeconfig/i.test(key))
      return ofKubeconfigText(resource, key, Buffer.from(value, 'base64').toString('latin1'));
    const chain = certificatesOfBase64(value);
    if (key !== 'tls.crt') return bundled(resource, key, chain);
    // The first of a chain is the holder's own.
    const [certificate] = chain;
    if (certificate === undefined) return [];
    const weight = certificate.isAuthority ? 'authority' : 'leaf';
    return [{ resource, path: `data."${key}"`, certificate, name: `${resource.namespace}/${resource.name}`, weight }];
  });
}

/** `ca.crt` beside a certificate. */
function bundled(resource: Resource, key: string, chain: readonly Certificate[]): HeldCertificate[] {
  return [...Map.groupBy(chain, signerName).values()].map((certificates) => ({
    resource,
    path: `data."${key}"`,
    certificate: certificates.reduce(later),
    name: `${resource.namespace}/${resource.name}`,
    weight: 'bundle' as const,
  }));
}

function ofConfigMap(resource: Resource): HeldCertificate[] {
  const labels = read(resource.body, 'metadata.labels');
  if (isFields(labels) && labels['config.openshift.io/inject-trusted-cabundle'] === 'true') return [];
  return textsOf(resource).flatMap(([key, value]) => {
    if (/kubeconfig/i.test(key)) return ofKubeconfigText(resource, key, value);
    const weight = CONTROL_PLANE_BUNDLES.test(resource.name) ? ('authority' as const) : ('bundle' as const);
    return bundled(resource, key, certificatesOf(value)).map((held) => ({ ...held, weight }));
  });
}

/** What the machine-config server hands to nodes for their trust in the API. */
const NODE_BUNDLES = ['spec.rootCAData', 'spec.kubeAPIServerServingCAData'];

/** Bundles in base64: the last of each signer counts, as in ConfigMaps. */
function ofFields(resource: Resource, paths: readonly string[]): HeldCertificate[] {
  const name = `${resource.kind}/${resource.name}`;
  const certificates = paths.flatMap((path) =>
    locateAll(resource.body, path).flatMap(({ value, pointer }) =>
      typeof value === 'string'
        ? certificatesOfBase64(value).map((certificate) => ({ path: pathOf(pointer), certificate }))
        : [],
    ),
  );
  return [...Map.groupBy(certificates, ({ certificate }) => signerName(certificate)).values()].map((held) => {
    const { path, certificate } = held.reduce((a, b) => (b.certificate.to > a.certificate.to ? b : a));
    return { resource, path, certificate, name, weight: 'bundle' as const };
  });
}

/** `/webhooks/2/clientConfig/caBundle` as `webhooks[2].clientConfig.caBundle`. */
function pathOf(pointer: string): string {
  return pointer
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
}

function ofRequests(requests: readonly Resource[]): HeldCertificate[] {
  const issued = requests.map(certificateRequest).filter((request) => request.issued && request.node !== undefined);
  return [...byRequester(issued).values()].flatMap((group) => {
    const held = group.flatMap(({ resource }) => {
      const [certificate] = certificatesOfBase64(String(read(resource.body, 'status.certificate')));
      return certificate === undefined
        ? []
        : [{ resource, path: 'status.certificate', certificate, name: resource.name, weight: 'leaf' as const }];
    });
    return held.length === 0 ? [] : [held.reduce((a, b) => (b.certificate.to > a.certificate.to ? b : a))];
  });
}

function textsOf(resource: Resource): [string, string][] {
  const data = read(resource.body, 'data');
  if (!isFields(data)) return [];
  return Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'string' && /^[^"]+$/.test(key) ? [[key, value] as [string, string]] : [],
  );
}

function later(a: Certificate, b: Certificate): Certificate {
  return b.to > a.to ? b : a;
}

/** `CN=system:node:master-1, valid until …`: never the PEM text itself. */
export function describe({ certificate }: HeldCertificate, time: (at: Micros) => string): string {
  return `CN=${certificate.name}, valid from ${time(certificate.from)} to ${time(certificate.to)}`;
}
