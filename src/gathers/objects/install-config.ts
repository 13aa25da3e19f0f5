import { type Cluster, masters, platformOf, workers } from '../cluster.ts';
import type { Json } from '../kube.ts';
import { goYaml } from '../yaml.ts';

/** The install-config as the cluster keeps it: YAML inside a ConfigMap, without its secrets. */
export function installConfig(cluster: Cluster): string {
  const pool = (name: string, replicas: number) => ({
    architecture: 'amd64',
    hyperthreading: 'Enabled',
    name,
    platform: {},
    replicas,
  });
  return goYaml({
    additionalTrustBundlePolicy: 'Proxyonly',
    apiVersion: 'v1',
    baseDomain: cluster.domain,
    compute: [pool('worker', workers(cluster).length)],
    controlPlane: pool('master', masters(cluster).length === 1 ? 1 : 3),
    metadata: { creationTimestamp: null, name: cluster.name },
    networking: {
      clusterNetwork: [{ cidr: cluster.clusterNetwork, hostPrefix: 23 }],
      machineNetwork: [{ cidr: cluster.machineNetwork }],
      networkType: 'OVNKubernetes',
      serviceNetwork: [cluster.serviceNetwork],
    },
    platform: installPlatform(cluster),
    publish: 'External',
    pullSecret: '',
  });
}

function installPlatform(cluster: Cluster): Json {
  const vips = { apiVIPs: [cluster.apiVIP], ingressVIPs: [cluster.ingressVIP] };
  const platform = platformOf(cluster);
  if (platform === 'None') return { none: {} };
  if (platform === 'AWS') return { aws: { region: 'eu-central-1' } };
  if (platform === 'VSphere') return { vsphere: { ...vips, vcenters: [{ server: `vcenter.${cluster.domain}` }] } };
  return {
    baremetal: {
      ...vips,
      hosts: masters(cluster).map((node) => ({
        bmc: { address: bmcAddress(node.bmc), disableCertificateVerification: true, password: '', username: '' },
        bootMACAddress: node.mac,
        bootMode: 'UEFI',
        name: node.name,
        role: node.role,
      })),
      provisioningNetwork: 'Disabled',
    },
  };
}

export function bmcAddress(ip: string): string {
  return `idrac-virtualmedia://${ip}/redfish/v1/Systems/System.Embedded.1`;
}
