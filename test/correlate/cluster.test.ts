import { describe, expect, it } from 'vitest';
import { clusterFacts } from '../../src/correlate/cluster.ts';
import { buildNames } from '../../src/correlate/names.ts';
import { phasesOf } from '../../src/gather-facts.ts';
import { parseTime } from '../../src/model/time.ts';
import { facts } from '../support/facts.ts';

const NODE = `apiVersion: v1
kind: Node
metadata:
  name: master-0.lab.example.com
  labels: { node-role.kubernetes.io/master: "", node-role.kubernetes.io/control-plane: "", kubernetes.io/hostname: master-0.lab.example.com }
status:
  addresses: [ { type: InternalIP, address: 192.0.2.20 }, { type: InternalIP, address: "2001:db8::20" } ]
  nodeInfo: { kubeletVersion: v1.31.8 }
  conditions: [ { type: Ready, status: "Unknown" } ]
`;

describe('clusterFacts', () => {
  it('takes the running version from the newest completed entry, not from the wanted one', () => {
    const { version, desiredVersion } = clusterFacts(
      facts({
        resources: `apiVersion: config.openshift.io/v1
kind: ClusterVersion
metadata: { name: version }
spec: { clusterID: abc }
status:
  desired: { version: 4.18.20 }
  history:
  - { state: Partial, version: 4.18.20 }
  - { state: Completed, version: 4.18.14 }
  - { state: Completed, version: 4.17.9 }
`,
      }),
    );
    expect({ version, desiredVersion }).toEqual({ version: '4.18.14', desiredVersion: '4.18.20' });
  });

  it.each([
    ['apiServerInternalIPs: [192.0.2.5, "2001:db8::5"]', ['192.0.2.5', '2001:db8::5']],
    ['apiServerInternalIP: 192.0.2.5', ['192.0.2.5']],
    ['ingressIPs: [192.0.2.6]', []],
  ])('reads API VIPs from %s', (field, expected) => {
    const resources = `apiVersion: config.openshift.io/v1
kind: Infrastructure
metadata: { name: cluster }
status: { platformStatus: { type: VSphere, vsphere: { ${field} } } }
`;
    expect(clusterFacts(facts({ resources })).apiVIPs).toEqual(expected);
  });

  it('never guesses: what the input does not say is absent', () => {
    expect(clusterFacts(facts({}))).toEqual({
      apiVIPs: [],
      ingressVIPs: [],
      machineNetworks: [],
      nodes: [],
      operators: [],
    });
  });

  it('does not call a silent node ready', () => {
    expect(clusterFacts(facts({ resources: NODE })).nodes).toEqual([
      { name: 'master-0.lab.example.com', roles: ['control-plane', 'master'], ready: false, version: 'v1.31.8' },
    ]);
  });

  it.each([
    ['no condition at all', '[]', true],
    ['an unknown one', '[{ type: Available, status: Unknown }]', true],
    ['a bad one', '[{ type: Available, status: "False" }]', undefined],
    ['a good one', '[{ type: Available, status: "True" }]', undefined],
  ])(
    'tells an operator that has not said whether it is available from one that is not: %s',
    (_, conditions, expected) => {
      const resources = `apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata: { name: dns }
status: { conditions: ${conditions} }
`;
      expect(clusterFacts(facts({ resources })).operators[0]?.unreported).toBe(expected);
    },
  );

  it('dates a degraded operator by its own condition, not by the one that `oc get co` shows', () => {
    const [operator] = clusterFacts(
      facts({
        resources: `apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata: { name: network }
status:
  conditions:
  - { type: Available, status: "True", lastTransitionTime: "2025-12-03T04:00:00Z" }
  - { type: Degraded, status: "True", lastTransitionTime: "2025-12-02T19:00:00Z", message: no network }
`,
      }),
    ).operators;
    expect(operator).toMatchObject({ since: '2025-12-02T19:00:00Z', message: 'no network', degraded: true });
  });
});

describe('names', () => {
  const names = buildNames(facts({ resources: NODE }));

  it.each(['master-0', 'MASTER-0', 'master-0.lab.example.com', '192.0.2.20', '2001:db8::20'])(
    '%s is the node',
    (name) => {
      expect(names.node(name)).toBe('master-0.lab.example.com');
    },
  );

  it('leaves alone what it does not know', () => {
    expect(names.node('master-9')).toBe('master-9');
    expect(names.node('192.0.2.9')).toBe('192.0.2.9');
  });

  it('does not decide between two nodes of one short name', () => {
    const twice = `${NODE}---\n${NODE.replaceAll('lab.example', 'edge.example').replace('192.0.2.20', '192.0.2.30')}`;
    expect(buildNames(facts({ resources: twice })).node('master-0')).toBe('master-0');
  });

  it('knows where static pods run, and whose a namespace is', () => {
    expect(names.nodeOfPod('openshift-etcd/etcd-guard-master-0.lab.example.com')).toBe('master-0.lab.example.com');
    expect(names.nodeOfPod('openshift-etcd/etcd-cp1.west.example.net')).toBe('cp1.west.example.net');
    expect(names.nodeOfPod('openshift-kube-scheduler/openshift-kube-scheduler-guard-cp1')).toBe('cp1');
    expect(names.nodeOfPod('openshift-etcd/installer-6-cp1')).toBeUndefined();
    expect(names.operatorOf('openshift-kube-apiserver-operator')).toBe('kube-apiserver');
    expect(names.operatorOf('openshift-ovn-kubernetes')).toBe('network');
    expect(names.operatorOf('customer')).toBeUndefined();
  });
});

describe('phasesOf', () => {
  it('tells the installation from upgrades, and an unfinished upgrade as open', () => {
    const at = (text: string): number => parseTime(text)!;
    const [version] = facts({
      resources: `apiVersion: config.openshift.io/v1
kind: ClusterVersion
metadata: { name: version, creationTimestamp: "2026-01-01T08:00:00Z" }
status:
  history:
  - { state: Partial, version: "3", startedTime: "2026-03-01T08:00:00Z", completionTime: null }
  - { state: Completed, version: "2", startedTime: "2026-02-01T08:00:00Z", completionTime: "2026-02-01T09:00:00Z" }
  - { state: Completed, version: "1", startedTime: "2026-01-01T08:01:00Z", completionTime: "2026-01-01T08:50:00Z" }
`,
    }).ClusterVersion;
    expect(phasesOf(version)).toEqual({
      install: { from: at('2026-01-01T08:00:00Z'), to: at('2026-01-01T08:50:00Z') },
      upgrades: [
        { from: at('2026-03-01T08:00:00Z'), to: Number.POSITIVE_INFINITY },
        { from: at('2026-02-01T08:00:00Z'), to: at('2026-02-01T09:00:00Z') },
      ],
    });
  });
});
