import { type Cluster, masters, workers } from '../cluster.ts';
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
    controlPlane: pool('master', 3),
    metadata: { creationTimestamp: null, name: cluster.name },
    networking: {
      clusterNetwork: [{ cidr: cluster.clusterNetwork, hostPrefix: 23 }],
      machineNetwork: [{ cidr: cluster.machineNetwork }],
      networkType: 'OVNKubernetes',
      serviceNetwork: [cluster.serviceNetwork],
    },
    platform: {
      baremetal: {
        apiVIPs: [cluster.apiVIP],
        hosts: [...masters(cluster)].map((node) => ({
          bmc: { address: bmcAddress(node.bmc), disableCertificateVerification: true, password: '', username: '' },
          bootMACAddress: node.mac,
          bootMode: 'UEFI',
          name: node.name,
          role: node.role,
        })),
        ingressVIPs: [cluster.ingressVIP],
        provisioningNetwork: 'Disabled',
      },
    },
    publish: 'External',
    pullSecret: '',
  });
}

export function bmcAddress(ip: string): string {
  return `idrac-virtualmedia://${ip}/redfish/v1/Systems/System.Embedded.1`;
}
