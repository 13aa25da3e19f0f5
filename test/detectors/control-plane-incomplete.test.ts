import { describe, expect, it } from 'vitest';
import { controlPlaneIncomplete } from '../../src/detectors/control-plane-incomplete.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const infrastructure = (topology: string, created = '2025-12-02T18:40:00Z') => `
apiVersion: config.openshift.io/v1
kind: Infrastructure
metadata: {name: cluster, creationTimestamp: "${created}"}
status: {controlPlaneTopology: ${topology}}
---`;
const masters = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `
apiVersion: v1
kind: Node
metadata: {name: master-${i}, labels: {node-role.kubernetes.io/master: ""}}
---`,
  ).join('');
const MACHINE = `
apiVersion: machine.openshift.io/v1beta1
kind: Machine
metadata:
  name: ocp-master-2
  namespace: openshift-machine-api
  labels: {machine.openshift.io/cluster-api-machine-role: master}
  annotations: {metal3.io/BareMetalHost: openshift-machine-api/master-2}
status: {phase: Provisioning}
`;
const run = (text: string, installConfig?: string) =>
  detect(
    controlPlaneIncomplete,
    facts({ resources: text, documents: installConfig === undefined ? {} : { 'install-config': installConfig } }),
    '2025-12-03T23:59:00Z',
  );

describe('control-plane-incomplete', () => {
  it('finds two of three, and the Machine that did not join', () => {
    const { findings } = run(infrastructure('HighlyAvailable') + masters(2) + MACHINE);
    expect(findings.map(entitiesOf)).toEqual([
      ['cluster:cluster', 'machine:openshift-machine-api/ocp-master-2', 'baremetalhost:openshift-machine-api/master-2'],
    ]);
    expect(findings[0]?.captures).toMatchObject({ present: '2', expected: '3', missing: 'ocp-master-2' });
  });

  it('expects what the install-config asked for', () => {
    const { findings } = run(infrastructure('HighlyAvailable') + masters(3), 'controlPlane: {replicas: 5}');
    expect(findings[0]?.captures).toMatchObject({ present: '3', expected: '5', missing: 'unknown' });
  });

  it.each([
    ['three of three', infrastructure('HighlyAvailable') + masters(3)],
    ['a single node', infrastructure('SingleReplica') + masters(1)],
    ['two nodes by design', infrastructure('DualReplica') + masters(2)],
    ['two nodes and an arbiter', infrastructure('HighlyAvailableArbiter') + masters(2)],
    [
      'a hosted control plane',
      `${infrastructure('External')}\napiVersion: v1\nkind: Node\nmetadata: {name: worker-0}\n`,
    ],
    ['the first minutes of an installation', infrastructure('HighlyAvailable', '2025-12-03T23:40:00Z') + masters(1)],
  ])('is silent about %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });
});
