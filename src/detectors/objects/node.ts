import { type Fields, isFields, type Resource, read, readList, readText } from '../../model/resource.ts';

const CONTROL_PLANE_LABELS = ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane'];

export function isControlPlane(node: Resource): boolean {
  return hasLabel(node, CONTROL_PLANE_LABELS);
}

export function hasLabel(resource: Resource, names: readonly string[]): boolean {
  const labels = read(resource.body, 'metadata.labels');
  return isFields(labels) && names.some((name) => Object.hasOwn(labels, name));
}

export interface NodeAddress {
  readonly address: string;
  readonly index: number;
}

/** Addresses of type `InternalIP`. */
export function internalAddresses(node: Resource): NodeAddress[] {
  return readList(node.body, 'status.addresses').flatMap((item, index) => {
    if (!isFields(item) || readText(item, 'type') !== 'InternalIP') return [];
    const address = readText(item, 'address');
    return address === undefined ? [] : [{ address, index }];
  });
}

export function annotation(resource: Resource, name: string): string | undefined {
  const annotations: Fields | undefined = fieldsAt(resource, 'metadata.annotations');
  if (annotations === undefined || !Object.hasOwn(annotations, name)) return undefined;
  const value = annotations[name];
  return typeof value === 'string' ? value : undefined;
}

function fieldsAt(resource: Resource, path: string): Fields | undefined {
  const value = read(resource.body, path);
  return isFields(value) ? value : undefined;
}

/** The machines of the cluster: `config.openshift.io` has an object of kind Node too. */
export function coreNodes(facts: { readonly Node: readonly Resource[] }): readonly Resource[] {
  return facts.Node.filter(({ group }) => group === '');
}
