import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';
import {
  INFRASTRUCTURE,
  NETWORK_OPERATOR,
  SEED_DOCUMENTS,
  SEED_GATHERED_AT,
  seedResources,
} from '../support/seed-incident.ts';

type Changes = Readonly<Record<string, string | undefined>>;

function run(changes: Changes = {}) {
  const all = facts({ resources: seedResources(changes), documents: SEED_DOCUMENTS });
  return detectors.flatMap((detector) =>
    detect(detector, all, SEED_GATHERED_AT).findings.map((finding) => ({
      id: detector.about.id,
      role: detector.about.role,
      finding,
    })),
  );
}

function ids(changes: Changes = {}): string[] {
  return [...new Set(run(changes).map(({ id }) => id))];
}

describe('a bare metal cluster with several faults', () => {
  it('is told apart into its faults', () => {
    expect(ids()).toEqual([
      'bmh-poweredon-mismatch',
      'bmh-stuck-inspecting',
      'control-plane-incomplete',
      'etcd-mirror-pod-missing',
      'etcd-two-voting-members',
      'metal3-pod-missing',
      'operator-degraded-generic',
      'stale-control-plane-status',
      'static-pod-revision-stuck',
      'vip-not-in-machine-network',
      'workload-controllers-frozen',
    ]);
  });

  it('does not name etcd as a possible root cause', () => {
    const causes = run().filter(({ role }) => role === 'cause');
    expect(causes.map(({ id }) => id).filter((id) => id.startsWith('etcd'))).toEqual([]);
  });

  it('joins the credential loss on master-1 only', () => {
    const about = (wanted: string) =>
      run()
        .filter(({ id }) => id === wanted)
        .flatMap(({ finding }) => entitiesOf(finding));
    expect(about('stale-control-plane-status')).toEqual(['node:master-1']);
    expect(about('etcd-mirror-pod-missing')).toEqual([
      'node:master-1',
      'pod:openshift-etcd/etcd-master-1',
      'operator:etcd',
    ]);
    expect(about('control-plane-incomplete')).toContain('baremetalhost:openshift-machine-api/master-2');
  });

  it('draws no edge from the VIP to CNI or kubelet', () => {
    const vip = detectors.find(({ about }) => about.id === 'vip-not-in-machine-network');
    expect(vip?.about.causes?.map(({ effect }) => effect).filter((effect) => /cni|kubelet|node/.test(effect))).toEqual(
      [],
    );
  });

  it('loses only the VIP fault when the VIP is inside the machine networks', () => {
    const inside = INFRASTRUCTURE.replaceAll('10.46.124.13', '10.46.120.13');
    const healthy = NETWORK_OPERATOR.replace(
      'status: "True"\n    type: Degraded',
      'status: "False"\n    type: Degraded',
    );
    const rest = ids({ 'infrastructures.yaml': inside, 'network.yaml': healthy });
    expect(rest).not.toContain('vip-not-in-machine-network');
    expect(rest).toEqual(
      ids().filter((id) => id !== 'vip-not-in-machine-network' && id !== 'operator-degraded-generic'),
    );
  });

  it('finds the standstill without any lease, less surely', () => {
    const [without] = run({ 'leases.yaml': undefined }).filter(({ id }) => id === 'workload-controllers-frozen');
    const [withLease] = run().filter(({ id }) => id === 'workload-controllers-frozen');
    expect(without?.finding.confidence).toBeLessThan(withLease?.finding.confidence ?? 0);
    expect(without?.finding.confidence).toBeGreaterThan(0.5);
  });

  it('keeps only the VIP and the host when master-1 and the controllers are well', () => {
    const well = seedResources();
    const fresh = (text: string | undefined) =>
      text?.replaceAll(/"2025-12-03T20:1[12]:[0-9.]+Z"/g, '"2025-12-03T23:57:00Z"');
    const pods = `${well['pods.yaml']}---\napiVersion: v1\nkind: Pod\nmetadata: {name: etcd-master-1, namespace: openshift-etcd}\nspec: {nodeName: master-1}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: metal3-7f9c6d5b8-abcde, namespace: openshift-machine-api, ownerReferences: [{kind: ReplicaSet, name: metal3-7f9c6d5b8}]}\n`;
    const rest = ids({
      'master-1.yaml': fresh(well['master-1.yaml']),
      'leases.yaml': fresh(well['leases.yaml']),
      'pods.yaml': pods,
      'etcd.yaml': well['etcd.yaml']?.replace('currentRevision: 5', 'currentRevision: 6'),
    });
    expect(rest).toEqual([
      'bmh-poweredon-mismatch',
      'bmh-stuck-inspecting',
      'control-plane-incomplete',
      'etcd-two-voting-members',
      'operator-degraded-generic',
      'vip-not-in-machine-network',
    ]);
  });

  it('quotes what stands at the place that it names', () => {
    const [vip] = run().filter(({ id }) => id === 'vip-not-in-machine-network');
    const [first] = vip?.finding.evidence ?? [];
    expect(first).toMatchObject({
      source: 'infrastructures.yaml',
      text: 'apiServerInternalIPs: 10.46.124.13',
      repeats: 1,
    });
    expect(first?.pointer).toBe('/items/0/spec/platformSpec/baremetal/apiServerInternalIPs/0');
    expect(INFRASTRUCTURE.split('\n')[(first?.line ?? 0) - 1]).toContain('10.46.124.13');
  });

  it('says nothing of a gather that holds nothing', () => {
    const empty = facts({});
    for (const detector of detectors) {
      const { findings, noData } = detect(detector, empty, SEED_GATHERED_AT);
      expect(findings, detector.about.id).toEqual([]);
      expect(noData, detector.about.id).not.toEqual([]);
    }
  });
});
