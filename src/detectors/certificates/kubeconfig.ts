import type { Document } from '../../model/facts.ts';
import { locateAll, type Resource } from '../../model/resource.ts';
import type { HeldCertificate } from './held-certificate.ts';
import { type Certificate, certificatesOfBase64, signerName } from './pem.ts';

const MAX_CHARACTERS = 500_000;

/** What a kubeconfig holds in base64; one may also name files, of which nothing is known here. */
const FIELD = /(client-certificate|certificate-authority)-data"?\s*:\s*"?([A-Za-z0-9+/=]{100,200000})/g;

/** Certificates of a kubeconfig that stands as text in a ConfigMap or Secret. */
export function ofKubeconfigText(resource: Resource, key: string, text: string): HeldCertificate[] {
  if (text.length > MAX_CHARACTERS) return [];
  const name = `${resource.namespace}/${resource.name}`;
  return [...text.matchAll(FIELD)].flatMap(([, field, value]) =>
    ofField(field as string, value as string).map((one) => ({ ...one, resource, path: `data."${key}"`, name })),
  );
}

const FIELDS = {
  'client-certificate': 'users[*].user."client-certificate-data"',
  'certificate-authority': 'clusters[*].cluster."certificate-authority-data"',
};

/** Certificates of kubeconfig files. */
export function kubeconfigsOf(documents: readonly Document[]): HeldCertificate[] {
  return documents.flatMap((document) =>
    Object.entries(FIELDS).flatMap(([field, path]) =>
      locateAll(document.body, path).flatMap(({ value, pointer }) => {
        const [list, index, part] = pointer.slice(1).split('/');
        const held = { resource: document, path: `${list}[${index}].${part}."${field}-data"`, name: nameOf(document) };
        return typeof value === 'string' ? ofField(field, value).map((one) => ({ ...one, ...held })) : [];
      }),
    ),
  );
}

/** `auth/kubeconfig` */
function nameOf({ path }: Document): string {
  return path.split('/').slice(-2).join('/');
}

/** The first certificate is the client's own; of authorities the last of each signer counts. */
function ofField(field: string, base64: string): Pick<HeldCertificate, 'certificate' | 'weight'>[] {
  const all = certificatesOfBase64(base64);
  if (field === 'client-certificate') return all.slice(0, 1).map((certificate) => ({ certificate, weight: 'leaf' }));
  const later = (a: Certificate, b: Certificate) => (b.to > a.to ? b : a);
  return [...Map.groupBy(all, signerName).values()].map((held) => ({
    certificate: held.reduce(later),
    weight: 'bundle',
  }));
}
