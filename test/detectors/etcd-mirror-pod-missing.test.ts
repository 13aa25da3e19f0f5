import { describe, expect, it } from 'vitest';
import { etcdMirrorPodMissing } from '../../src/detectors/etcd-mirror-pod-missing.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const node = (name: string) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {node-role.kubernetes.io/master: ""}}
---`;
const pod = (namespace: string, name: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}}
---`;
const etcd = (revision: number) => `
apiVersion: operator.openshift.io/v1
kind: Etcd
metadata: {name: cluster}
status: {nodeStatuses: [{nodeName: m-0, currentRevision: 6}, {nodeName: m-1, currentRevision: ${revision}}]}
---`;
const MEMBERS = {
  'etcd-member-list':
    '{"members":[{"ID":1,"name":"m-0","clientURLs":["https://10.0.0.20:2379"]},{"ID":2,"name":"m-1","clientURLs":["https://10.0.0.21:2379"]}]}',
  'etcd-endpoint-health':
    '[{"endpoint":"https://10.0.0.20:2379","health":true},{"endpoint":"https://10.0.0.21:2379","health":true}]',
} as const;
const NODES = node('m-0') + node('m-1');
const ONE =
  pod('openshift-etcd', 'etcd-m-0') +
  pod('openshift-etcd', 'etcd-guard-m-1') +
  pod('openshift-etcd', 'installer-6-m-1');

describe('etcd-mirror-pod-missing', () => {
  it('is certain where the member is healthy', () => {
    const { findings } = detect(etcdMirrorPodMissing, facts({ resources: NODES + ONE + etcd(5), documents: MEMBERS }));
    expect(findings.map(entitiesOf)).toEqual([['node:m-1', 'pod:openshift-etcd/etcd-m-1', 'operator:etcd']]);
    expect(findings[0]).toMatchObject({ confidence: 0.95, captures: { memberHealthy: 'yes', alsoMissing: 'none' } });
    expect(findings[0]?.evidence.map(({ text }) => text)).toContain('nodeName: m-1, currentRevision: 5');
  });

  it('finds it by the operator object alone, and names other static pods that are missing', () => {
    const others =
      pod('openshift-kube-apiserver', 'kube-apiserver-m-0') +
      pod('openshift-kube-scheduler', 'openshift-kube-scheduler-m-1');
    const { findings } = detect(etcdMirrorPodMissing, facts({ resources: NODES + ONE + etcd(5) + others }));
    expect(findings[0]?.captures).toMatchObject({ memberHealthy: 'unknown', alsoMissing: 'kube-apiserver-m-1' });
  });

  it.each([
    ['both pods exist', NODES + ONE + pod('openshift-etcd', 'etcd-m-1') + etcd(5)],
    ['nothing was rolled out to the node yet', NODES + ONE + etcd(0)],
    ['the node is no control plane node', node('m-0') + node('m-1').replace('master', 'worker') + ONE + etcd(5)],
  ])('is silent where %s', (_name, resources) => {
    expect(detect(etcdMirrorPodMissing, facts({ resources }))).toEqual({ findings: [], noData: [] });
  });

  it('does not take pods that were not gathered for missing ones', () => {
    expect(detect(etcdMirrorPodMissing, facts({ resources: NODES + etcd(5), documents: MEMBERS })).noData).toHaveLength(
      1,
    );
  });
});
