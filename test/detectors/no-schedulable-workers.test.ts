import { describe, expect, it } from 'vitest';
import { noSchedulableWorkers } from '../../src/detectors/no-schedulable-workers.ts';
import { parseTime } from '../../src/model/time.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const GATHERED_AT = '2026-02-09T16:50:00Z';

const node = (name: string, role: string, spec = '{}', ready = '"True"') => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {node-role.kubernetes.io/${role}: ""}}
spec: ${spec}
status: {conditions: [{type: Ready, status: ${ready}, lastTransitionTime: "2026-02-09T10:00:00Z"}]}
---`;
const cordoned = (at: string) =>
  `{unschedulable: true, taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule, timeAdded: "${at}"}]}`;
const tainted = (key: string, effect = 'NoSchedule') => `{taints: [{key: ${key}, effect: ${effect}}]}`;
const MASTER = node('m-0', 'master', tainted('node-role.kubernetes.io/master'));
const pending = (namespace: string) => `
apiVersion: v1
kind: Pod
metadata: {name: router-default-x, namespace: ${namespace}}
status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: 0/3 nodes are available}]}
---`;

const run = (text: string) => detect(noSchedulableWorkers, facts({ resources: text }), GATHERED_AT);

describe('no-schedulable-workers', () => {
  it('begins with the last worker that was cordoned', () => {
    const text =
      MASTER +
      node('w-0', 'worker', cordoned('2026-02-09T14:41:00Z')) +
      node('w-1', 'worker', cordoned('2026-02-09T14:52:00Z'));
    const [finding] = run(text).findings;
    expect(entitiesOf(finding)).toEqual(['cluster:cluster', 'node:w-0', 'node:w-1']);
    expect(finding?.title).toBe('None of the 2 workers takes pods (cordoned)');
    expect(finding?.firstSeen).toBe(parseTime('2026-02-09T14:52:00Z'));
    expect(finding?.evidence).toHaveLength(2);
  });

  it('is surer where platform pods wait', () => {
    const text = MASTER + node('w-0', 'worker', cordoned('2026-02-09T14:41:00Z'));
    const [quiet] = run(text).findings;
    const [waiting] = run(text + pending('openshift-ingress')).findings;
    expect(waiting?.confidence).toBeGreaterThan(quiet?.confidence ?? 1);
    expect(waiting?.evidence.at(-1)?.text).toContain('PodScheduled=False Unschedulable');
  });

  it('adds up different barriers', () => {
    const text =
      MASTER +
      node('w-0', 'worker', cordoned('2026-02-09T14:41:00Z')) +
      node('w-1', 'worker', '{}', '"Unknown"') +
      node('w-2', 'worker', tainted('storage', 'NoExecute')) +
      pending('openshift-monitoring');
    expect(run(text).findings[0]?.captures?.['reasons']).toBe(
      'w-0 is cordoned since 2026-02-09T14:41:00Z, w-1 is not ready since 2026-02-09T10:00:00Z, w-2 is tainted storage',
    );
  });

  it.each([
    ['one worker is free', MASTER + node('w-0', 'worker', cordoned('2026-02-09T14:41:00Z')) + node('w-1', 'worker')],
    ['a node of another role is free', MASTER + node('w-0', 'worker', '{unschedulable: true}') + node('i-0', 'infra')],
    ['masters take pods', node('m-0', 'master') + node('w-0', 'worker', cordoned('2026-02-09T14:41:00Z'))],
    ['there is no worker', MASTER],
    ['all are only not ready', MASTER + node('w-0', 'worker', tainted('node.kubernetes.io/unreachable'), '"Unknown"')],
    ['taints only prefer', MASTER + node('w-0', 'worker', tainted('storage', 'PreferNoSchedule'))],
    ['all are reserved and nothing waits', MASTER + node('w-0', 'worker', tainted('storage'))],
    [
      'only a pod of a user waits for reserved nodes',
      MASTER + node('w-0', 'worker', tainted('storage')) + pending('shop'),
    ],
    ['the only worker is just being updated', MASTER + node('w-0', 'worker', cordoned('2026-02-09T16:41:00Z'))],
  ])('is silent where %s', (_name, text) => {
    expect(run(text).findings).toEqual([]);
  });

  it('cannot tell without nodes', () => {
    expect(run('').noData).toHaveLength(1);
  });
});
