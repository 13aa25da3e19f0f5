import type { Addresses } from './addresses.ts';
import { COMMON_LABELS, hasTopLevel, isPublicDomain, registeredLabels } from './domains.ts';
import type { Names } from './names.ts';
import type { Pseudonyms } from './pseudonyms.ts';

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,80}[A-Za-z0-9])?';

/** What may have to go, each once: a pseudonym is never read as a name again. */
const TOKENS = new RegExp(
  [
    `(?<mail>(?<![\\w.+-])[\\w.+-]{1,64}@${LABEL}(?:\\.${LABEL}){1,8})`,
    '(?<uuid>(?<![0-9A-Za-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z]))',
    '(?<mac>(?<![0-9A-Za-z:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![0-9A-Za-z:-]))',
    '(?<six>(?<![\\w:.])(?:[0-9a-f]{1,4}(?=:)|(?=::))[0-9a-f:]{2,39}(?:\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})?(?:/\\d{1,3})?(?![\\w:]))',
    '(?<four>(?<![\\w.])\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?:/\\d{1,2})?(?![\\w]|\\.\\d))',
    `(?<name>(?<![A-Za-z0-9])${LABEL}(?:\\.${LABEL}){0,12})`,
  ].join('|'),
  'gi',
);

export interface Replacing {
  readonly names: Names;
  readonly pseudonyms: Pseudonyms;
  readonly addresses: Addresses;
}

/** A function that replaces everything in a text that could name the cluster, its hosts or its people. */
export function replacer({ names, pseudonyms, addresses }: Replacing): (text: string) => string {
  const words = new Map<string, string>();
  for (const host of names.hosts) words.set(host, pseudonyms.numbered('host', host, 'host-'));
  for (const cluster of names.clusters) words.set(cluster, pseudonyms.numbered('cluster', cluster, 'cluster-'));
  for (const machine of names.machines) words.set(machine, pseudonyms.numbered('machine', machine, 'machine-'));
  for (const user of names.users) if (!words.has(user)) words.set(user, pseudonyms.numbered('user', user, 'user-'));
  for (const domain of names.domains) domainName(domain);
  const longest = Math.max(1, ...[...words.keys()].map((word) => word.split('-').length));

  /** Hyphens join names to others (`etcd-master-1`): the longest known run of parts is replaced. */
  function word(text: string): string {
    const parts = text.split('-');
    const replaced: string[] = [];
    for (let i = 0; i < parts.length; ) {
      let taken = Math.min(longest, parts.length - i);
      while (
        taken > 0 &&
        !words.has(
          parts
            .slice(i, i + taken)
            .join('-')
            .toLowerCase(),
        )
      )
        taken--;
      replaced.push(
        taken === 0
          ? parts[i]!
          : words.get(
              parts
                .slice(i, i + taken)
                .join('-')
                .toLowerCase(),
            )!,
      );
      i += Math.max(1, taken);
    }
    return replaced.join('-');
  }

  function isDomain(name: string): boolean {
    const lower = name.toLowerCase();
    if (isPublicDomain(lower)) return false;
    return hasTopLevel(lower) || names.domains.some((domain) => lower === domain || lower.endsWith(`.${domain}`));
  }

  function domainName(name: string): string {
    const labels = name.toLowerCase().split('.');
    const suffix = registeredLabels(labels);
    const registered = labels.slice(-suffix).join('.');
    const owner = `${pseudonyms.numbered('domain', registered, 'domain-')}.example`;
    return [...labels.slice(0, -suffix).map(label), owner].join('.');
  }

  function label(text: string): string {
    if (COMMON_LABELS.has(text)) return text;
    const known = word(text);
    return known === text ? pseudonyms.numbered('label', text, 'label-') : known;
  }

  function dotted(name: string): string {
    // `master-1.yaml`, `status.conditions`: file names and fields, of which parts may be names.
    return name.includes('.') && isDomain(name) ? domainName(name) : name.split('.').map(word).join('.');
  }

  function mail(text: string): string {
    const at = text.indexOf('@');
    const domain = text.slice(at + 1);
    // `getty@tty1.service` is a unit.
    if (!isDomain(domain)) return `${dotted(text.slice(0, at))}@${dotted(domain)}`;
    return `${pseudonyms.numbered('mail', text.toLowerCase(), 'mail-')}@${domainName(domain)}`;
  }

  function address(text: string): string {
    const replaced = addresses.replace(text);
    return replaced === undefined || replaced === text ? text : pseudonyms.record('address', text, replaced);
  }

  return (text) =>
    text.replace(TOKENS, (...match) => {
      const groups = match.at(-1) as Readonly<Record<string, string | undefined>>;
      const whole = match[0] as string;
      if (groups['mail'] !== undefined) return mail(whole);
      if (groups['uuid'] !== undefined) return pseudonyms.uuid(whole);
      if (groups['mac'] !== undefined) return pseudonyms.mac(whole);
      if (groups['six'] !== undefined || groups['four'] !== undefined) return address(whole);
      return dotted(whole);
    });
}
