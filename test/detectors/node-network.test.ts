import { describe, expect, it } from 'vitest';
import { clusterMtuDiffers } from '../../src/detectors/cluster-mtu-differs.ts';
import { connectivityOutagePattern } from '../../src/detectors/connectivity-outage-pattern.ts';
import { nodeMtuDiffers } from '../../src/detectors/node-mtu-differs.ts';
import { nodeOvnAnnotationsMissing } from '../../src/detectors/node-ovn-annotations-missing.ts';
import { vipHolders } from '../../src/detectors/vip-holders.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const NOW = '2026-01-15T12:00:00Z';
const node = (name: string, annotations: Record<string, string>, extra = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, creationTimestamp: '2026-01-15T08:00:00Z', annotations },
    status: { conditions: [{ type: 'Ready', status: 'True' }], ...extra },
  });
const network = (type: string) =>
  `{"apiVersion": "config.openshift.io/v1", "kind": "Network", "metadata": {"name": "cluster"}, "status": {"networkType": "${type}"}}`;
const all = (...objects: string[]) => facts({ resources: objects.join('\n---\n') });

describe('node-ovn-annotations-missing', () => {
  const whole = {
    'k8s.ovn.org/node-subnets': '{"default":["10.129.0.0/23"]}',
    'k8s.ovn.org/node-chassis-id': '7e3fc786',
    'k8s.ovn.org/l3-gateway-config': '{"default":{"mode":"shared"}}',
  };
  const { 'k8s.ovn.org/l3-gateway-config': _, ...withoutGateway } = whole;
  const notReady = { conditions: [{ type: 'Ready', status: 'False' }] };
  const run = (...objects: string[]) => detect(nodeOvnAnnotationsMissing, all(...objects), NOW);

  it('says how far OVN-Kubernetes came', () => {
    const { findings } = run(network('OVNKubernetes'), node('a', whole), node('b', withoutGateway, notReady));
    expect(findings.map(entitiesOf)).toEqual([['node:b']]);
    expect(findings[0]?.captures).toMatchObject({ missing: 'k8s.ovn.org/l3-gateway-config', age: '4 h' });
  });

  it('is silent about other networks, young nodes and Windows', () => {
    expect(run(network('OpenShiftSDN'), node('b', {})).findings).toEqual([]);
    const windows = node('w', {}, { nodeInfo: { operatingSystem: 'windows' } });
    expect(run(network('OVNKubernetes'), node('a', whole), windows)).toEqual({ findings: [], noData: [] });
    const young = detect(
      nodeOvnAnnotationsMissing,
      all(network('OVNKubernetes'), node('b', {})),
      '2026-01-15T08:10:00Z',
    );
    expect(young.findings).toEqual([]);
  });
});

describe('vip-holders', () => {
  const infrastructure = (loadBalancer = '') => `
apiVersion: config.openshift.io/v1
kind: Infrastructure
metadata: {name: cluster}
status: {platformStatus: {type: BareMetal, baremetal: {apiServerInternalIPs: [10.0.0.2], ingressIPs: [10.0.0.7]${loadBalancer}}}}`;
  const holding = (name: string, ...addresses: string[]) =>
    node(name, { 'k8s.ovn.org/host-cidrs': JSON.stringify(addresses) });
  const run = (...objects: string[]) => detect(vipHolders, all(...objects), NOW);

  it('finds two holders, and none', () => {
    const { findings } = run(
      infrastructure(),
      holding('a', '10.0.0.3/24', '10.0.0.2/32'),
      holding('b', '10.0.0.4/24', '10.0.0.2/32'),
    );
    expect(findings.map((finding) => [finding.title, finding.severity])).toEqual([
      ['API VIP 10.0.0.2 is held by a and b', undefined],
      ['Ingress VIP 10.0.0.7 is held by no node', 'warning'],
    ]);
    expect(entitiesOf(findings[0])).toEqual(['vip:10.0.0.2', 'node:a', 'node:b']);
  });

  it('is silent where each has one holder', () => {
    const one = [holding('a', '10.0.0.3/24', '10.0.0.2/32'), holding('b', '10.0.0.4/24', '10.0.0.7/32')];
    expect(run(infrastructure(), ...one)).toEqual({ findings: [], noData: [] });
  });

  it('does not conclude from annotations that show no VIP at all, nor for a load balancer of the user', () => {
    const none = [holding('a', '10.0.0.3/24'), holding('b', '10.0.0.4/24')];
    expect(run(infrastructure(), ...none)).toMatchObject({ findings: [], noData: [expect.any(String)] });
    const external = infrastructure(', loadBalancer: {type: UserManaged}');
    expect(run(external, holding('a', '10.0.0.2/24')).findings).toEqual([]);
  });
});

describe('cluster-mtu-differs', () => {
  const networks = (applied: number, wanted: number, migration = '') => `
apiVersion: config.openshift.io/v1
kind: Network
metadata: {name: cluster}
status: {networkType: OVNKubernetes, clusterNetworkMTU: ${applied}}
---
apiVersion: operator.openshift.io/v1
kind: Network
metadata: {name: cluster}
spec: {${migration} defaultNetwork: {type: OVNKubernetes, ovnKubernetesConfig: {mtu: ${wanted}}}}`;
  const run = (text: string) => detect(clusterMtuDiffers, all(text), NOW);

  it('finds a value that was edited', () => {
    expect(run(networks(1400, 8900)).findings[0]).toMatchObject({ captures: { wanted: '8900', applied: '1400' } });
  });

  it('is silent about equal values and a migration', () => {
    expect(run(networks(1400, 1400))).toEqual({ findings: [], noData: [] });
    expect(run(networks(1400, 8900, 'migration: {mtu: {network: {from: 1400, to: 8900}}},'))).toEqual({
      findings: [],
      noData: [],
    });
  });
});

describe('node-mtu-differs', () => {
  const state = (name: string, mtu: number, address = '10.0.0.9', nic = 'br-ex') =>
    JSON.stringify({
      apiVersion: 'nmstate.io/v1beta1',
      kind: 'NodeNetworkState',
      metadata: { name },
      status: {
        currentState: {
          interfaces: [
            { name: 'ens1f0', type: 'ethernet', mtu: 9216, ipv4: { enabled: false } },
            { name: nic, type: 'ovs-interface', mtu, ipv4: { address: [{ ip: address, 'prefix-length': 24 }] } },
            { name: '8f2c1a9b', type: 'ethernet', mtu: 1400 },
          ],
        },
      },
    });
  const pods = (mtu: number) =>
    `{"apiVersion": "config.openshift.io/v1", "kind": "Network", "metadata": {"name": "cluster"}, "status": {"networkType": "OVNKubernetes", "clusterNetworkMTU": ${mtu}}}`;
  const run = (...objects: string[]) => detect(nodeMtuDiffers, all(...objects), NOW);

  it('finds the node that carries too little', () => {
    const { findings } = run(pods(8900), state('a', 9000), state('b', 9000), state('c', 1500));
    expect(findings.map(entitiesOf)).toEqual([['node:c']]);
    expect(findings[0]).toMatchObject({ severity: 'error', captures: { mtu: '1500', most: '9000', nic: 'br-ex' } });
  });

  it('looks at the interface that has the address of the node', () => {
    const addressed = (name: string, address: string) =>
      node(name, {}, { addresses: [{ type: 'InternalIP', address }] });
    const { findings } = run(
      pods(8900),
      ...['a', 'b', 'c'].map((name, at) => addressed(name, `10.0.0.${at}`)),
      state('a', 9000, '10.0.0.0', 'bond0.20'),
      state('b', 9000, '10.0.0.1', 'bond0.20'),
      state('c', 1500, '10.0.0.2', 'bond0.20'),
      state('d', 1500, '10.0.0.3', 'bond0.20'),
    );
    expect(findings.map(entitiesOf)).toEqual([['node:c']]);
  });

  it('only mentions what does no harm, and is silent about equal values', () => {
    expect(run(pods(1400), state('a', 9000), state('b', 9000), state('c', 1500)).findings[0]?.severity).toBe('info');
    expect(run(state('a', 9000), state('b', 1500)).findings[0]?.severity).toBe('warning');
    expect(run(pods(8900), state('a', 9000), state('b', 9000))).toEqual({ findings: [], noData: [] });
    expect(run(pods(8900), state('a', 9000)).noData).toHaveLength(1);
    expect(run(pods(8900)).findings).toEqual([]);
  });
});

describe('connectivity-outage-pattern', () => {
  const NODES = ['m-0', 'm-1', 'w-0', 'w-1'];
  const check = (source: string, target: string, reachable: boolean, since = '2026-01-15T11:00:00Z') =>
    JSON.stringify({
      apiVersion: 'controlplane.operator.openshift.io/v1alpha1',
      kind: 'PodNetworkConnectivityCheck',
      metadata: { name: `network-check-source-${source}-to-network-check-target-${target}`, namespace: 'd' },
      status: {
        conditions: [{ type: 'Reachable', status: reachable ? 'True' : 'False', lastTransitionTime: since }],
        ...(!reachable && { outages: [{ start: since }] }),
      },
    });
  const matrix = (fails: (source: string, target: string) => boolean, since?: string) =>
    all(
      ...NODES.map((name) => node(name, {})),
      ...NODES.flatMap((source) => NODES.map((target) => check(source, target, !fails(source, target), since))),
    );
  const run = (known: ReturnType<typeof all>) => detect(connectivityOutagePattern, known, NOW);

  it('blames the node that nobody reaches', () => {
    const { findings } = run(matrix((source, target) => target === 'w-1' && source !== 'w-1'));
    expect(findings.map(entitiesOf)).toEqual([['node:w-1']]);
    expect(findings[0]?.captures).toEqual({ failing: '3', checks: '3', direction: 'to', others: '6', rest: '6' });
  });

  it('blames the node that reaches nobody', () => {
    const { findings } = run(matrix((source, target) => source === 'w-0' && target !== 'w-0'));
    expect(findings.map((finding) => finding.captures?.['direction'])).toEqual(['from']);
  });

  it('blames none where all fails, where little does, and for what has just begun', () => {
    expect(run(matrix(() => true)).findings).toEqual([]);
    expect(run(matrix((source, target) => source === 'm-0' && target === 'w-1')).findings).toEqual([]);
    expect(run(matrix((_, target) => target === 'w-1', '2026-01-15T11:58:00Z')).findings).toEqual([]);
    expect(run(matrix(() => false))).toEqual({ findings: [], noData: [] });
  });
});
