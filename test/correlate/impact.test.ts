import { describe, expect, it } from 'vitest';
import { affected } from '../../src/correlate/affected.ts';
import type { Root } from '../../src/correlate/explain.ts';
import { impactOf } from '../../src/correlate/impact.ts';
import type { AllFacts } from '../../src/model/facts.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Fields } from '../../src/model/resource.ts';
import { parseTime } from '../../src/model/time.ts';
import { byId, factsWith, finding, knowledge } from '../support/findings.ts';

const condition = (type: string, status: string, since: string, message = '') => ({
  type,
  status,
  reason: 'Why',
  message,
  lastTransitionTime: since,
});

function object(kind: string, name: string, conditions: readonly Fields[]) {
  const body = { metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z' }, status: { conditions } };
  const lineOf = (pointer: string): number => 10 + Number(pointer.split('/').at(-1));
  return { group: '', kind, name, body, path: `${name}.yaml`, pointer: '', lineOf };
}

const installed = { from: parseTime('2026-01-01T00:00:00Z')!, to: parseTime('2026-01-01T01:00:00Z')! };

function facts(given: Partial<AllFacts>): AllFacts {
  return factsWith({ phases: { install: installed, upgrades: [] }, ...given });
}

const root = (cause: Finding, ...effects: Finding[]): Root => ({
  finding: cause,
  explains: new Map(effects.map((effect) => [effect, 0.9])),
  standsIn: false,
  inferred: false,
  rivals: [],
  siblings: [],
  idlePeers: [],
  score: 1,
});

const at = (text: string) => parseTime(text)!;

describe('what was affected', () => {
  it('is what operators, nodes and pools say of themselves, with since when and where', () => {
    const entries = affected(
      facts({
        ClusterOperator: [
          object('ClusterOperator', 'network', [
            condition('Available', 'True', '2026-01-01T00:20:00Z'),
            condition('Degraded', 'True', '2026-01-05T10:00:00Z', 'no route'),
          ]),
        ],
        Node: [object('Node', 'w0', [condition('Ready', 'Unknown', '2026-01-05T09:00:00Z')])],
        MachineConfigPool: [
          object('MachineConfigPool', 'worker', [condition('Degraded', 'False', '2026-01-01T00:20:00Z')]),
        ],
      }),
      [],
      new Map(),
    );
    expect(entries).toEqual([
      { kind: 'node-not-ready', name: 'w0', source: 'w0.yaml', line: 10, from: '2026-01-05T09:00:00Z', text: 'Why' },
      {
        kind: 'operator-degraded',
        name: 'network',
        source: 'network.yaml',
        line: 11,
        from: '2026-01-05T10:00:00Z',
        text: 'Why: no route',
      },
    ]);
  });

  it('is no operator that does not know whether it is degraded', () => {
    const unknown = ['Available', 'Degraded'].map((type) => condition(type, 'Unknown', '2026-01-05T10:00:00Z'));
    const entries = affected(
      facts({
        ClusterOperator: [object('ClusterOperator', 'monitoring', unknown)],
        MachineConfigPool: [object('MachineConfigPool', 'worker', unknown)],
      }),
      [],
      new Map(),
    );
    expect(entries.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['operator-unavailable monitoring']);
  });

  it('is also what became well again in the middle of normal life, not what settled at installation or update', () => {
    const node = (name: string, since: string) => object('Node', name, [condition('Ready', 'True', since)]);
    const upgrade = { from: at('2026-01-03T00:00:00Z'), to: at('2026-01-03T02:00:00Z') };
    const entries = affected(
      facts({
        phases: { install: installed, upgrades: [upgrade] },
        Node: [
          node('m0', '2026-01-01T00:30:00Z'),
          node('m1', '2026-01-03T01:30:00Z'),
          node('m2', '2026-01-05T12:00:00Z'),
        ],
      }),
      [],
      new Map(),
    );
    expect(entries.map(({ name, from, until }) => [name, from, until])).toEqual([
      ['m2', undefined, '2026-01-05T12:00:00Z'],
    ]);
  });

  it('holds errors of the API, over where they are over', () => {
    const known = byId(knowledge('api-timeouts', [], { component: 'kube-apiserver' }), knowledge('other'));
    const entries = affected(
      facts({}),
      [
        finding('api-timeouts', ['cluster:cluster'], {
          severity: 'warning',
          status: 'recovered',
          from: '2026-01-05T10:00:00Z',
          to: '2026-01-05T11:00:00Z',
        }),
        finding('other', ['cluster:cluster'], { from: '2026-01-05T10:00:00Z' }),
      ],
      known,
    );
    expect(entries).toMatchObject([
      { kind: 'api-errors', from: '2026-01-05T10:00:00Z', until: '2026-01-05T11:00:00Z', source: 'x.log', line: 1 },
    ]);
  });
});

describe('impact', () => {
  const degraded = affected(
    facts({
      ClusterOperator: [
        object('ClusterOperator', 'etcd', [condition('Degraded', 'True', '2026-01-05T12:00:00Z')]),
        object('ClusterOperator', 'network', [condition('Degraded', 'True', '2026-01-05T10:00:00Z')]),
      ],
    }),
    [],
    new Map(),
  );

  it('begins with the earliest sign of a cause and what it led to, before anybody reported it', () => {
    const cause = finding('disk-slow', ['node:m0'], { role: 'cause', from: '2026-01-05T08:00:00Z', openStart: true });
    const effect = finding('leader-lost', ['cluster:cluster'], { from: '2026-01-05T08:30:00Z' });
    expect(impactOf([root(cause, effect)], degraded, at('2026-01-06T09:00:00Z'))).toEqual({
      began: '2026-01-05T08:00:00Z',
      beganWith: 'disk-slow/node:m0',
      mayBeEarlier: true,
      firstReported: {
        at: '2026-01-05T10:00:00Z',
        text: 'operator network degraded',
        source: 'network.yaml',
        line: 10,
      },
      visibleForMs: 23 * 3600_000,
      visibleSign: 'operator network degraded for 23 h',
      affected: degraded,
    });
  });

  it('of a fault that holds since installation begins with its first effect', () => {
    const cause = finding('vip-outside', ['vip:10.0.0.1'], {
      role: 'cause',
      timeless: true,
      from: '2026-01-01T00:00:00Z',
    });
    const effect = finding('operator-degraded', ['operator:network'], { from: '2026-01-05T10:00:00Z' });
    expect(impactOf([root(cause, effect)], [], undefined)).toEqual({
      began: '2026-01-05T10:00:00Z',
      beganWith: 'operator-degraded/operator:network',
      affected: [],
    });
  });

  it('does not tell of recoveries long before it', () => {
    const well = (name: string, until: string) => ({ kind: 'operator-degraded' as const, name, until });
    const entries = [
      well('dns', '2024-01-05T10:00:00Z'),
      well('etcd', '2026-01-05T12:00:00Z'),
      { ...well('api', '2024-01-05T10:00:00Z'), from: '2024-01-05T09:00:00Z' },
    ];
    const cause = finding('disk-slow', ['node:m0'], { role: 'cause', from: '2026-01-05T08:00:00Z' });
    const told = (gatheredAt?: number) =>
      impactOf([root(cause)], entries, gatheredAt)!.affected.map(({ name }) => name);
    expect(told(at('2026-01-06T09:00:00Z'))).toEqual(['etcd', 'api']);
    expect(told(at('2026-02-06T09:00:00Z'))).toEqual(['api']);
    expect(told()).toEqual(['dns', 'etcd', 'api']);
  });

  it('is absent where nothing is wrong', () => {
    expect(impactOf([], [], at('2026-01-06T09:00:00Z'))).toBeUndefined();
  });
});
