import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeAblation } from '../../bench/ablation/judge-ablation.ts';

/** What fooled a report once when it was missing; all single sources and pairs are measured by bench/ablation.ts. */
const FOOLED: readonly (readonly [scenario: string, ...gone: string[]])[] = [
  ['etcd-database-full', 'logs of openshift-kube-apiserver/kube-apiserver'],
  ['etcd-database-full', 'logs of openshift-kube-apiserver/kube-apiserver', 'etcd_info'],
  ['etcd-partition', 'master-2-journal.log'],
  ['etcd-partition', 'core/nodes'],
  ['kubelet-client-cert-expired', 'worker-1-kubelet.log'],
  ['cni-ovn-database', 'core/pods'],
  ['cni-ovn-database', 'logs of openshift-ovn-kubernetes/sbdb'],
  ['mtu-too-small', 'core/pods'],
  ['upgrade-blocked-by-pdb', 'machineconfiguration.openshift.io/machineconfigpools'],
];

const SEED = [
  'master-1-kubelet.log',
  'master-2-console.log',
  'core/nodes',
  'core/pods',
  'core/events',
  'coordination.k8s.io/leases',
  'config.openshift.io/clusteroperators',
  'config.openshift.io/infrastructures',
  'metal3.io/baremetalhosts',
  'operator.openshift.io/etcds',
];

describe('a gather without some of its sources', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inquest-ablation-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(FOOLED)('%s without %s %s', async (scenario, ...gone) => {
    const judged = await judgeAblation({ scenario, gone }, folder);
    expect(judged!.fooled).toEqual([]);
  });

  it.each(SEED)('the seed incident without %s', async (source) => {
    const judged = await judgeAblation({ scenario: 'vip-outside-machine-network', gone: [source] }, folder);
    expect([judged!.first, judged!.fooled]).toEqual(['right', []]);
  });
});
