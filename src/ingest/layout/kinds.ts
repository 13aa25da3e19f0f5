import { RESOURCE_KINDS } from '../../model/facts.ts';

/** Plurals that are not the lower-case kind with an `s`. */
const IRREGULAR: Readonly<Record<string, string>> = {
  APIService: 'apiservices',
  DNS: 'dnses',
  Endpoints: 'endpoints',
  Ingress: 'ingresses',
  OAuth: 'oauths',
  Proxy: 'proxies',
  StorageClass: 'storageclasses',
};

const BY_PLURAL: ReadonlyMap<string, string> = new Map(
  [...RESOURCE_KINDS, 'Event'].map((kind) => [IRREGULAR[kind] ?? `${kind.toLowerCase()}s`, kind]),
);

const BY_SINGULAR: ReadonlyMap<string, string> = new Map(
  [...BY_PLURAL].map(([plural, kind]) => [kind.toLowerCase(), plural]),
);

/** The kind of a plural such as `clusteroperators`; undefined for kinds that nothing reads. */
export function kindOf(plural: string): string | undefined {
  return BY_PLURAL.get(plural);
}

/** The plural of a lower-case kind such as `clusteroperator`. */
export function pluralOf(singular: string): string | undefined {
  return BY_SINGULAR.get(singular);
}
