import { Buffer } from 'node:buffer';
import { type Resource, readList, readText } from '../../model/resource.ts';
import type { Micros } from '../../model/time.ts';
import { timeAt } from '../objects/age.ts';

/** Signers that kube-controller-manager serves and kubelets depend on. */
export const KUBELET_SIGNERS = ['kubernetes.io/kube-apiserver-client-kubelet', 'kubernetes.io/kubelet-serving'];
export const CLIENT_SIGNER = KUBELET_SIGNERS[0] as string;

export interface CertificateRequest {
  readonly resource: Resource;
  readonly signer: string;
  readonly created?: Micros;
  /** The node that asks, where the request tells. */
  readonly node?: string;
  readonly decision: 'pending' | 'approved' | 'refused';
  readonly decidedAt?: Micros;
  readonly issued: boolean;
}

export function certificateRequest(resource: Resource): CertificateRequest {
  const created = timeAt(resource.body, 'metadata.creationTimestamp');
  const node = requester(resource);
  const conditions = readList(resource.body, 'status.conditions');
  const find = (types: readonly string[]) =>
    conditions.find((item) => types.includes(readText(item, 'type') ?? '') && readText(item, 'status') !== 'False');
  const refused = find(['Denied', 'Failed']);
  const approved = find(['Approved']);
  const decidedAt = timeAt(approved ?? refused, 'lastUpdateTime') ?? timeAt(approved ?? refused, 'lastTransitionTime');
  return {
    resource,
    signer: readText(resource.body, 'spec.signerName') ?? '',
    ...(created !== undefined && { created }),
    ...(node !== undefined && { node }),
    decision: refused !== undefined ? 'refused' : approved !== undefined ? 'approved' : 'pending',
    ...(decidedAt !== undefined && { decidedAt }),
    issued: (readText(resource.body, 'status.certificate') ?? '') !== '',
  };
}

/** A renewal is asked for by the node itself; a first certificate by the bootstrapper, with the node only in the request. */
function requester(resource: Resource): string | undefined {
  const username = readText(resource.body, 'spec.username') ?? '';
  if (username.startsWith('system:node:')) return username.slice('system:node:'.length);
  const pem = Buffer.from(readText(resource.body, 'spec.request') ?? '', 'base64').toString('latin1');
  const body = /-----BEGIN [A-Z ]{1,40}-----([A-Za-z0-9+/=\s]{1,20000})-----END/.exec(pem)?.[1];
  if (body === undefined) return undefined;
  return nodeInside(Buffer.from(body, 'base64').toString('latin1'));
}

/** The subject's common name stands in the DER encoding as tag, length and plain text. */
function nodeInside(der: string): string | undefined {
  const prefix = 'system:node:';
  for (let at = der.indexOf(prefix); at >= 2; at = der.indexOf(prefix, at + 1)) {
    const length = der.charCodeAt(at - 1);
    const name = der.slice(at + prefix.length, at + length);
    // UTF8String or PrintableString; the next structure begins right behind it, with a tag that reads as `0`.
    if ([0x0c, 0x13].includes(der.charCodeAt(at - 2)) && /^[A-Za-z0-9.-]+$/.test(name)) return name;
  }
  return undefined;
}

/** Requests by the node and signer that they are for. */
export function byRequester(requests: readonly CertificateRequest[]): Map<string, CertificateRequest[]> {
  return Map.groupBy(requests, ({ node, signer, resource }) => `${signer} ${node ?? resource.name}`);
}
