import { describe, expect, it } from 'vitest';
import { kubeletFirstRotationWindow } from '../../src/detectors/kubelet-first-rotation-window.ts';
import { kubeletVersionSkew } from '../../src/detectors/kubelet-version-skew.ts';
import { mcoPoolPaused } from '../../src/detectors/mco-pool-paused.ts';
import { nodeStatusUnknown } from '../../src/detectors/node-status-unknown.ts';
import { operatorDegradedGeneric } from '../../src/detectors/operator-degraded-generic.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const version = (started: string, desired = '4.18.14') => `
apiVersion: config.openshift.io/v1
kind: ClusterVersion
metadata: {name: version}
status: {desired: {version: ${desired}}, history: [{startedTime: "2026-01-09T00:00:00Z", state: Completed}, {startedTime: "${started}", state: Completed}]}
---`;

describe('kubelet-first-rotation-window', () => {
  const run = (started: string) =>
    detect(kubeletFirstRotationWindow, facts({ resources: version(started) }), '2026-01-10T00:00:00Z').findings;

  it('counts from the oldest history entry', () => {
    expect(run('2026-01-09T03:00:00Z')[0]?.captures).toEqual({ age: '21 h' });
  });

  it.each(['2026-01-09T22:00:00Z', '2026-01-08T20:00:00Z', '2025-06-01T00:00:00Z'])(
    'is silent for a cluster of %s',
    (started) => {
      expect(run(started)).toEqual([]);
    },
  );
});

describe('operator-degraded-generic', () => {
  const operator = (available: string, degraded: string, since = '2023-03-08T11:46:42Z') => `
apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata: {name: ingress, creationTimestamp: "${since}"}
status:
  conditions:
  - {type: Available, status: "${available}", reason: IngressUnavailable, message: no router, lastTransitionTime: "${since}"}
  - {type: Degraded, status: "${degraded}", reason: IngressDegraded, message: still no router, lastTransitionTime: "2023-03-08T11:48:16Z"}
`;
  const run = (text: string) =>
    detect(operatorDegradedGeneric, facts({ resources: text }), '2023-03-08T12:40:00Z').findings;

  it('judges by availability and dates by the conditions of the trouble', () => {
    expect(run(operator('False', 'True'))[0]).toMatchObject({
      severity: 'critical',
      firstSeen: Date.parse('2023-03-08T11:46:42Z') * 1000,
    });
    expect(run(operator('True', 'True'))[0]).toMatchObject({
      severity: 'error',
      firstSeen: Date.parse('2023-03-08T11:48:16Z') * 1000,
    });
    expect(run(operator('False', 'False')).map(entitiesOf)).toEqual([['operator:ingress']]);
  });

  it('thinks less of a short degradation while the operator serves', () => {
    expect(run(operator('True', 'True').replace('11:48:16', '12:35:00'))[0]?.severity).toBe('warning');
  });

  it('reports an operator that has had no opinion for long', () => {
    expect(run(operator('Unknown', 'Unknown'))[0]).toMatchObject({ severity: 'warning' });
    expect(
      run(
        'apiVersion: config.openshift.io/v1\nkind: ClusterOperator\nmetadata: {name: x, creationTimestamp: "2023-03-08T11:00:00Z"}\n',
      ),
    ).toHaveLength(1);
  });

  it('is silent about a healthy one and about one that only starts', () => {
    expect(run(operator('True', 'False'))).toEqual([]);
    expect(run(operator('Unknown', 'Unknown', '2023-03-08T12:30:00Z'))).toEqual([]);
  });
});

describe('node-status-unknown', () => {
  const node = (status: string, reason: string, role = 'worker') => `
apiVersion: v1
kind: Node
metadata: {name: n-1, labels: {node-role.kubernetes.io/${role}: ""}}
status: {conditions: [{type: Ready, status: "${status}", reason: ${reason}, message: m, lastTransitionTime: "2025-12-03T22:06:11Z"}]}
`;
  const run = (text: string) => detect(nodeStatusUnknown, facts({ resources: text })).findings;

  it('knows that a worker which is a virtual machine is replaced in place', () => {
    const on = (platform: string, role: string) => {
      const infrastructure = `apiVersion: config.openshift.io/v1\nkind: Infrastructure\nmetadata: {name: cluster}\nstatus: {platformStatus: {type: ${platform}}}\n`;
      return run(`${node('Unknown', 'NodeStatusUnknown', role)}---\n${infrastructure}`)[0]?.recovery;
    };
    expect(on('AWS', 'worker')).toBe('in-place');
    expect(on('BareMetal', 'worker')).toBeUndefined();
    expect(on('AWS', 'master')).toBeUndefined();
  });

  it('finds a silent kubelet, and takes it harder on the control plane', () => {
    expect(run(node('Unknown', 'NodeStatusUnknown'))[0]).toMatchObject({
      severity: 'error',
      captures: { since: '2025-12-03T22:06:11Z' },
    });
    expect(run(node('Unknown', 'NodeStatusUnknown', 'master'))[0]?.severity).toBe('critical');
  });

  it('is silent about nodes that speak, even about trouble', () => {
    expect(run(node('True', 'KubeletReady'))).toEqual([]);
    expect(run(node('False', 'KubeletNotReady'))).toEqual([]);
  });

  it('does not mistake the config object of kind Node for a machine', () => {
    expect(
      detect(
        nodeStatusUnknown,
        facts({ resources: 'apiVersion: config.openshift.io/v1\nkind: Node\nmetadata: {name: cluster}\n' }),
      ).noData,
    ).toHaveLength(1);
  });
});

describe('mco-pool-paused', () => {
  const pool = (paused: boolean, current: string) => `
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigPool
metadata: {name: worker}
spec: {paused: ${paused}, configuration: {name: rendered-worker-b}}
status: {configuration: {name: ${current}}}
`;
  const run = (text: string) => detect(mcoPoolPaused, facts({ resources: text })).findings;

  it('finds a pool that holds a change back', () => {
    expect(run(pool(true, 'rendered-worker-a')).map(entitiesOf)).toEqual([['pool:worker']]);
  });

  it('is silent about a pool that is updating or has nothing pending', () => {
    expect(run(pool(false, 'rendered-worker-a'))).toEqual([]);
    expect(run(pool(true, 'rendered-worker-b'))).toEqual([]);
  });
});

describe('kubelet-version-skew', () => {
  const node = (kubelet: string) =>
    `\napiVersion: v1\nkind: Node\nmetadata: {name: n-1}\nstatus: {nodeInfo: {kubeletVersion: ${kubelet}}}\n`;
  const run = (kubelet: string, desired?: string) =>
    detect(kubeletVersionSkew, facts({ resources: version('2026-01-01T00:00:00Z', desired) + node(kubelet) })).findings;

  it('finds kubelets ahead of the control plane or too far behind', () => {
    expect(run('v1.32.1').map(({ title }) => title)).toEqual([
      'Kubelet v1.32.1 of n-1 is newer than OpenShift 4.18.14',
    ]);
    expect(run('v1.27.16+abc')).toHaveLength(1);
    expect(run('v1.21.0', '4.11.3')).toHaveLength(1);
  });

  it('is silent within the supported distance', () => {
    expect([...run('v1.31.9'), ...run('v1.28.15'), ...run('v1.22.0', '4.11.3')]).toEqual([]);
  });
});
