import { read, readText } from '../../model/resource.ts';
import type { HeldCertificate } from './held-certificate.ts';

/** What those who renew certificates by themselves write on the Secrets. */
const KEEPERS = [
  'auth.openshift.io/certificate-not-after',
  'service.beta.openshift.io/expiry',
  'service.beta.openshift.io/originating-service-name',
  'service.alpha.openshift.io/expiry',
];

/**
 * Certificates that end for one reason. The operators renew theirs together, and stop together; one that was brought
 * along by hand ends for itself, in its Secret and in the bundles that repeat it.
 */
export function groupsOf(held: readonly HeldCertificate[]): readonly HeldCertificate[][] {
  const byHand = new Map(held.filter(isByHand).map((one) => [identity(one), one.name]));
  return [...Map.groupBy(held, (one) => byHand.get(identity(one)) ?? '').values()];
}

function identity({ certificate }: HeldCertificate): string {
  return `${certificate.name} ${certificate.from} ${certificate.to}`;
}

function isByHand({ resource, path, weight }: HeldCertificate): boolean {
  if (weight !== 'leaf' || path !== 'data."tls.crt"') return false;
  const isKept = KEEPERS.some((name) => readText(resource.body, `metadata.annotations."${name}"`) !== undefined);
  return !isKept && read(resource.body, 'metadata.ownerReferences') === undefined;
}
