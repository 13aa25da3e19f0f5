import { describe, expect, it } from 'vitest';
import { metal3PodMissing } from '../../src/detectors/metal3-pod-missing.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const deployment = (replicas: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: metal3, namespace: openshift-machine-api}
spec: {replicas: ${replicas}}
status: {replicas: 1}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: metal3-7f9c6d5b8, namespace: openshift-machine-api, ownerReferences: [{kind: Deployment, name: metal3}]}
spec: {replicas: ${replicas}}
`;
const REJECTED = `status:
  conditions:
  - {type: ReplicaFailure, status: "True", reason: FailedCreate, message: 'pods "metal3-7f9c6d5b8-" is forbidden: unable to validate against any security context constraint'}
`;
const pod = (name: string, more = '') => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: openshift-machine-api${more}}
status: {phase: Running}
`;
const OTHERS =
  pod('metal3-image-customization-6b9-x2x4v') +
  pod('metal3-baremetal-operator-5d9-k8vvq') +
  pod('cluster-baremetal-operator-77-zzzzz');
const run = (text: string) => detect(metal3PodMissing, facts({ resources: text }));

describe('metal3-pod-missing', () => {
  it('finds that no pod is left, whatever the status says', () => {
    const { findings } = run(deployment(1) + OTHERS);
    expect(findings.map(entitiesOf)).toEqual([['namespace:openshift-machine-api', 'operator:baremetal']]);
    expect(findings[0]?.title).toBe('metal3 has no pod and nothing creates one');
    expect(findings[0]?.captures).toMatchObject({ wanted: '1', statusReplicas: '1' });
  });

  it('tells a rejected creation apart', () => {
    const { findings } = run(deployment(1) + REJECTED + OTHERS);
    expect(findings[0]?.title).toBe('metal3 has no pod: its creation is rejected');
    expect(findings[0]?.captures?.['rejection']).toContain('security context constraint');
  });

  it.each([
    [
      'a pod of the ReplicaSet exists',
      deployment(1) +
        OTHERS +
        pod('metal3-7f9c6d5b8-q7xkp', ', ownerReferences: [{kind: ReplicaSet, name: metal3-7f9c6d5b8}]'),
    ],
    ['a pod is pending', deployment(1) + pod('metal3-7f9c6d5b8-q7xkp').replace('Running', 'Pending')],
    ['the Deployment is scaled to zero', deployment(0) + OTHERS],
  ])('is silent where %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });

  it('does not take pods that were not gathered for missing ones', () => {
    expect(run(deployment(1)).noData).toHaveLength(1);
  });
});
