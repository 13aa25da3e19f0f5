import { Buffer } from 'node:buffer';
import { X509Certificate } from 'node:crypto';
import { MAX_PEM_CHARACTERS } from '../../model/pem.ts';
import type { Micros } from '../../model/time.ts';

/** Trust bundles hold a hundred public roots and more; the cluster's own bundles a few certificates. */
const MAX_CERTIFICATES = 40;
/** Texts whose certificates are remembered, and their length: a cluster keeps the same bundle in each of its namespaces. */
const MAX_REMEMBERED = 1024;
const MAX_REMEMBERED_CHARACTERS = 32_000;

export interface Certificate {
  /** Common name, else the whole subject on one line. */
  readonly name: string;
  readonly isAuthority: boolean;
  readonly from: Micros;
  readonly to: Micros;
}

const MARK = '-----BEGIN CERTIFICATE-----';

/** The certificates of a PEM text, in order; none of a text that is too large to be the cluster's own. */
export const certificatesOf = remembering((text) => x509Of(text).flatMap(summary));

/** As `certificatesOf`, with all that a certificate can be asked: who issued it, for one. */
export function x509Of(text: string): X509Certificate[] {
  if (text.length > MAX_PEM_CHARACTERS || !text.includes(MARK)) return [];
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.length > MAX_CERTIFICATES ? [] : blocks.flatMap(parse);
}

/** As `x509Of`, of a base64 value. */
export function x509OfBase64(value: string): X509Certificate[] {
  return value.length > MAX_PEM_CHARACTERS ? [] : x509Of(Buffer.from(value, 'base64').toString('latin1'));
}

/** Whether the key of `authority` signed `certificate`. */
export function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  } catch {
    return false;
  }
}

/** Certificates of a base64 value, as Secrets and CertificateSigningRequests hold them. */
export const certificatesOfBase64 = remembering((value) => x509OfBase64(value).flatMap(summary));

function remembering(certificates: (text: string) => readonly Certificate[]): (text: string) => readonly Certificate[] {
  const known = new Map<string, readonly Certificate[]>();
  return (text) => {
    if (text.length > MAX_REMEMBERED_CHARACTERS) return certificates(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const found = certificates(text);
    known.set(text, found);
    return found;
  };
}

function parse(pem: string): X509Certificate[] {
  try {
    return [new X509Certificate(pem)];
  } catch {
    return [];
  }
}

function summary(certificate: X509Certificate): Certificate[] {
  const from = Date.parse(certificate.validFrom);
  const to = Date.parse(certificate.validTo);
  if (Number.isNaN(from) || Number.isNaN(to)) return [];
  return [{ name: subjectName(certificate), isAuthority: certificate.ca, from: from * 1000, to: to * 1000 }];
}

/** Common name, else the whole subject on one line. */
export function subjectName({ subject }: X509Certificate): string {
  return /^CN=(.+)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
}

/** As `subjectName`, of the authority that issued it. */
export function issuerName({ issuer }: X509Certificate): string {
  return /^CN=(.+)$/m.exec(issuer)?.[1] ?? issuer.replaceAll('\n', ', ');
}

/** `kube-csr-signer_@1733000000` and its successors are one signer: the time of their making is cut off. */
export function signerName(certificate: Certificate): string {
  return certificate.name.replace(/@\d+$/, '');
}
