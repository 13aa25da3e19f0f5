import type { Addresses } from './addresses.ts';
import { COMMON_LABELS, hasTopLevel, isPublicDomain, registeredLabels } from './domains.ts';
import { DASHED_ADDRESS } from './name-patterns.ts';
import type { Names } from './names.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { wordsOf } from './words.ts';

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,250}[A-Za-z0-9])?';

/** What may have to go, each once: a pseudonym is never read as a name again. */
const TOKENS = new RegExp(
  [
    `(?<mail>(?<![\\w.+-])[\\w.+-]{1,64}@${LABEL}(?:\\.${LABEL}){1,8})`,
    '(?<uuid>(?<![0-9A-Za-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z]))',
    '(?<mac>(?<![0-9A-Za-z:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![0-9A-Za-z:-]))',
    // Colons may follow (`fd00::1: refused`): what is no address loses characters at its end until it is one.
    '(?<six>(?<![A-Za-z0-9:.])(?:[0-9a-f]{1,4}(?=:)|(?=::))[0-9a-f:]{2,45}(?:(?:\\.\\d{1,3}){3})?(?:/\\d{1,3})?(?![A-Za-z0-9]))',
    '(?<four>(?<![A-Za-z0-9.])\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?:/\\d{1,2})?(?![A-Za-z0-9]|\\.\\d))',
    `(?<name>(?<![A-Za-z0-9])${LABEL}(?:\\.${LABEL}){0,12})`,
  ].join('|'),
  'gi',
);

/** An address within a name (`peer-10.1.2.3`). Versions begin with a `v` or have other lengths. */
const EMBEDDED = /(?<![\d.]|v)\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)/;

export interface Replacing {
  readonly names: Names;
  readonly pseudonyms: Pseudonyms;
  readonly addresses: Addresses;
}

/** A function that replaces everything in a text that could name the cluster, its hosts or its people. */
export function replacer({ names, pseudonyms, addresses }: Replacing): (text: string) => string {
  const word = wordsOf(names, pseudonyms, domainName);

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
    const known = part(text);
    return known === text ? pseudonyms.numbered('label', text, 'label-') : known;
  }

  /** What stands between two dots. */
  function part(text: string): string {
    if (DASHED_ADDRESS.test(text)) return `ip-${address(text.slice(3).replaceAll('-', '.')).replaceAll('.', '-')}`;
    const card = /^(enx)([0-9a-f]{12})$/i.exec(text);
    if (card !== null) return `${card[1]}${pseudonyms.mac(card[2]!).replaceAll(':', '')}`;
    return word(text);
  }

  function dotted(name: string): string {
    const embedded = EMBEDDED.exec(name);
    if (embedded !== null) {
      const [found] = embedded;
      const end = embedded.index + found.length;
      return `${dotted(name.slice(0, embedded.index))}${address(found)}${dotted(name.slice(end))}`;
    }
    // `master-1.yaml`, `status.conditions`: file names and fields, of which parts may be names.
    return name.includes('.') && isDomain(name) ? domainName(name) : name.split('.').map(part).join('.');
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

  function six(text: string): string {
    for (let end = text.length; end > 2 && end > text.length - 8; end--) {
      const replaced = addresses.replace(text.slice(0, end));
      if (replaced !== undefined) return `${address(text.slice(0, end))}${text.slice(end)}`;
    }
    return text;
  }

  return (text) =>
    text.replace(TOKENS, (...match) => {
      const groups = match.at(-1) as Readonly<Record<string, string | undefined>>;
      const whole = match[0] as string;
      if (groups['mail'] !== undefined) return mail(whole);
      if (groups['uuid'] !== undefined) return pseudonyms.uuid(whole);
      if (groups['mac'] !== undefined) return pseudonyms.mac(whole);
      if (groups['six'] !== undefined) return six(whole);
      if (groups['four'] !== undefined) return address(whole);
      return dotted(whole);
    });
}
