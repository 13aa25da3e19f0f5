import type { Names } from '../model/detector.ts';
import type { Entity, EntityKind } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import { readText } from '../model/resource.ts';
import { type ObjectLinks, objectLinks } from './object-links.ts';

/** An entity that another leads to, and how. */
export interface Related {
  readonly kind: EntityKind | 'host';
  readonly name: string;
  /** `pod openshift-etcd/etcd-m0 runs on node m0`; empty for the entity itself. */
  readonly via: string;
}

/** What each entity belongs to: pods to nodes, machines and BareMetalHosts to hosts, namespaces to operators. */
export class Relations {
  readonly #names: Names;
  readonly #hostOfMachine: ReadonlyMap<string, string>;
  readonly #hostOfBmh: ReadonlyMap<string, string>;
  readonly #hosts: ReadonlySet<string>;
  readonly #links: ObjectLinks;

  constructor(names: Names, facts: AllFacts) {
    this.#names = names;
    this.#links = objectLinks(facts);
    const { machines, hosts } = hostLinks(facts);
    this.#hostOfMachine = machines;
    this.#hostOfBmh = hosts;
    this.#hosts = new Set([...facts.Node.map((node) => node.name), ...hosts.values()]);
  }

  /** Would the input show what becomes of the host that the entities are about? Of a stranger it shows nothing. */
  shows(entities: readonly Entity[]): boolean {
    return entities.every((entity) => entity.kind !== 'node' || this.#hosts.has(entity.name));
  }

  /** The entity, and all that it belongs to, directly or through others. */
  expand(entity: Entity): Related[] {
    const found = new Map<string, Related>();
    const add = (related: Related): void => {
      const key = `${related.kind}:${related.name}`;
      if (found.has(key)) return;
      found.set(key, related);
      for (const next of this.#up(related)) add(next);
    };
    add({ ...entity, via: '' });
    return [...found.values()];
  }

  #nodeOf(name: string | undefined): string | undefined {
    return name === undefined ? undefined : this.#names.node(name);
  }

  #up(from: Related): Related[] {
    const link = (kind: EntityKind | 'host', name: string | undefined, verb: string): Related[] =>
      name === undefined || name === ''
        ? []
        : [{ kind, name, via: `${from.kind} ${from.name} ${verb} ${kind} ${name}` }];
    switch (from.kind) {
      case 'pod':
        return [
          ...link('node', this.#names.nodeOfPod(from.name), 'runs on'),
          ...link('namespace', from.name.split('/')[0], 'is in'),
        ];
      case 'container':
        return link('pod', from.name.split('/').slice(0, 2).join('/'), 'is part of');
      case 'namespace':
        return link('operator', this.#names.operatorOf(from.name), 'belongs to');
      case 'nic':
      case 'disk':
        return from.name.includes('/') ? link('node', from.name.split('/')[0], 'is in') : [];
      case 'etcd-member':
        return link('node', this.#names.node(from.name), 'runs on');
      case 'node':
        return [
          { kind: 'host', name: from.name, via: '' },
          ...link('pool', this.#links.poolOfNode.get(from.name), 'runs the configuration of'),
        ];
      case 'csr':
        return link('node', this.#nodeOf(this.#links.nodeOfCsr.get(from.name)), 'was made by');
      case 'webhook':
        return link('namespace', this.#links.namespaceOfWebhook.get(from.name), 'is served from');
      case 'certificate':
        return from.name.split('/').length === 2 ? link('namespace', from.name.split('/')[0], 'is in') : [];
      case 'machine':
        return link('host', this.#hostOfMachine.get(from.name), 'backs');
      case 'baremetalhost':
        return link('host', this.#hostOfBmh.get(from.name) ?? from.name.split('/')[1], 'backs');
      case 'host':
        return link('node', this.#names.node(from.name), 'is');
      default:
        return [];
    }
  }
}

/** BareMetalHost → Machine (consumerRef) → Node (nodeRef); without a node yet, the host's own name stands for it. */
function hostLinks(facts: Pick<AllFacts, 'Machine' | 'BareMetalHost'>): {
  machines: Map<string, string>;
  hosts: Map<string, string>;
} {
  const machines = new Map<string, string>();
  const hosts = new Map<string, string>();
  for (const machine of facts.Machine) {
    const node = readText(machine.body, 'status.nodeRef.name');
    if (node !== undefined) machines.set(keyOf(machine), node);
  }
  for (const host of facts.BareMetalHost) {
    const consumer = readText(host.body, 'spec.consumerRef.name');
    const machine =
      consumer === undefined
        ? undefined
        : `${readText(host.body, 'spec.consumerRef.namespace') ?? host.namespace}/${consumer}`;
    const node = machine === undefined ? undefined : machines.get(machine);
    hosts.set(keyOf(host), node ?? host.name);
    if (machine !== undefined && node === undefined) machines.set(machine, host.name);
  }
  return { machines, hosts };
}

function keyOf(resource: { readonly namespace?: string; readonly name: string }): string {
  return `${resource.namespace ?? ''}/${resource.name}`;
}

/** What two sets of entities share of a kind, with the path that leads there. */
export function shared(
  a: readonly Related[],
  b: readonly Related[],
  kind: EntityKind | 'host',
): { readonly name: string; readonly via: readonly string[] } | undefined {
  for (const left of a) {
    if (left.kind !== kind) continue;
    const right = b.find((other) => other.kind === kind && other.name === left.name);
    if (right !== undefined) return { name: left.name, via: [left.via, right.via].filter((via) => via !== '') };
  }
  return undefined;
}
