import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildNames } from '../../src/correlate/names.ts';
import { Relations } from '../../src/correlate/relations.ts';
import type { Names } from '../../src/model/detector.ts';
import type { AllFacts } from '../../src/model/facts.ts';
import { factsOfGather } from '../support/gather.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const GCP = join(CORPUS, 'vrutkovs+resourcewatch-3nodes/snapshot-20230308T122336Z-HEAD.tar.gz');
const AWS = join(CORPUS, 'openshift+must-gather-clean/test/files/must-gather-aws.tar.xz');

/** The cluster version operator is no ClusterOperator, and others need it under some name. */
const NO_OPERATOR = ['openshift-cluster-version'];

for (const input of [GCP, AWS])
  describe.skipIf(!existsSync(input))(`the pods of ${input.slice(CORPUS.length + 1)} (skipped where absent)`, () => {
    let all: AllFacts;
    beforeAll(async () => {
      ({ all } = await factsOfGather(input));
    }, 60_000);

    it.each([
      ['its related objects', () => all.ClusterOperator],
      ['no ClusterOperator', () => []],
    ])('belong to operators that the cluster has, by %s', (_, known) => {
      const names = buildNames({ ...all, ClusterOperator: known() });
      const operators = new Set(all.ClusterOperator.map(({ name }) => name));
      const strangers = all.Pod.filter(
        ({ namespace, name }) =>
          namespace!.startsWith('openshift-') &&
          !NO_OPERATOR.includes(namespace!) &&
          !operators.has(names.operatorOfPod(`${namespace}/${name}`) ?? ''),
      );
      expect(all.Pod.length).toBeGreaterThan(200);
      expect(strangers.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([]);
    });
  });

describe.skipIf(!existsSync(AWS))('names in lines of a real cluster (skipped where absent)', () => {
  let names: Names;
  beforeAll(async () => {
    names = buildNames((await factsOfGather(AWS)).all);
  }, 60_000);

  /** What stands where the line names a node, and the node that is meant: `oc get nodes -o wide` of the gather. */
  it.each([
    // transport: Error while dialing dial tcp 10.0.189.142:2379: connect: connection refused
    ['10.0.189.142:2379', 'ip-10-0-189-142.ec2.internal'],
    ['10.0.187.218', 'ip-10-0-187-218.ec2.internal'],
    // the journal's prefix: Aug 03 08:33:02 ip-10-0-195-177 hyperkube[1511]
    ['ip-10-0-195-177', 'ip-10-0-195-177.ec2.internal'],
    ['ip-10-0-195-177.ec2.internal', 'ip-10-0-195-177.ec2.internal'],
    ['IP-10-0-195-177', 'ip-10-0-195-177.ec2.internal'],
    // dial tcp 127.0.0.1:6443: connect: connection refused
    ['127.0.0.1:6443', '127.0.0.1:6443'],
    ['[::1]:6443', '[::1]:6443'],
    ['10.0.189.14', '10.0.189.14'],
  ])('%s', (called, node) => expect(names.node(called)).toBe(node));
});

describe.skipIf(!existsSync(GCP))('storage of a real cluster (skipped where absent)', () => {
  it('leads from the driver pods to the driver, and from no others', async () => {
    const { all } = await factsOfGather(GCP);
    const relations = new Relations(buildNames(all), all);
    const drivers = all.Pod.flatMap(({ namespace, name }) =>
      relations
        .expand({ kind: 'pod', name: `${namespace}/${name}` })
        .flatMap((one) =>
          one.kind === 'csidriver' ? [`${name.replace(/-[a-z0-9]{5,10}(?:-[a-z0-9]{5})?$/, '')} ${one.name}`] : [],
        ),
    );
    expect([...new Set(drivers)].sort()).toEqual([
      'gcp-pd-csi-driver-controller pd.csi.storage.gke.io',
      'gcp-pd-csi-driver-node pd.csi.storage.gke.io',
    ]);
  }, 60_000);
});
