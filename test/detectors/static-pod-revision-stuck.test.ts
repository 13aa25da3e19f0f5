import { describe, expect, it } from 'vitest';
import { staticPodRevisionStuck } from '../../src/detectors/static-pod-revision-stuck.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const operator = (current: number, target: number) => `
apiVersion: operator.openshift.io/v1
kind: KubeAPIServer
metadata: {name: cluster}
status:
  latestAvailableRevision: 11
  conditions: [{type: NodeInstallerProgressing, status: "True", lastTransitionTime: "2024-12-03T20:00:00Z"}]
  nodeStatuses:
  - {nodeName: m-0, currentRevision: 11}
  - {nodeName: m-2, currentRevision: ${current}, targetRevision: ${target}, lastFailedRevision: 11, lastFailedRevisionErrors: ["installer: i/o timeout"]}
---`;
const made = (at: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: revision-status-11, namespace: openshift-kube-apiserver, creationTimestamp: "${at}"}
---`;
const run = (text: string) => detect(staticPodRevisionStuck, facts({ resources: text }), '2024-12-03T22:00:00Z');

describe('static-pod-revision-stuck', () => {
  it('finds the node that is behind, by the age of the revision', () => {
    const { findings } = run(operator(10, 11) + made('2024-12-03T21:00:00Z'));
    expect(findings.map(entitiesOf)).toEqual([['node:m-2', 'operator:kube-apiserver']]);
    expect(findings[0]?.captures).toMatchObject({
      current: '10',
      latest: '11',
      target: '11',
      age: '60 min',
      failure: 'installer: i/o timeout',
    });
  });

  it('dates the rollout by its condition where the revision was not gathered', () => {
    expect(run(operator(10, 11)).findings[0]?.captures?.['age']).toBe('2 h');
  });

  it.each([
    ['all nodes are there', operator(11, 0) + made('2024-12-03T21:00:00Z')],
    ['the revision is new', operator(10, 11) + made('2024-12-03T21:45:00Z')],
    [
      'the node was removed',
      `${operator(10, 11) + made('2024-12-03T21:00:00Z')}\napiVersion: v1\nkind: Node\nmetadata: {name: m-0}\n`,
    ],
  ])('is silent where %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });
});
