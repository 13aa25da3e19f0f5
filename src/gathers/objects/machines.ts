import { MINUTE } from '../../model/time.ts';
import { type Cluster, masters, type NodeSpec, platformOf, workers } from '../cluster.ts';
import { condition, type KubeObject, meta } from '../kube.ts';
import type { Random } from '../random.ts';
import { seconds } from '../stamps.ts';
import { joinRequests } from './certificate-requests.ts';
import { bmcAddress } from './install-config.ts';
import { rendered } from './nodes.ts';

const NAMESPACE = 'openshift-machine-api';

/** Machines, BareMetalHosts, pools and the CSRs by which the nodes joined. */
export function machineObjects(cluster: Cluster, random: Random): KubeObject[] {
  return [
    ...cluster.nodes.flatMap((node) => {
      const own = random.fork(node.name);
      const platform = platformOf(cluster);
      return [
        ...(platform === 'BareMetal' ? [bareMetalHost(cluster, node, own)] : []),
        ...(platform === 'None' ? [] : [machine(cluster, node, own)]),
        ...joinRequests(node, own),
      ];
    }),
    pool(cluster, 'master', masters(cluster).length, random.fork('master')),
    ...machineConfigs(cluster, random.fork('machine-configs')),
    pool(cluster, 'worker', workers(cluster).length, random.fork('worker')),
  ];
}

export function bareMetalHost(cluster: Cluster, node: NodeSpec, random: Random): KubeObject {
  const managed = node.role === 'worker';
  return {
    apiVersion: 'metal3.io/v1alpha1',
    kind: 'BareMetalHost',
    metadata: meta(random, node.name, cluster.installStarted + 4 * MINUTE, {
      finalizers: ['baremetalhost.metal3.io'],
      generation: 2,
      labels: { 'installer.openshift.io/role': managed ? 'worker' : 'control-plane' },
      namespace: NAMESPACE,
    }),
    spec: {
      architecture: 'x86_64',
      automatedCleaningMode: 'metadata',
      bmc: {
        address: bmcAddress(node.bmc),
        credentialsName: `${node.name}-bmc-secret`,
        disableCertificateVerification: true,
      },
      bootMACAddress: node.mac,
      bootMode: 'UEFI',
      consumerRef: {
        apiVersion: 'machine.openshift.io/v1beta1',
        kind: 'Machine',
        name: `${cluster.infraId}-${node.name}`,
        namespace: NAMESPACE,
      },
      ...(managed ? {} : { externallyProvisioned: true }),
      online: true,
    },
    status: {
      errorCount: 0,
      errorMessage: '',
      goodCredentials: {
        credentials: { name: `${node.name}-bmc-secret`, namespace: NAMESPACE },
        credentialsVersion: String(random.int(900, 3000)),
      },
      hardware: {
        cpu: { arch: 'x86_64', count: 64, model: 'Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz' },
        hostname: node.name,
        nics: [
          { ip: node.ip, mac: node.mac, model: '0x15b3 0x101d', name: 'ens1f0np0', speedGbps: 25 },
          { mac: node.mac.replace(/..$/, 'ff'), model: '0x15b3 0x101d', name: 'ens1f1np1' },
        ],
        ramMebibytes: 262144,
        systemVendor: {
          manufacturer: 'Dell Inc.',
          productName: 'PowerEdge R750',
          serialNumber: random.suffix(7).toUpperCase(),
        },
      },
      lastUpdated: seconds(node.joined - 5 * MINUTE),
      operationHistory: {
        deprovision: { end: null, start: null },
        inspect: managed
          ? { end: seconds(node.joined - 25 * MINUTE), start: seconds(node.joined - 34 * MINUTE) }
          : { end: null, start: null },
        provision: managed
          ? { end: seconds(node.joined - 6 * MINUTE), start: seconds(node.joined - 21 * MINUTE) }
          : { end: null, start: null },
        register: {
          end: seconds(cluster.installStarted + 16 * MINUTE),
          start: seconds(cluster.installStarted + 15 * MINUTE),
        },
      },
      operationalStatus: 'OK',
      poweredOn: true,
      provisioning: {
        ID: random.uuid(),
        bootMode: 'UEFI',
        image: { url: '' },
        state: managed ? 'provisioned' : 'externally provisioned',
      },
      triedCredentials: {
        credentials: { name: `${node.name}-bmc-secret`, namespace: NAMESPACE },
        credentialsVersion: '1',
      },
    },
  };
}

export function machine(cluster: Cluster, node: NodeSpec, random: Random): KubeObject {
  return {
    apiVersion: 'machine.openshift.io/v1beta1',
    kind: 'Machine',
    metadata: meta(random, `${cluster.infraId}-${node.name}`, cluster.installStarted + 4 * MINUTE, {
      ...(platformOf(cluster) === 'BareMetal'
        ? { annotations: { 'metal3.io/BareMetalHost': `${NAMESPACE}/${node.name}` } }
        : {}),
      finalizers: ['machine.machine.openshift.io'],
      labels: {
        'machine.openshift.io/cluster-api-cluster': cluster.infraId,
        'machine.openshift.io/cluster-api-machine-role': node.role,
        'machine.openshift.io/cluster-api-machine-type': node.role,
      },
      namespace: NAMESPACE,
    }),
    spec: {
      lifecycleHooks: {},
      metadata: {},
      providerSpec: {
        value:
          platformOf(cluster) === 'AWS'
            ? {
                apiVersion: 'machine.openshift.io/v1beta1',
                instanceType: 'm6i.2xlarge',
                kind: 'AWSMachineProviderConfig',
              }
            : platformOf(cluster) === 'VSphere'
              ? { apiVersion: 'machine.openshift.io/v1beta1', kind: 'VSphereMachineProviderSpec' }
              : { apiVersion: 'baremetal.cluster.k8s.io/v1alpha1', kind: 'BareMetalMachineProviderSpec' },
      },
    },
    status: {
      addresses: [
        { address: node.ip, type: 'InternalIP' },
        { address: node.name, type: 'Hostname' },
        { address: node.name, type: 'InternalDNS' },
      ],
      lastUpdated: seconds(node.joined + 2 * MINUTE),
      nodeRef: { kind: 'Node', name: node.name, uid: random.uuid() },
      phase: 'Running',
    },
  };
}

function pool(cluster: Cluster, name: 'master' | 'worker', count: number, random: Random): KubeObject {
  const config = rendered(cluster, name);
  const since = (cluster.installCompleted ?? cluster.installStarted) + 5 * MINUTE;
  const configuration = {
    name: config,
    source: ['00', '01'].map((order) => ({
      apiVersion: 'machineconfiguration.openshift.io/v1',
      kind: 'MachineConfig',
      name: `${order}-${name}`,
    })),
  };
  return {
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfigPool',
    metadata: meta(random, name, cluster.installStarted + 5 * MINUTE, {
      generation: 3,
      labels: { 'machineconfiguration.openshift.io/mco-built-in': '' },
    }),
    spec: {
      configuration,
      machineConfigSelector: { matchLabels: { 'machineconfiguration.openshift.io/role': name } },
      nodeSelector: { matchLabels: { [`node-role.kubernetes.io/${name}`]: '' } },
      paused: false,
    },
    status: {
      conditions: [
        condition('RenderDegraded', false, since, '', ''),
        condition('Updated', true, since, '', `All nodes are updated with MachineConfig ${config}`),
        condition('Updating', false, since, '', ''),
        condition('NodeDegraded', false, since, '', ''),
        condition('Degraded', false, since, '', ''),
      ],
      configuration,
      degradedMachineCount: 0,
      machineCount: count,
      observedGeneration: 3,
      readyMachineCount: count,
      unavailableMachineCount: 0,
      updatedMachineCount: count,
    },
  };
}

function machineConfigs(cluster: Cluster, random: Random): KubeObject[] {
  const config = (name: string, role: string, file: string): KubeObject => ({
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfig',
    metadata: meta(random, name, cluster.installStarted + 5 * MINUTE, {
      annotations: { 'machineconfiguration.openshift.io/release-image-version': cluster.version },
      generation: 1,
      labels: { 'machineconfiguration.openshift.io/role': role },
    }),
    spec: {
      config: {
        ignition: { version: '3.4.0' },
        storage: { files: [{ contents: { source: 'data:,' }, mode: 420, overwrite: true, path: file }] },
      },
      fips: false,
      kernelType: 'default',
      osImageURL: '',
    },
  });
  return (['master', 'worker'] as const).flatMap((role) => [
    config(`00-${role}`, role, '/etc/chrony.conf'),
    config(`01-${role}-kubelet`, role, '/etc/kubernetes/kubelet.conf'),
    config(rendered(cluster, role), role, '/etc/chrony.conf'),
  ]);
}
