import { type Resource, readText } from '../../model/resource.ts';

/** The cluster's `Infrastructure` object (machine-api and Cluster API have kinds of other names). */
export function infrastructureOf(resources: readonly Resource[]): Resource | undefined {
  return resources.find(({ group, name }) => group === 'config.openshift.io' && name === 'cluster');
}

/** `HighlyAvailable`, `SingleReplica`, `External`, `DualReplica`, `HighlyAvailableArbiter`. */
export function controlPlaneTopology(resources: readonly Resource[]): string | undefined {
  return readText(infrastructureOf(resources)?.body, 'status.controlPlaneTopology');
}
