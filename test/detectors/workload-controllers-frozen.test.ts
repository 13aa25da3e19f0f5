import { describe, expect, it } from 'vitest';
import { workloadControllersFrozen } from '../../src/detectors/workload-controllers-frozen.ts';
import { detect } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const lease = (name: string, renewed: string, namespace = 'kube-system') => `
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: ${name}, namespace: ${namespace}}
spec: {holderIdentity: x, renewTime: "${renewed}"}
---`;
const deployment = (name: string, generation: number, observed: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: openshift-console, generation: ${generation}}
status: {observedGeneration: ${observed}}
---`;
const set = (name: string, created: string, status = '{}') => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: ${name}, namespace: openshift-console, creationTimestamp: "${created}"}
spec: {replicas: 1}
status: ${status}
---`;
const pod = (name: string, owner: string, created: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: openshift-console, creationTimestamp: "${created}", ownerReferences: [{kind: ReplicaSet, name: ${owner}}]}
---`;
const node = (heartbeat: string) => `
apiVersion: v1
kind: Node
metadata: {name: n-${heartbeat.slice(11, 13)}}
status: {conditions: [{type: Ready, status: "True", lastHeartbeatTime: "${heartbeat}"}]}
---`;
const KCM = 'kube-controller-manager';
const run = (text: string) => detect(workloadControllersFrozen, facts({ resources: text }), '2025-12-03T23:41:00Z');

describe('workload-controllers-frozen', () => {
  it('finds a lease that was not renewed while others were', () => {
    const { findings } = run(lease(KCM, '2025-12-03T22:58:10Z') + lease('apiserver-a', '2025-12-03T23:20:00Z'));
    expect(findings[0]?.title).toBe(
      'kube-controller-manager stands still: it last renewed its lease at 2025-12-03T22:58:10Z',
    );
    expect(findings[0]?.evidence[0]?.text).toBe('renewTime: 2025-12-03T22:58:10Z');
  });

  it('finds a lone lease that is older than any gather is long', () => {
    expect(run(lease(KCM, '2025-12-03T22:58:10Z')).findings).toHaveLength(1);
  });

  it('finds three workloads whose controllers did not look', () => {
    const { findings } = run(
      deployment('a', 2, 1) + deployment('b', 7, 6) + deployment('c', 3, 2) + deployment('d', 3, 3),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.count).toBe(3);
    expect(findings[0]?.confidence).toBeLessThan(0.8);
  });

  it('finds one workload without pods together with a dead node that is still Ready', () => {
    const podless = set('console-1', '2025-12-03T20:00:00Z') + pod('other', 'console-2', '2025-12-03T20:00:00Z');
    expect(run(podless + node('2025-12-03T23:40:00Z') + node('2025-12-03T20:12:00Z')).findings).toHaveLength(1);
  });

  it.each([
    [
      'the gather lasted long and the lease was read early',
      lease(KCM, '2025-12-03T23:10:00Z') +
        lease('apiserver-a', '2025-12-03T23:10:04Z') +
        lease('x', '2025-12-03T23:40:00Z', 'openshift-kube-scheduler'),
    ],
    [
      'the lease is fresh, whatever else is behind',
      lease(KCM, '2025-12-03T23:40:50Z') + deployment('a', 2, 1) + deployment('b', 7, 6) + deployment('c', 3, 2),
    ],
    [
      'a pod was made after the last renewal',
      lease(KCM, '2025-12-03T20:00:00Z') + pod('console-9', 'console-1', '2025-12-03T23:00:00Z'),
    ],
    ['two workloads are just being changed', deployment('a', 2, 1) + deployment('b', 7, 6)],
    [
      'creation is refused, not neglected',
      [1, 2, 3]
        .map((i) => set(`s${i}`, '2025-12-03T20:00:00Z', '{conditions: [{type: ReplicaFailure, status: "True"}]}'))
        .join('') +
        pod('p', 'other', '2025-12-03T20:00:00Z') +
        deployment('a', 1, 1),
    ],
    [
      'ReplicaSets are young',
      [1, 2, 3].map((i) => set(`s${i}`, '2025-12-03T23:39:00Z')).join('') +
        pod('p', 'other', '2025-12-03T20:00:00Z') +
        deployment('a', 1, 1),
    ],
  ])('is silent where %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });
});
