import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { type Signature, type SignatureCase, signatureSchema } from '../../src/model/signature.ts';
import { findingsOf } from '../../src/signature-cases.ts';

function signature(match: Signature['match'], more: object = {}): Signature {
  return signatureSchema.parse({
    id: 'test-fault',
    title: 'Test',
    component: 'test',
    severity: 'critical',
    role: 'cause',
    status: 'stable',
    match,
    summary: 'Test',
    why: 'Test.',
    tests: { hits: [{ name: 'x' }], clear: [{ name: 'x' }] },
    ...more,
  });
}

function run(tested: Signature, test: Omit<SignatureCase, 'name'>): readonly Finding[] {
  const { findings, problems } = findingsOf([tested], { name: 'test', ...test });
  expect(problems).toEqual([]);
  return findings;
}

const link = (state: string) => `{short} m0 kernel: eth0: link is ${state}`;
const journal = { source: 'journal', host: 'm0' } as const;
const down = { log: { contains: 'link is down' } } as const;
const up = { log: { contains: 'link is up now' } } as const;

describe('count', () => {
  const flapping = signature({ down }, { when: { type: 'count', gte: 10, within: '1m' } });

  it('counts within the window only', () => {
    expect(run(flapping, { log: { ...journal, lines: [link('down')], repeat: 10, every: '6s' } })).toHaveLength(1);
    expect(run(flapping, { log: { ...journal, lines: [link('down')], repeat: 10, every: '8s' } })).toEqual([]);
    expect(run(flapping, { log: { ...journal, lines: [link('down')], repeat: 9, every: '1s' } })).toEqual([]);
  });

  it('counts each host for itself, and all exactly', () => {
    const lines = [
      '{short} m0 kernel: link is down',
      '{short} m1 kernel: link is down',
      '{short} m1 kernel: link is down',
    ];
    const found = run(flapping, { log: { source: 'journal', lines, repeat: 20_000, every: '1s' } });
    expect(found.map((f) => [f.entities[0]!.name, f.count])).toEqual(
      expect.arrayContaining([
        ['m0', 20_000],
        ['m1', 40_000],
      ]),
    );
    expect(found.every((f) => f.evidence.length <= 8)).toBe(true);
  });
});

describe('evidence', () => {
  const lines = ['{short} m0 kernel: red', '{short} m0 kernel: green', '{short} m0 kernel: blue'];
  const sees = (...colours: string[]) =>
    signature(Object.fromEntries(colours.map((colour) => [colour, { log: { contains: `kernel: ${colour}` } }])));
  const shown = (tested: Signature, seen: readonly string[]) =>
    run(tested, { log: { ...journal, lines: [...seen], every: '1s' } }).map((f) =>
      f.evidence.map(({ text }) => text.slice(-5)),
    );

  it('shows the earliest first where nothing was seen more often, whatever the order of the matchers', () => {
    for (const colours of [
      ['blue', 'red', 'green'],
      ['red', 'green', 'blue'],
      ['green', 'blue', 'red'],
    ])
      expect(shown(sees(...colours), lines)).toEqual([[': red', 'green', ' blue']]);
  });

  it('shows first what was seen most often, though it began later', () => {
    const [first] = shown(sees('red', 'blue'), [lines[0]!, lines[2]!, lines[2]!]);
    expect(first).toEqual([' blue', ' blue', ': red']);
  });
});

describe('loop', () => {
  const loop = signature({ down }, { when: { type: 'loop', repeats: 20, spacing: '60s', lasting: '10m' } });

  it('needs repeats, rhythm and duration', () => {
    const found = run(loop, { log: { ...journal, lines: [link('down')], repeat: 30, every: '30s' } });
    expect(found).toHaveLength(1);
    expect(found[0]!.captures['spacing']).toBe('30 s');
    expect(run(loop, { log: { ...journal, lines: [link('down')], repeat: 30, every: '1s' } })).toEqual([]);
    expect(run(loop, { log: { ...journal, lines: [link('down')], repeat: 30, every: '5m' } })).toEqual([]);
    expect(run(loop, { log: { ...journal, lines: [link('down')], repeat: 19, every: '50s' } })).toEqual([]);
  });

  it('is told by repeats alone where lines have no time', () => {
    const lines = ['eth0: link is down'];
    expect(run(loop, { log: { source: 'console', host: 'm0', lines, repeat: 25 } })).toHaveLength(1);
    expect(run(loop, { log: { source: 'console', host: 'm0', lines, repeat: 15 } })).toEqual([]);
  });

  it('works on seconds since boot', () => {
    const found = run(loop, {
      log: { source: 'console', host: 'm0', lines: ['[ {seconds}] eth0: link is down'], repeat: 100, every: '10s' },
    });
    expect(found).toHaveLength(1);
    expect(found[0]!.firstSeen).toBeUndefined();
    const burst = {
      source: 'console' as const,
      host: 'm0',
      lines: ['[ {seconds}] eth0: link is down'],
      repeat: 100,
      every: '1s',
    };
    expect(run(loop, { log: burst })).toEqual([]);
  });
});

describe('sequence, all and absent', () => {
  it('sequence wants the order, and as many rounds as asked', () => {
    const flap = signature({ down, up }, { when: { type: 'sequence', steps: ['down', 'up'], within: '1m', times: 3 } });
    const round = [link('down'), link('up now')];
    expect(run(flap, { log: { ...journal, lines: round, repeat: 3, every: '2m' } })).toHaveLength(1);
    expect(run(flap, { log: { ...journal, lines: round, repeat: 2, every: '2m' } })).toEqual([]);
    expect(
      run(flap, {
        log: [
          { ...journal, lines: [link('up now')] },
          { ...journal, lines: [link('down')], start: '2026-01-15T11:00:00Z' },
        ],
      }),
    ).toEqual([]);
  });

  it('all wants every part near the others', () => {
    const both = signature({ down, up }, { when: { type: 'all', of: ['down', 'up'], within: '5m' } });
    const at = (start: string, state: string) => ({
      ...journal,
      lines: [link(state)],
      start: `2026-01-15T${start}:00Z`,
    });
    expect(run(both, { log: [at('10:00', 'down'), at('10:04', 'up now')] })).toHaveLength(1);
    expect(run(both, { log: [at('10:00', 'down'), at('10:30', 'up now')] })).toEqual([]);
    expect(run(both, { log: at('10:00', 'down') })).toEqual([]);
  });

  it('absent is quiet when the answer came, and the answer counts only afterwards', () => {
    const gone = signature({ down, up }, { when: { type: 'absent', of: 'down', without: 'up' } });
    const at = (start: string, state: string) => ({
      ...journal,
      lines: [link(state)],
      start: `2026-01-15T${start}:00Z`,
    });
    expect(run(gone, { log: at('10:00', 'down') })).toHaveLength(1);
    expect(run(gone, { log: [at('10:00', 'down'), at('10:05', 'up now')] })).toEqual([]);
    expect(run(gone, { log: [at('10:00', 'up now'), at('10:05', 'down')] })).toHaveLength(1);
  });
});

describe('distinct', () => {
  it('counts different values, not lines', () => {
    const many = signature(
      { refused: { log: { contains: 'refused by', pattern: 'refused by (?<peer>\\S+)' } } },
      { when: { type: 'distinct', capture: 'peer', gte: 3 }, entities: ['node'] },
    );
    const line = (peer: string) => `{short} m0 app: refused by ${peer}`;
    expect(run(many, { log: { ...journal, lines: ['a', 'b', 'c'].map(line) } })).toHaveLength(1);
    expect(run(many, { log: { ...journal, lines: ['a', 'b', 'a', 'b'].map(line) } })).toEqual([]);
  });
});

describe('resources', () => {
  const operator = (status: string, since: string) => `apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata: { name: network }
status:
  conditions:
  - lastTransitionTime: "${since}"
    message: 'VIP ''10.0.0.9'' cannot be found in any machine network'
    reason: SyncInfrastructureSpecAndStatus
    status: "${status}"
    type: Degraded
`;
  const condition = { type: 'Degraded', status: 'True', reason: 'Sync*', pattern: "VIP '(?<vip>[^']+)'" } as const;
  const degraded = signature(
    { condition: { resource: { kind: 'ClusterOperator', condition } } },
    { when: { type: 'persistent', for: '1h' } },
  );

  it('match conditions by status, reason and message, with their age and line', () => {
    const found = run(degraded, {
      resources: operator('True', '2026-01-15T08:00:00Z'),
      gatheredAt: '2026-01-15T10:00:00Z',
    });
    expect(found).toHaveLength(1);
    expect(found[0]!.entities).toEqual([
      { kind: 'operator', name: 'network' },
      { kind: 'vip', name: '10.0.0.9' },
    ]);
    expect(found[0]!.evidence[0]).toMatchObject({ line: 6, pointer: '/status/conditions/0' });
  });

  it('are no fault when healthy or young', () => {
    const at = { gatheredAt: '2026-01-15T10:00:00Z' };
    expect(run(degraded, { resources: operator('False', '2026-01-15T08:00:00Z'), ...at })).toEqual([]);
    expect(run(degraded, { resources: operator('True', '2026-01-15T09:30:00Z'), ...at })).toEqual([]);
  });
});

describe('what is over', () => {
  const fault = signature({ down, up }, { when: { type: 'any' }, resolved: 'up' });

  it('is recovered and no longer critical when the log goes on without it', () => {
    const quiet = { ...journal, lines: ['{short} m0 kernel: all quiet'], start: '2026-01-15T12:00:00Z' };
    const [found] = run(fault, { log: { ...journal, lines: [link('down')] }, gatheredAt: '2026-01-15T10:01:00Z' });
    expect(found).toMatchObject({ status: 'active', severity: 'critical' });
    const later = run(fault, {
      log: { ...journal, lines: [link('down'), quiet.lines[0]!.replace('{short}', 'Jan 15 12:00:00.000000')] },
    });
    expect(later[0]).toMatchObject({ status: 'recovered', severity: 'warning' });
  });

  it('is recovered when something says so', () => {
    const found = run(fault, { log: { ...journal, lines: [link('down'), link('up now')] } });
    expect(found[0]).toMatchObject({ status: 'recovered' });
  });
});

describe('phases', () => {
  const version = (completed: string) => `apiVersion: config.openshift.io/v1
kind: ClusterVersion
metadata: { name: version, creationTimestamp: "2026-01-15T09:00:00Z" }
status:
  history:
  - { state: ${completed === 'null' ? 'Partial' : 'Completed'}, version: 4.18.14, startedTime: "2026-01-15T09:00:00Z", completionTime: ${completed} }
`;
  const noisy = signature({ down }, { transient: ['install'] });

  it('installation noise does not count once the installation is complete', () => {
    const log = { ...journal, lines: [link('down')], repeat: 5 };
    expect(run(noisy, { log, resources: version('"2026-01-15T10:30:00Z"') })).toEqual([]);
    expect(run(noisy, { log, resources: version('"2026-01-15T09:30:00Z"') })).toHaveLength(1);
  });

  it('counts what goes on in an installation that never ends', () => {
    const log = { ...journal, lines: [link('down')] };
    expect(run(noisy, { log: { ...log, repeat: 5, every: '1m' }, resources: version('null') })).toEqual([]);
    expect(run(noisy, { log: { ...log, repeat: 50, every: '1m' }, resources: version('null') })).toHaveLength(1);
  });
});
