import type { Names } from '../model/detector.ts';
import type { Entity, EntityKind } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { AgreedKind } from '../model/signature.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { type HostLinks, hostLinks } from './host-links.ts';
import { type ObjectLinks, objectLinks } from './object-links.ts';
import { registriesOfImages } from './registry-links.ts';
import { type ServiceLinks, serviceLinks } from './service-links.ts';
import { type VolumeLinks, volumeLinks } from './volume-links.ts';

/**
 * Entities, and what is none but is shared like one: `host` a machine under any name, `holder` the node with a volume,
 * `expiry` when a certificate ends, `service` what sends to pods.
 */
export type RelatedKind = EntityKind | AgreedKind | 'service';

/** An entity that another leads to, and how. */
export interface Related {
  readonly kind: RelatedKind;
  readonly name: string;
  /** `pod openshift-etcd/etcd-m0 runs on node m0`; empty for the entity itself. */
  readonly via: string;
  /** Found over where a pod runs: of what the pod speaks of, that says nothing. */
  readonly aside?: true;
  /** A namespace that was found by a pod in it. */
  readonly shared?: true;
}

const PLACES: ReadonlySet<string> = new Set(['node', 'host', 'pool']);

/** What each entity belongs to: pods to nodes, machines and BareMetalHosts to hosts, namespaces to operators. */
export class Relations {
  readonly #names: Names;
  readonly #host: HostLinks;
  readonly #hosts: ReadonlySet<string>;
  readonly #links: ObjectLinks;
  readonly #volumes: VolumeLinks;
  readonly #services: ServiceLinks;
  readonly #registries: (image: string) => readonly string[];

  constructor(names: Names, facts: AllFacts) {
    this.#names = names;
    this.#links = objectLinks(facts);
    this.#volumes = volumeLinks(facts);
    this.#services = serviceLinks(facts);
    this.#registries = registriesOfImages(facts);
    this.#host = hostLinks(facts);
    this.#hosts = new Set([...facts.Node.map((node) => node.name), ...this.#host.hosts.values()]);
  }

  /** Would the input show what becomes of the host that the entities are about? Of a stranger it shows nothing. */
  shows(entities: readonly Entity[]): boolean {
    return entities.every((entity) => entity.kind !== 'node' || this.#hosts.has(entity.name));
  }

  /** What a finding is about, and all that it belongs to. The node of a pod that the finding names is where it runs. */
  around({ entities, captures }: Pick<Finding, 'entities' | 'captures'>): Related[] {
    const places = new Set(entities.flatMap(({ kind, name }) => (kind === 'pod' ? this.#names.nodeOfPod(name) : [])));
    const isOfNode = entities[0]?.kind === 'node';
    const ends = parseTime(captures['expiry'] ?? '');
    const expiry: Related[] = ends === undefined ? [] : [{ kind: 'expiry', name: formatTime(ends), via: '' }];
    const about = entities.flatMap((entity) => {
      const related = this.#placed(entity);
      // What is first of all about a node may have been told by a pod on another, whose node is none of its business.
      if (isOfNode && entity.kind === 'pod') return related.filter(({ kind }) => !PLACES.has(kind));
      const isPlace = entity.kind === 'node' && places.has(entity.name);
      return isPlace ? related.map((one) => ({ ...one, aside: true as const })) : related;
    });
    return [...about, ...expiry];
  }

  /** Two findings of one pod are of one node, even where nothing says of which. */
  #placed(entity: Entity): Related[] {
    const related = this.expand(entity);
    if (entity.kind !== 'pod' || related.some(({ kind }) => kind === 'node')) return related;
    return [...related, { kind: 'node', name: `of pod ${entity.name}`, via: '' }];
  }

  /** The entity, and all that it belongs to, directly or through others. */
  expand(entity: Entity): Related[] {
    const found = new Map<string, Related>();
    const add = (related: Related): void => {
      const key = `${related.kind}:${related.name}`;
      if (found.has(key)) return;
      found.set(key, related);
      for (const next of this.#up(related)) add(related.aside === true ? { ...next, aside: true } : next);
    };
    add({ ...entity, via: '' });
    return [...found.values()];
  }

  #nodeOf(name: string | undefined): string | undefined {
    return name === undefined ? undefined : this.#names.node(name);
  }

  #up(from: Related): Related[] {
    const link = (kind: RelatedKind, name: string | undefined, verb: string): Related[] =>
      name === undefined || name === ''
        ? []
        : [{ kind, name, via: `${from.kind} ${from.name} ${verb} ${wordKind(kind)} ${name}` }];
    const links = (kind: RelatedKind, names: readonly string[] | undefined, verb: string): Related[] =>
      (names ?? []).flatMap((name) => link(kind, name, verb));
    const volumes = this.#volumes;
    switch (from.kind) {
      case 'pod':
        return [
          ...link('node', this.#names.nodeOfPod(from.name), 'runs on').map((node) => ({
            ...node,
            aside: true as const,
          })),
          ...link('operator', this.#names.operatorOfPod(from.name), 'belongs to'),
          ...link('namespace', from.name.split('/')[0], 'is in').map((one) => ({ ...one, shared: true as const })),
          ...links('volumeclaim', volumes.claimsOfPod.get(from.name), 'mounts'),
          ...link('csidriver', volumes.driverOfPod(from.name), 'is part of'),
          ...links('service', this.#services.ofPod(from.name), 'is behind'),
        ];
      case 'volumeclaim':
        return [
          ...link('namespace', from.name.split('/')[0], 'is in'),
          ...link('volume', volumes.volumeOfClaim.get(from.name), 'is bound to'),
          ...link('storageclass', volumes.classOfClaim.get(from.name), 'asks for'),
        ];
      case 'volume':
        return [
          ...link('volumeclaim', volumes.claimOfVolume.get(from.name), 'is bound by'),
          ...link('storageclass', volumes.classOfVolume.get(from.name), 'is of'),
          ...link('csidriver', volumes.driverOfVolume.get(from.name), 'is served by'),
          ...links('holder', volumes.holdersOfVolume.get(from.name), 'is attached to'),
        ];
      case 'storageclass':
        return link('csidriver', volumes.driverOfClass.get(from.name), 'is served by');
      case 'image':
        return links('registry', this.#registries(from.name), 'comes from');
      case 'container':
        return link('pod', from.name.split('/').slice(0, 2).join('/'), 'is part of');
      case 'namespace':
        return [
          // Which of the operators in it a pod belongs to, the pod itself tells.
          ...(from.shared === true ? [] : link('operator', this.#names.operatorOf(from.name), 'belongs to')),
          ...links('csidriver', volumes.driversOfNamespace.get(from.name), 'holds the storage of'),
        ];
      case 'nic':
      case 'disk':
        return from.name.includes('/') ? link('node', from.name.split('/')[0], 'is in') : [];
      case 'etcd-member':
        return link('node', this.#names.node(from.name), 'runs on');
      case 'node':
        return [
          { kind: 'host', name: from.name, via: '' },
          { kind: 'holder', name: from.name, via: '' },
          ...link('pool', this.#links.poolOfNode.get(from.name), 'runs the configuration of'),
        ];
      case 'csr':
        return link('node', this.#nodeOf(this.#links.nodeOfCsr.get(from.name)), 'was made by');
      case 'webhook':
        return [
          ...link('namespace', this.#links.namespaceOfWebhook.get(from.name), 'is served from'),
          ...link('service', this.#services.ofWebhook.get(from.name), 'is served by'),
        ];
      case 'certificate':
        return from.name.split('/').length === 2 ? link('namespace', from.name.split('/')[0], 'is in') : [];
      case 'machine':
        return link('host', this.#host.machines.get(from.name), 'backs');
      case 'baremetalhost':
        return link('host', this.#host.hosts.get(from.name) ?? unseenHost(from.name), 'backs');
      case 'host':
        return link('node', this.#names.node(from.name), 'is');
      default:
        return [];
    }
  }
}

/** As a reader calls it. */
export function wordKind(kind: RelatedKind): string {
  return kind === 'holder' ? 'node' : kind;
}

/** A host without its object still has its name; an id or an address of a BMC is none. */
function unseenHost(name: string): string | undefined {
  const [namespace, host, ...more] = name.split('/');
  const isName = host !== undefined && more.length === 0 && !namespace!.includes(':');
  return isName && !/^[0-9a-f]{8}-[0-9a-f-]{27}$|^[\d.:]+$/.test(host) ? host : undefined;
}

/** What two sets of entities share of a kind, with the path that leads there. */
export function shared(
  a: readonly Related[],
  b: readonly Related[],
  kind: RelatedKind,
): { readonly name: string; readonly via: readonly string[] } | undefined {
  for (const left of a) {
    if (left.kind !== kind) continue;
    const right = b.find((other) => other.kind === kind && other.name === left.name);
    if (right !== undefined) return { name: left.name, via: [left.via, right.via].filter((via) => via !== '') };
  }
  return undefined;
}
