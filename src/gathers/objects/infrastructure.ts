import { type Cluster, masters, type Platform, platformOf } from '../cluster.ts';
import { type Json, type KubeObject, managedBy, meta } from '../kube.ts';
import type { Random } from '../random.ts';

/** Where the cluster runs, and its virtual addresses on platforms that have any. */
export function infrastructure(cluster: Cluster, random: Random): KubeObject {
  const platform = platformOf(cluster);
  const single = masters(cluster).length === 1;
  const key = platform === 'VSphere' ? 'vsphere' : 'baremetal';
  const topology = single ? 'SingleReplica' : 'HighlyAvailable';
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'Infrastructure',
    metadata: meta(random, 'cluster', cluster.installStarted, {
      generation: 1,
      managedFields: [
        managedBy(
          'cluster-bootstrap',
          cluster.installStarted,
          writtenFields(hasAddresses(platform) ? key : undefined),
          V1,
        ),
      ],
    }),
    spec: { cloudConfig: { name: '' }, platformSpec: { ...platformSpec(cluster, key), type: platform } },
    status: {
      apiServerInternalURI: `https://api-int.${cluster.name}.${cluster.domain}:6443`,
      apiServerURL: `https://api.${cluster.name}.${cluster.domain}:6443`,
      controlPlaneTopology: topology,
      cpuPartitioning: 'None',
      etcdDiscoveryDomain: '',
      infrastructureName: cluster.infraId,
      infrastructureTopology: topology,
      platform,
      platformStatus: { ...platformStatus(cluster, key), type: platform },
    },
  };
}

/** Clouds bring their own load balancers, and without a platform somebody else has to. */
function hasAddresses(platform: Platform): boolean {
  return platform === 'BareMetal' || platform === 'VSphere';
}

const V1 = 'config.openshift.io/v1';

function writtenFields(key: string | undefined): Json {
  const addresses = { '.': {}, 'f:apiServerInternalIPs': {}, 'f:ingressIPs': {}, 'f:machineNetworks': {} };
  return {
    'f:spec': {
      '.': {},
      'f:platformSpec': { '.': {}, ...(key === undefined ? {} : { [`f:${key}`]: addresses }), 'f:type': {} },
    },
  };
}

function platformSpec(cluster: Cluster, key: string): Json {
  if (!hasAddresses(platformOf(cluster))) return platformOf(cluster) === 'AWS' ? { aws: {} } : {};
  return {
    [key]: {
      apiServerInternalIPs: [cluster.apiVIP],
      ingressIPs: [cluster.ingressVIP],
      machineNetworks: [cluster.machineNetwork],
    },
  };
}

function platformStatus(cluster: Cluster, key: string): Json {
  if (!hasAddresses(platformOf(cluster)))
    return platformOf(cluster) === 'AWS' ? { aws: { region: 'eu-central-1' } } : {};
  return {
    [key]: {
      apiServerInternalIP: cluster.apiVIP,
      apiServerInternalIPs: [cluster.apiVIP],
      ingressIP: cluster.ingressVIP,
      ingressIPs: [cluster.ingressVIP],
      loadBalancer: { type: 'OpenShiftManagedDefault' },
      machineNetworks: [cluster.machineNetwork],
    },
  };
}
