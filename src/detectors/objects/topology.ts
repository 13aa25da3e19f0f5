import { type Resource, readText } from '../../model/resource.ts';

/** The cluster's `Infrastructure` object (machine-api and Cluster API have kinds of other names). */
export function infrastructureOf(resources: readonly Resource[]): Resource | undefined {
  return resources.find(({ group, name }) => group === 'config.openshift.io' && name === 'cluster');
}

/** `HighlyAvailable`, `SingleReplica`, `External`, `DualReplica`, `HighlyAvailableArbiter`. */
export function controlPlaneTopology(resources: readonly Resource[]): string | undefined {
  return readText(infrastructureOf(resources)?.body, 'status.controlPlaneTopology');
}

/** `BareMetal`, `AWS`, `VSphere`, `None` and so on. */
export function platformType(resources: readonly Resource[]): string | undefined {
  const body = infrastructureOf(resources)?.body;
  return readText(body, 'status.platformStatus.type') ?? readText(body, 'status.platform');
}
