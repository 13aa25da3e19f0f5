import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { type Cluster, type NodeSpec, type Platform, platformOf } from '../cluster.ts';
import { type Json, type KubeObject, managedBy, meta } from '../kube.ts';
import { type Random, randomFrom } from '../random.ts';
import { releaseOf } from '../release.ts';
import { micros, seconds } from '../stamps.ts';

/** Node objects and their leases. */
export function nodeObjects(cluster: Cluster, random: Random): KubeObject[] {
  return cluster.nodes.flatMap((node, index) => {
    const own = random.fork(node.name);
    return [nodeObject(cluster, node, index, own), nodeLease(cluster, node, own)];
  });
}

/** The rendered MachineConfig of a pool: one name wherever it is spoken of. */
export function rendered(cluster: Cluster, pool: 'master' | 'worker'): string {
  return `rendered-${pool}-${randomFrom(`${cluster.scenario}/rendered/${pool}`).hex(32)}`;
}

function nodeObject(cluster: Cluster, node: NodeSpec, index: number, random: Random): KubeObject {
  const heartbeat = cluster.gatheredAt - random.int(20, 280) * SECOND;
  const config = rendered(cluster, node.role);
  const prefix = cluster.machineNetwork.split('/')[1];
  const release = releaseOf(cluster.version);
  const schedulable = cluster.nodes.every((other) => other.role === 'master') || node.role === 'worker';
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: meta(random, node.name, node.joined, {
      annotations: {
        'k8s.ovn.org/host-cidrs': JSON.stringify([`${node.ip}/${prefix}`]),
        'k8s.ovn.org/l3-gateway-config': JSON.stringify({
          default: {
            mode: 'shared',
            'interface-id': `br-ex_${node.name}`,
            'mac-address': node.mac,
            'ip-addresses': [`${node.ip}/${prefix}`],
            'next-hops': [cluster.gateway],
            'node-port-enable': 'true',
            'vlan-id': '0',
          },
        }),
        'k8s.ovn.org/node-chassis-id': random.uuid(),
        'k8s.ovn.org/node-id': String(index + 2),
        'k8s.ovn.org/node-primary-ifaddr': JSON.stringify({ ipv4: `${node.ip}/${prefix}` }),
        'k8s.ovn.org/node-subnets': JSON.stringify({
          default: [`10.${128 + Math.floor(index / 2)}.${(index % 2) * 2}.0/23`],
        }),
        'k8s.ovn.org/zone-name': node.name,
        'machine.openshift.io/machine': `openshift-machine-api/${cluster.infraId}-${node.name}`,
        'machineconfiguration.openshift.io/currentConfig': config,
        'machineconfiguration.openshift.io/desiredConfig': config,
        'machineconfiguration.openshift.io/desiredDrain': `uncordon-${config}`,
        'machineconfiguration.openshift.io/lastAppliedDrain': `uncordon-${config}`,
        'machineconfiguration.openshift.io/reason': '',
        'machineconfiguration.openshift.io/state': 'Done',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        ...(node.role === 'master'
          ? { 'node-role.kubernetes.io/control-plane': '', 'node-role.kubernetes.io/master': '' }
          : {}),
        ...(schedulable ? { 'node-role.kubernetes.io/worker': '' } : {}),
        'node.openshift.io/os_id': 'rhcos',
      },
      managedFields: [
        managedBy('kubelet', node.joined, {
          'f:metadata': { 'f:annotations': { '.': {} }, 'f:labels': { '.': {}, 'f:kubernetes.io/hostname': {} } },
        }),
        managedBy('machine-config-daemon', node.joined + 6 * MINUTE, {
          'f:metadata': { 'f:annotations': { 'f:machineconfiguration.openshift.io/state': {} } },
        }),
        {
          ...managedBy('kubelet', heartbeat, {
            'f:status': { 'f:conditions': { 'k:{"type":"Ready"}': { 'f:lastHeartbeatTime': {} } } },
          }),
          subresource: 'status',
        },
      ],
    }),
    spec: {
      ...providerID(platformOf(cluster), node, random),
      ...(schedulable ? {} : { taints: [{ effect: 'NoSchedule', key: 'node-role.kubernetes.io/master' }] }),
    },
    status: {
      addresses: [
        { address: node.ip, type: 'InternalIP' },
        { address: node.name, type: 'Hostname' },
      ],
      allocatable: { cpu: '63500m', 'ephemeral-storage': '430324950326', memory: '262662308Ki', pods: '250' },
      capacity: { cpu: '64', 'ephemeral-storage': '467993580Ki', memory: '263813284Ki', pods: '250' },
      conditions: nodeConditions(node, heartbeat),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: random.uuid(),
        containerRuntimeVersion: release.runtime,
        kernelVersion: release.kernel,
        kubeProxyVersion: cluster.kubelet,
        kubeletVersion: cluster.kubelet,
        machineID: random.hex(32),
        operatingSystem: 'linux',
        osImage: release.os,
        systemUUID: random.uuid(),
      },
    },
  };
}

function providerID(platform: Platform, node: NodeSpec, random: Random): { providerID?: string } {
  const id = random.uuid();
  if (platform === 'None') return {};
  if (platform === 'AWS') return { providerID: `aws:///eu-central-1a/i-0${id.replaceAll('-', '').slice(0, 16)}` };
  if (platform === 'VSphere') return { providerID: `vsphere://${id}` };
  return { providerID: `baremetalhost:///openshift-machine-api/${node.name}/${id}` };
}

function nodeConditions(node: NodeSpec, heartbeat: number): Json[] {
  const one = (type: string, status: string, reason: string, message: string) => ({
    lastHeartbeatTime: seconds(heartbeat),
    lastTransitionTime: seconds(node.joined + (type === 'Ready' ? 3 * MINUTE : 0)),
    message,
    reason,
    status,
    type,
  });
  return [
    one('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    one('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    one('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    one('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ];
}

function nodeLease(cluster: Cluster, node: NodeSpec, random: Random): KubeObject {
  return lease(
    random,
    'kube-node-lease',
    node.name,
    node.name,
    node.joined,
    cluster.gatheredAt - random.int(1, 9) * SECOND,
    40,
  );
}

/** The lease that a component renews while it leads or lives. */
export function lease(
  random: Random,
  namespace: string,
  name: string,
  holder: string,
  acquired: number,
  renewed: number,
  duration: number,
): KubeObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: meta(random, name, Math.min(acquired, renewed - DAY / 24), { namespace }),
    spec: {
      ...(namespace === 'kube-node-lease' ? {} : { acquireTime: micros(acquired), leaseTransitions: random.int(1, 4) }),
      holderIdentity: holder,
      leaseDurationSeconds: duration,
      renewTime: micros(renewed),
    },
  };
}
