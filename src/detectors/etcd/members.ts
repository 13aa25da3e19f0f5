import type { Names } from '../../model/detector.ts';
import type { Entity } from '../../model/entity.ts';
import type { Document, DocumentFamily } from '../../model/facts.ts';
import type { Evidence } from '../../model/finding.ts';
import { isFields, read, readList, readText, type Value } from '../../model/resource.ts';
import { evidenceOf } from '../evidence.ts';

type Documents = ReadonlyMap<DocumentFamily, readonly Document[]>;

export interface EtcdMember {
  /** Decimal, as far as a JavaScript number is exact. */
  readonly id: string;
  /** Empty while the member has not started. */
  readonly name: string;
  readonly urls: readonly string[];
  readonly learner: boolean;
  readonly evidence: Evidence;
}

/** Members by `etcdctl member list`, each id once; undefined where it was not gathered. */
export function etcdMembers(documents: Documents): EtcdMember[] | undefined {
  const lists = (documents.get('etcd-member-list') ?? []).filter(({ body }) => readList(body, 'members').length > 0);
  if (lists.length === 0) return undefined;
  const members = new Map<string, EtcdMember>();
  for (const list of lists)
    for (const [index, item] of readList(list.body, 'members').entries()) {
      if (!isFields(item)) continue;
      const id = readText(item, 'ID') ?? readText(item, 'id') ?? String(index);
      const name = readText(item, 'name') ?? '';
      const place = name === '' ? `members[${index}]` : `members[${index}].name`;
      members.set(id, {
        id,
        name,
        urls: [...readList(item, 'clientURLs'), ...readList(item, 'peerURLs')].map(String),
        learner: read(item, 'isLearner') === true,
        evidence: evidenceOf(list, place),
      });
    }
  return [...members.values()];
}

/** Members that vote, without the bootstrap machine's, which leaves. */
export function lastingVoters(members: readonly EtcdMember[]): EtcdMember[] {
  return members.filter(({ learner, name }) => !learner && name !== 'etcd-bootstrap');
}

export interface EndpointHealth {
  readonly endpoint: string;
  readonly healthy: boolean;
  readonly error: string;
  readonly evidence: Evidence;
}

/** Health of the network endpoints; undefined where it was not gathered. */
export function endpointHealth(documents: Documents): EndpointHealth[] | undefined {
  const lists = (documents.get('etcd-endpoint-health') ?? []).filter(({ body }) => items(body).length > 0);
  if (lists.length === 0) return undefined;
  return lists.flatMap((list) =>
    items(list.body).flatMap((item, index) => {
      const endpoint = readText(item, 'endpoint') ?? '';
      const health = read(item, 'health');
      // {"endpoint":"unixs://10.0.195.177:0","health":false}: the collector asks a socket that only etcd's own container has.
      if (!/^https?:\/\//.test(endpoint) || typeof health !== 'boolean') return [];
      const error = readText(item, 'error') ?? '';
      const text = `${endpoint} health: ${health}${error && `, ${error}`}`;
      return [{ endpoint, healthy: health, error, evidence: evidenceOf(list, `[${index}].health`, { text }) }];
    }),
  );
}

function items(body: Value): readonly Value[] {
  return Array.isArray(body) ? body : [];
}

/** The member that listens at an endpoint. */
export function memberAt(endpoint: string, members: readonly EtcdMember[]): EtcdMember | undefined {
  return (
    members.find(({ urls }) => urls.includes(endpoint)) ??
    members.find(({ urls }) => urls.some((url) => hostOf(url) === hostOf(endpoint)))
  );
}

/** `https://10.46.124.21:2379` and `https://[fd00::1]:2379` without scheme and port. */
export function hostOf(url: string): string {
  return /^[a-z]+:\/\/(?:\[([^\]]+)\]|([^:/]+))/.exec(url)?.slice(1).find(Boolean) ?? url;
}

/** The member and the node that it runs on. A member that has not started has no name yet: its peer address tells. */
export function memberEntities(member: EtcdMember, names: Names): Entity[] {
  const node = names.node(member.name || hostOf(member.urls.at(-1) ?? member.id));
  return [
    { kind: 'etcd-member', name: member.name || node },
    { kind: 'node', name: node },
  ];
}
