import { describe, expect, it } from 'vitest';
import { mcpUpdateStalled } from '../../src/detectors/mcp-update-stalled.ts';
import { upgradeUnfinished } from '../../src/detectors/upgrade-unfinished.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const NOW = '2026-01-15T12:00:00Z';

describe('mcp-update-stalled', () => {
  const pool = (since: string, extra = '') => `
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigPool
metadata: {name: worker}
spec:
  ${extra}
  configuration: {name: rendered-worker-new, source: [{name: 00-worker}, {name: 99-worker-chrony}, {name: 99-worker-ssh}]}
status:
  configuration: {name: rendered-worker-old, source: [{name: 00-worker}, {name: 99-worker-ssh}, {name: 98-gone}]}
  machineCount: 2
  updatedMachineCount: 0
  conditions: [{type: Updating, status: "True", lastTransitionTime: "${since}"}]
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: rendered-worker-old, creationTimestamp: "2026-01-01T00:00:00Z"}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: 99-worker-ssh, creationTimestamp: "2026-01-15T08:00:00Z"}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: 00-worker, creationTimestamp: "2025-06-01T00:00:00Z"}
---
${node('worker-0', 'rendered-worker-old', 'rendered-worker-new', 'Working')}
---
${node('worker-1', 'rendered-worker-old', 'rendered-worker-old', 'Done')}
`;
  function node(name: string, current: string, desired: string, state: string): string {
    const prefix = 'machineconfiguration.openshift.io';
    return `apiVersion: v1
kind: Node
metadata: {name: ${name}, annotations: {${prefix}/currentConfig: ${current}, ${prefix}/desiredConfig: ${desired}, ${prefix}/state: ${state}}}`;
  }
  const run = (text: string) => detect(mcpUpdateStalled, facts({ resources: text }), NOW);

  it('names the node that is being worked on and what changed', () => {
    const { findings } = run(pool('2026-01-15T08:05:00Z'));
    expect(findings.map(entitiesOf)).toEqual([['pool:worker', 'node:worker-0']]);
    expect(findings[0]?.captures).toMatchObject({
      updated: '0',
      machines: '2',
      behind: 'worker-0 (Working)',
      changed: '98-gone (gone), 99-worker-chrony, 99-worker-ssh',
    });
  });

  it('gives each node its time, and leaves paused pools to their own finding', () => {
    expect(run(pool('2026-01-15T10:30:00Z'))).toEqual({ findings: [], noData: [] });
    expect(run(pool('2026-01-15T08:05:00Z', 'paused: true'))).toEqual({ findings: [], noData: [] });
  });
});

describe('upgrade-unfinished', () => {
  const cluster = (history: string, etcd = '4.18.1') => `
apiVersion: config.openshift.io/v1
kind: ClusterVersion
metadata: {name: version}
status:
  history: [${history}]
---
apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata: {name: etcd}
status: {versions: [{name: operator, version: ${etcd}}], conditions: [{type: Degraded, status: "False"}]}
---
apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata: {name: machine-config}
status: {versions: [{name: operator, version: 4.17.9}], conditions: [{type: Degraded, status: "True", reason: X, message: stuck, lastTransitionTime: "2026-01-15T07:00:00Z"}]}
---
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfigPool
metadata: {name: worker}
spec: {paused: true}
`;
  const entry = (version: string, state: string, started: string) =>
    `{version: ${version}, state: ${state}, startedTime: "${started}"}`;
  const run = (text: string) => detect(upgradeUnfinished, facts({ resources: text }), NOW);

  it('tells the way, who is behind and what holds it', () => {
    const { findings } = run(
      cluster(
        [
          entry('4.18.1', 'Partial', '2026-01-15T06:00:00Z'),
          entry('4.17.9', 'Partial', '2026-01-14T06:00:00Z'),
          entry('4.16.3', 'Completed', '2025-10-01T06:00:00Z'),
        ].join(', '),
      ),
    );
    expect(findings.map(entitiesOf)).toEqual([['cluster:cluster', 'release:4.18.1', 'operator:machine-config']]);
    expect(findings[0]?.captures).toEqual({
      path: '4.16.3 → 4.17.9 (never finished) → 4.18.1',
      age: '6 h',
      behind: 'machine-config',
      blockers: 'machine-config (Degraded=True), paused pool worker',
    });
  });

  it.each([
    [
      'an update of an hour',
      [entry('4.18.1', 'Partial', '2026-01-15T11:00:00Z'), entry('4.17.9', 'Completed', '2025-10-01T06:00:00Z')],
    ],
    [
      'a finished one',
      [entry('4.18.1', 'Completed', '2026-01-15T06:00:00Z'), entry('4.17.9', 'Completed', '2025-10-01T06:00:00Z')],
    ],
    ['an installation', [entry('4.18.1', 'Partial', '2026-01-15T06:00:00Z')]],
  ])('is silent about %s', (_, history) => {
    expect(run(cluster(history.join(', ')))).toEqual({ findings: [], noData: [] });
  });
});
