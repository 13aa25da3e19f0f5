import { describe, expect, it } from 'vitest';
import { unexpectedTaint } from '../../src/detectors/unexpected-taint.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const node = (name: string, ...taints: string[]) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {node-role.kubernetes.io/worker: ""}}
spec: {taints: [${taints.map((key) => `{key: "${key}", effect: NoSchedule, timeAdded: "2026-01-15T08:00:00Z"}`).join(', ')}]}
---`;
const pod = (message: string, namespace = 'openshift-ingress', since = '2026-01-15T09:00:00Z') => `
apiVersion: v1
kind: Pod
metadata: {name: router-1, namespace: ${namespace}}
status: {conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, lastTransitionTime: "${since}", message: ${JSON.stringify(message)}}]}
---`;
const run = (...texts: string[]) =>
  detect(unexpectedTaint, facts({ resources: texts.join('') }), '2026-01-15T10:00:00Z').findings;
const CLOUD = 'node.cloudprovider.kubernetes.io/uninitialized';
const WAITS = `0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/master: }, 2 node(s) had untolerated taint {${CLOUD}: true}. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.`;

describe('unexpected-taint', () => {
  it('finds nodes that no cloud controller has taken in, and the pods that wait for them', () => {
    const [finding, ...more] = run(node('w-0', CLOUD), node('w-1', CLOUD), pod(WAITS));
    expect(more).toEqual([]);
    expect(entitiesOf(finding)).toEqual(['node:w-0', 'node:w-1', 'pod:openshift-ingress/router-1']);
    expect(finding).toMatchObject({
      title: `Taint ${CLOUD} on w-0 and w-1 keeps pods of the platform off`,
      firstSeen: Date.parse('2026-01-15T08:00:00Z') * 1000,
    });
    expect(finding?.evidence[0]?.pointer).toBe('/spec/taints/0/key');
  });

  it('knows the wording of older schedulers', () => {
    const message = "0/3 nodes are available: 2 node(s) had taint {team: blue}, that the pod didn't tolerate.";
    expect(run(node('w-0', 'team'), pod(message))).toHaveLength(1);
  });

  it.each([
    ['a role', 'node-role.kubernetes.io/infra'],
    ['the node controller', 'node.kubernetes.io/unreachable'],
    ['a cordon', 'node.kubernetes.io/unschedulable'],
    ['the autoscaler', 'ToBeDeletedByClusterAutoscaler'],
  ])('expects what %s sets', (_, key) => {
    expect(run(node('w-0', key), pod(`0/1 nodes are available: 1 node(s) had untolerated taint {${key}: }.`))).toEqual(
      [],
    );
  });

  it('is silent where nothing waits, where a customer does, where room is short, and where a node has just joined', () => {
    const short = `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {${CLOUD}: true}.`;
    expect(run(node('w-0', CLOUD))).toEqual([]);
    expect(run(node('w-0', CLOUD), pod(WAITS, 'shop'))).toEqual([]);
    expect(run(node('w-0', CLOUD), pod(short))).toEqual([]);
    expect(run(node('w-0', CLOUD), pod(WAITS, 'openshift-ingress', '2026-01-15T09:55:00Z'))).toEqual([]);
    expect(run(node('w-0', 'team'), pod(WAITS))).toEqual([]);
  });
});
