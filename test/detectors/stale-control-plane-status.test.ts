import { describe, expect, it } from 'vitest';
import { staleControlPlaneStatus } from '../../src/detectors/stale-control-plane-status.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const node = (name: string, heartbeat: string, ready = 'True') => `
apiVersion: v1
kind: Node
metadata: {name: ${name}}
status:
  conditions:
  - {type: Ready, status: "${ready}", lastHeartbeatTime: "${heartbeat}"}
---`;
const lease = (name: string, renewed: string) => `
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: ${name}, namespace: kube-node-lease}
spec: {renewTime: "${renewed}"}
---`;
const run = (text: string) => detect(staleControlPlaneStatus, facts({ resources: text }), '2025-12-03T23:41:00Z');

describe('stale-control-plane-status', () => {
  it('finds the one node whose lease stopped', () => {
    const leases = lease('master-0', '2025-12-03T23:40:01Z') + lease('master-1', '2025-12-03T20:12:20Z');
    const { findings } = run(
      node('master-0', '2025-12-03T23:38:00Z') + node('master-1', '2025-12-03T20:12:00Z') + leases,
    );
    expect(findings.map(entitiesOf)).toEqual([['node:master-1']]);
    expect(findings[0]?.captures).toEqual({ lastSign: '2025-12-03T20:12:20Z', silence: '3 h' });
    expect(findings[0]?.evidence.map(({ text }) => text)).toEqual(['status: True', 'renewTime: 2025-12-03T20:12:20Z']);
  });

  it('finds it by heartbeats where leases were not gathered', () => {
    const { findings } = run(node('master-0', '2025-12-03T23:38:00Z') + node('master-1', '2025-12-03T20:12:00Z'));
    expect(findings.map(entitiesOf)).toEqual([['node:master-1']]);
    expect(findings[0]?.evidence[1]?.text).toBe('lastHeartbeatTime: 2025-12-03T20:12:00Z');
  });

  it.each([
    ['idle nodes report every five minutes', node('a', '2025-12-03T23:30:00Z') + node('b', '2025-12-03T23:35:30Z')],
    ['all were read early in a long gather', node('a', '2025-12-03T23:01:00Z') + node('b', '2025-12-03T23:02:00Z')],
    [
      'the node is known to be silent',
      node('a', '2025-12-03T23:40:00Z') + node('b', '2025-12-03T20:12:00Z', 'Unknown'),
    ],
    [
      'the lease is fresh though the status is old',
      node('a', '2025-12-03T23:38:00Z') +
        node('b', '2025-12-03T23:20:00Z') +
        lease('a', '2025-12-03T23:40:01Z') +
        lease('b', '2025-12-03T23:40:03Z'),
    ],
  ])('is silent where %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });

  it('leaves records of another year alone', () => {
    expect(run(node('master-0', '2023-02-18T10:00:00Z')).findings).toEqual([]);
    expect(run(node('master-0', '2025-11-18T10:00:00Z')).findings.map(entitiesOf)).toEqual([['node:master-0']]);
  });
});
