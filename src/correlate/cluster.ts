import { compareText } from '../model/entity.ts';
import type { AllFacts } from '../model/facts.ts';
import type { Report } from '../model/report.ts';
import { isFields, locate, type Resource, readList, readText, type Value } from '../model/resource.ts';
import { formatTime, parseTime } from '../model/time.ts';

export type ClusterFacts = Report['cluster'];

const CONFIG = 'config.openshift.io';

/** What the gather says of the cluster. What it does not say is absent, never guessed. */
export function clusterFacts(facts: AllFacts): ClusterFacts {
  const version = facts.ClusterVersion[0]?.body;
  const infrastructure = facts.Infrastructure[0]?.body;
  const network = facts.Network.find((r) => r.group === CONFIG)?.body ?? facts.Network[0]?.body;
  const platform =
    readText(infrastructure, 'status.platformStatus.type') ?? readText(infrastructure, 'status.platform');
  return {
    ...given('id', readText(version, 'spec.clusterID')),
    ...given('version', completedVersion(version)),
    ...given('desiredVersion', readText(version, 'status.desired.version')),
    ...given('platform', platform),
    ...given('topology', readText(infrastructure, 'status.controlPlaneTopology')),
    ...given('networkType', readText(network, 'status.networkType') ?? readText(network, 'spec.networkType')),
    apiVIPs: vips(infrastructure, 'apiServerInternalIP'),
    ingressVIPs: vips(infrastructure, 'ingressIP'),
    machineNetworks: machineNetworks(infrastructure, facts),
    nodes: facts.Node.map(nodeFacts).sort((a, b) => compareText(a.name, b.name)),
    operators: facts.ClusterOperator.map(operatorFacts).sort((a, b) => compareText(a.name, b.name)),
  };
}

function given<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { [P in K]?: string });
}

/** The newest completed entry of the history is the version that runs; a partial one is only wanted. */
function completedVersion(version: Value | undefined): string | undefined {
  const history = readList(version, 'status.history');
  const done = history.find((entry) => readText(entry, 'state') === 'Completed') ?? history.at(-1);
  return readText(done, 'version');
}

const PLATFORM_KEYS = ['baremetal', 'vsphere', 'openstack', 'nutanix', 'ovirt'];

function platformBlocks(infrastructure: Value | undefined): (Value | undefined)[] {
  return PLATFORM_KEYS.flatMap((key) => [
    locate(infrastructure, `status.platformStatus.${key}`)?.value,
    locate(infrastructure, `spec.platformSpec.${key}`)?.value,
  ]);
}

/** The plural list, or the field of releases before 4.12. */
function vips(infrastructure: Value | undefined, field: string): string[] {
  for (const block of platformBlocks(infrastructure)) {
    const list = readList(block, `${field}s`).filter((ip) => typeof ip === 'string');
    if (list.length > 0) return list;
    const single = readText(block, field);
    if (single !== undefined && single !== '') return [single];
  }
  return [];
}

function machineNetworks(infrastructure: Value | undefined, facts: AllFacts): string[] {
  for (const block of platformBlocks(infrastructure)) {
    const list = readList(block, 'machineNetworks').filter((cidr) => typeof cidr === 'string');
    if (list.length > 0) return list;
  }
  const installConfig = facts.documents.get('install-config')?.[0]?.body;
  return readList(installConfig, 'networking.machineNetwork').flatMap((entry) => readText(entry, 'cidr') ?? []);
}

function nodeFacts(node: Resource): ClusterFacts['nodes'][number] {
  const labels = locate(node.body, 'metadata.labels')?.value;
  const roles = isFields(labels)
    ? Object.keys(labels).flatMap((label) => /^node-role\.kubernetes\.io\/(.+)$/.exec(label)?.[1] ?? [])
    : [];
  return {
    name: node.name,
    roles: roles.sort(compareText),
    ready: readText(node.body, 'status.conditions[type=Ready].status') === 'True',
    ...given('version', readText(node.body, 'status.nodeInfo.kubeletVersion')),
  };
}

function operatorFacts(operator: Resource): ClusterFacts['operators'][number] {
  const statusOf = (type: string) => readText(operator.body, `status.conditions[type=${type}].status`);
  const is = (type: string): boolean => statusOf(type) === 'True';
  const [available, degraded] = [is('Available'), is('Degraded')];
  // The age that `oc get co` prints is Available's alone: the bad condition's own transition is what counts.
  const shown = !available ? 'Available' : degraded ? 'Degraded' : is('Progressing') ? 'Progressing' : 'Available';
  const since = parseTime(readText(operator.body, `status.conditions[type=${shown}].lastTransitionTime`) ?? '');
  const message = readText(operator.body, `status.conditions[type=${shown}].message`);
  return {
    name: operator.name,
    available,
    progressing: is('Progressing'),
    degraded,
    ...(!available && statusOf('Available') !== 'False' && { unreported: true as const }),
    ...(since !== undefined && { since: formatTime(since) }),
    ...(!available || degraded ? given('message', message) : {}),
  };
}
