import { describe, expect, it } from 'vitest';
import { ironicBmhDuplicateMac } from '../../src/detectors/ironic-bmh-duplicate-mac.ts';
import { machineFailed } from '../../src/detectors/machine-failed.ts';
import { pdbBlocksDrain } from '../../src/detectors/pdb-blocks-drain.ts';
import { workersMissing } from '../../src/detectors/workers-missing.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const GATHERED_AT = '2025-12-03T23:59:00Z';

describe('machine-failed', () => {
  const machine = (status: string, created = '2025-12-03T20:00:00Z') => `
apiVersion: machine.openshift.io/v1beta1
kind: Machine
metadata: {name: w-1, namespace: openshift-machine-api, creationTimestamp: "${created}", annotations: {metal3.io/BareMetalHost: openshift-machine-api/worker-1}}
status: ${status}
`;
  const run = (text: string) => detect(machineFailed, facts({ resources: text }), GATHERED_AT).findings;

  it('finds a Machine without a Node, and a failed one', () => {
    expect(run(machine('{phase: Provisioned}')).map(entitiesOf)).toEqual([
      ['machine:openshift-machine-api/w-1', 'baremetalhost:openshift-machine-api/worker-1'],
    ]);
    expect(
      run(machine('{phase: Failed, nodeRef: {name: w-1}, errorMessage: "can\'t find created instance"}'))[0],
    ).toMatchObject({ severity: 'error', captures: { error: "can't find created instance" } });
  });

  it.each([
    ['runs', machine('{phase: Running, nodeRef: {name: w-1}}')],
    ['is young', machine('{phase: Provisioning}', '2025-12-03T23:30:00Z')],
    [
      'is of Cluster API',
      machine('{phase: Provisioned}').replace('machine.openshift.io/v1beta1', 'cluster.x-k8s.io/v1beta1'),
    ],
  ])('is silent about a Machine that %s', (_name, text) => {
    expect(run(text)).toEqual([]);
  });
});

describe('workers-missing', () => {
  const OPERATOR = `
apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata: {name: machine-api}
status:
  conditions:
  - type: Degraded
    status: "True"
    reason: SyncingFailed
    lastTransitionTime: "2023-03-08T11:49:53Z"
    message: "Failed when progressing towards operator: 4.12.0 because minimum worker replica count (2) not yet met: current running replicas 0, waiting for [w-b-x w-c-x]"
---`;
  const set = (replicas: number) =>
    `\napiVersion: machine.openshift.io/v1beta1\nkind: MachineSet\nmetadata: {name: w-b, namespace: openshift-machine-api}\nspec: {replicas: ${replicas}}\n---`;
  const node = (role: string) =>
    `\napiVersion: v1\nkind: Node\nmetadata: {name: n-${role}, labels: {node-role.kubernetes.io/${role}: ""}}\nstatus: {conditions: [{type: Ready, status: "True"}]}\n---`;
  const OLD =
    '\napiVersion: config.openshift.io/v1\nkind: Infrastructure\nmetadata: {name: cluster, creationTimestamp: "2025-12-01T00:00:00Z"}\n---';
  const run = (text: string) => detect(workersMissing, facts({ resources: text }), GATHERED_AT).findings;

  it('takes the word of machine-api', () => {
    const [finding] = run(OPERATOR + node('master'));
    expect(entitiesOf(finding)).toEqual(['cluster:cluster', 'operator:machine-api']);
    expect(finding?.captures).toEqual({ ready: '0', wanted: '2' });
    // Routers fail long before machine-api complains: its condition must not date the cause.
    expect(finding?.firstSeen).toBeUndefined();
  });

  it('counts MachineSets against nodes', () => {
    expect(run(OLD + set(2) + set(0).replace('w-b', 'w-c') + node('master'))[0]?.captures).toEqual({
      ready: '0',
      wanted: '2',
    });
  });

  it.each([
    ['a worker is there', OLD + set(2) + node('master') + node('worker')],
    ['none was asked for', OLD + set(0) + node('master')],
    [
      'the cluster is young',
      OLD.replace('2025-12-01T00', '2025-12-03T23').replace('23:00:00Z', '23:40:00Z') + set(2) + node('master'),
    ],
    ['machine-api waits for the last of several', OPERATOR.replace('replicas 0', 'replicas 1') + node('worker')],
  ])('is silent where %s', (_name, text) => {
    expect(run(text)).toEqual([]);
  });
});

describe('workers-missing without a word of how many were asked for', () => {
  const node = (role: string) =>
    `\napiVersion: v1\nkind: Node\nmetadata: {name: n-${role}, labels: {node-role.kubernetes.io/${role}: ""}}\n---`;
  const unknown = (text: string) => detect(workersMissing, facts({ resources: text })).noData;

  it('has looked where there are workers, and not where there are none', () => {
    expect(unknown(node('master') + node('worker'))).toEqual([]);
    expect(unknown(node('master'))).toHaveLength(1);
  });
});

describe('ironic-bmh-duplicate-mac', () => {
  const host = (name: string, mac: string) =>
    `\napiVersion: metal3.io/v1alpha1\nkind: BareMetalHost\nmetadata: {name: ${name}, namespace: openshift-machine-api}\nspec: {bootMACAddress: "${mac}"}\n---`;
  const run = (text: string) => detect(ironicBmhDuplicateMac, facts({ resources: text })).findings;

  it('compares addresses in any case', () => {
    expect(run(host('a', '04:3f:72:aa:bb:01') + host('b', '04:3F:72:AA:BB:01'))[0]?.captures).toEqual({
      mac: '04:3f:72:aa:bb:01',
      hosts: 'a, b',
    });
  });

  it('is silent about different, absent and obfuscated addresses', () => {
    expect(
      run(
        host('a', '04:3f:72:aa:bb:01') +
          host('b', '04:3f:72:aa:bb:02') +
          host('c', '') +
          host('d', '') +
          host('e', 'x-mac-1-x') +
          host('f', 'x-mac-1-x'),
      ),
    ).toEqual([]);
  });
});

describe('pdb-blocks-drain', () => {
  const node = (wanted: string, applied: string) => `
apiVersion: v1
kind: Node
metadata: {name: w-1, annotations: {machineconfiguration.openshift.io/desiredDrain: ${wanted}, machineconfiguration.openshift.io/lastAppliedDrain: ${applied}}}
---`;
  const budget = (allowed: number) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: db, namespace: shop}
spec: {selector: {matchLabels: {app: db}}}
status: {disruptionsAllowed: ${allowed}, expectedPods: 1}
---`;
  const pod = (label: string) =>
    `\napiVersion: v1\nkind: Pod\nmetadata: {name: db-0, namespace: shop, labels: {app: ${label}}}\nspec: {nodeName: w-1}\n---`;
  const run = (text: string) => detect(pdbBlocksDrain, facts({ resources: text })).findings;

  it('finds the budget that keeps a pod on a draining node', () => {
    const findings = run(node('drain-rendered-b', 'uncordon-rendered-a') + budget(0) + pod('db'));
    expect(findings.map(entitiesOf)).toEqual([['node:w-1', 'namespace:shop']]);
    expect(findings[0]?.captures).toEqual({ budgets: 'shop/db' });
  });

  it.each([
    ['nothing is drained', node('uncordon-rendered-a', 'uncordon-rendered-a') + budget(0) + pod('db')],
    ['the drain is done', node('drain-rendered-b', 'drain-rendered-b') + budget(0) + pod('db')],
    ['a disruption is allowed', node('drain-rendered-b', 'uncordon-rendered-a') + budget(1) + pod('db')],
    ['the budget is about other pods', node('drain-rendered-b', 'uncordon-rendered-a') + budget(0) + pod('web')],
  ])('is silent where %s', (_name, text) => {
    expect(run(text)).toEqual([]);
  });
});
