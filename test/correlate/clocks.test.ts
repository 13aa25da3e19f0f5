import { describe, expect, it } from 'vitest';
import { ClockSamples, type Skew } from '../../src/correlate/clock-samples.ts';
import { Clocks, wordSkews } from '../../src/correlate/clocks.ts';
import { correlate } from '../../src/correlate/correlate.ts';
import { buildNames } from '../../src/correlate/names.ts';
import type { Fields, Resource } from '../../src/model/resource.ts';
import { formatTime, parseTime, SECOND } from '../../src/model/time.ts';
import { byId, factsWith, finding, knowledge, outcomesOf } from '../support/findings.ts';

const names = buildNames(factsWith({}));
const START = parseTime('2026-01-05T10:00:00Z')!;

function resource(kind: string, body: Fields): Resource {
  return { group: '', kind, name: 'x', body, path: 'x.yaml', pointer: '', lineOf: () => 1 };
}

/** An event that the kubelet stamped when it happened, and the API server `seconds` earlier or later. */
function event(host: string, ahead: number, n: number, component = 'kubelet'): Resource {
  return resource('Event', {
    metadata: { creationTimestamp: formatTime(START + n * 60 * SECOND) },
    firstTimestamp: formatTime(START + (n * 60 + ahead) * SECOND),
    source: { component, host },
  });
}

function skewsOf(resources: readonly Resource[]): Skew[] {
  const samples = new ClockSamples();
  for (const one of resources) samples.add(one);
  return samples.skews(names);
}

describe('the clock of a host', () => {
  it('is ahead by as much as its events are older than they are stored, waiting aside', () => {
    const aheads = [100, 100, 99, 100, 100, 40, 100, 99];
    const events = aheads.map((ahead, n) => event('m1', ahead, n));
    const skews = skewsOf(events);
    expect(skews).toEqual([{ host: 'm1', skew: 100 * SECOND, uncertainty: SECOND, samples: 8 }]);
    expect(skewsOf(events.toReversed())).toEqual(skews);
    expect(wordSkews(skews)).toMatchObject([
      { host: 'm1', against: 'cluster', skewMs: 100_000, uncertaintyMs: 1000, samples: 8 },
    ]);
  });

  it('is the same in whatever order more differences come than are kept', () => {
    const events = Array.from({ length: 12_000 }, (_, n) => event('m1', (n * 7919) % 12_000, n % 50));
    const [skew] = skewsOf(events);
    expect(skew).toMatchObject({ samples: 12_000 });
    expect(skew!.skew / SECOND).toBeCloseTo(9_000, -2);
    expect(skewsOf(events.toReversed())).toEqual([skew]);
  });

  it('is measured by leases that say when the API server stored them', () => {
    const lease = (n: number) =>
      resource('Lease', {
        metadata: {
          namespace: 'kube-node-lease',
          managedFields: [{ manager: 'kubelet', time: formatTime(START + n * 10 * SECOND) }],
        },
        spec: { holderIdentity: 'm2', renewTime: formatTime(START + n * 10 * SECOND - 30 * SECOND) },
      });
    expect(skewsOf([lease(1), lease(2), lease(3)])).toMatchObject([{ host: 'm2', skew: -30 * SECOND }]);
  });

  it('is measured by states of nodes and pods that the kubelet wrote and the API server stored', () => {
    const stored = (seconds: number) => ({
      managedFields: [
        { manager: 'kubelet', time: formatTime(START) },
        { manager: 'kubelet', subresource: 'status', time: formatTime(START + seconds * SECOND) },
      ],
    });
    const at = (seconds: number) => formatTime(START + seconds * SECOND);
    const node = { metadata: stored(60), status: { conditions: [{ type: 'Ready', lastHeartbeatTime: at(100) }] } };
    const pod = (seconds: number) => ({
      metadata: stored(seconds),
      spec: { nodeName: 'm3' },
      status: {
        conditions: [
          { type: 'PodScheduled', lastTransitionTime: at(seconds + 300) },
          { type: 'Ready', lastTransitionTime: at(seconds + 40) },
          { type: 'Initialized', lastTransitionTime: at(seconds - 9) },
        ],
      },
    });
    const all = [{ ...resource('Node', node), name: 'm3' }, resource('Pod', pod(70)), resource('Pod', pod(90))];
    expect(skewsOf(all)).toMatchObject([{ host: 'm3', skew: 40 * SECOND, samples: 3 }]);
  });

  it('is measured by events of either form, and that of operators by theirs', () => {
    const samples = new ClockSamples();
    for (const n of [1, 2, 3]) {
      const deprecatedFirstTimestamp = formatTime(START + (n + 60) * SECOND);
      const deprecatedSource = { component: 'kubelet', host: 'm1' };
      const metadata = { creationTimestamp: formatTime(START + n * SECOND) };
      samples.add(resource('Event', { metadata, deprecatedFirstTimestamp, deprecatedSource }));
      samples.add(event('', 2 * n, n, 'openshift-cluster-etcd-operator-status'));
    }
    expect(samples.skews(names)).toMatchObject([{ host: 'm1', skew: 60 * SECOND }]);
    expect(samples.operatorSpread()).toBe(4 * SECOND);
    expect(new ClockSamples().operatorSpread()).toBeUndefined();
  });

  it('is not told by few events, nor by those of other components', () => {
    expect(skewsOf([event('m1', 100, 1), event('m1', 100, 2)])).toEqual([]);
    expect(skewsOf([1, 2, 3, 4].map((n) => event('m1', 100, n, 'default-scheduler')))).toEqual([]);
  });

  it('is not worth telling where it agrees', () => {
    const skews = skewsOf([1, 2, 3, 4, 5].map((n) => event('m1', n === 3 ? -20 : 0, n)));
    expect(skews).toHaveLength(1);
    expect(wordSkews(skews)).toEqual([]);
  });
});

describe('an effect cannot precede its cause', () => {
  const known = byId(
    knowledge('cause', [{ effect: 'effect', join: ['cluster'], strength: 'strong', because: 'it does' }]),
    knowledge('effect'),
  );
  const facts = factsWith({});
  const edges = (causeAt: string, effectAt: string, skews: readonly Skew[]) =>
    correlate({
      findings: [
        finding('cause', ['node:m1'], { role: 'cause', from: causeAt }),
        finding('effect', ['node:m2'], { from: effectAt }),
      ],
      outcomes: outcomesOf(['cause', 'effect']),
      knowledge: known,
      facts,
      names,
      gatheredAt: undefined,
      skews,
    }).edges;
  const skew = (host: string, seconds: number): Skew => ({
    host,
    skew: seconds * SECOND,
    uncertainty: SECOND,
    samples: 9,
  });

  it('by more than two minutes where nothing was measured', () => {
    expect(edges('2026-01-05T10:01:30Z', '2026-01-05T10:00:00Z', [])).toHaveLength(1);
    expect(edges('2026-01-05T10:03:00Z', '2026-01-05T10:00:00Z', [])).toEqual([]);
  });

  it('by more than was measured: a clock that is ahead is set back', () => {
    const [edge] = edges('2026-01-05T10:10:00Z', '2026-01-05T10:00:00Z', [skew('m1', 605), skew('m2', 0)]);
    expect(edge).toMatchObject({ lagMs: 5000, because: ['it does', 'acts across the cluster', 'begins 5 s later'] });
    expect(edges('2026-01-05T10:01:30Z', '2026-01-05T10:00:00Z', [skew('m1', 0), skew('m2', 0)])).toEqual([]);
  });

  it('whatever the clock of a host, by what the API says of it', () => {
    const clocks = new Clocks({ skews: [skew('m1', 605)] });
    const own = finding('a', ['node:m1'], { from: '2026-01-05T10:10:00Z' });
    const evidence = [{ source: 'n.yaml', pointer: '/status', text: 'x', repeats: 1 }];
    const said = finding('b', ['node:m1'], { from: '2026-01-05T10:00:00Z', evidence });
    expect(clocks.lag(own, said)).toBe(5 * SECOND);
  });

  it('by more than half a minute where one host wrote both', () => {
    const clocks = new Clocks({});
    const byHost = (writer: string) => finding('a', ['node:m1'], { writer });
    expect(clocks.tolerance(byHost('m1'), byHost('m1'))).toBe(30 * SECOND);
    expect(clocks.tolerance(byHost('m1'), byHost('m2'))).toBe(120 * SECOND);
  });
});

describe('operators of one control plane', () => {
  const operator = (name: string, ...texts: string[]) =>
    finding('operator', [`operator:${name}`], {
      evidence: texts.map((text) => ({ source: 'co.yaml', pointer: '/items/1/status/conditions/0', text, repeats: 1 })),
    });
  const degraded = 'GuardControllerDegraded: Missing operand on node m1';
  const members = 'EtcdMembersDegraded: 2 of 3 members are available';
  const unavailable = 'Available=False';

  it('are compared by the clocks of the control plane, that agree unless something else was measured', () => {
    const pair = [operator('etcd', degraded), operator('kube-apiserver', degraded)] as const;
    expect(new Clocks({}).tolerance(...pair)).toBe(60 * SECOND);
    expect(new Clocks({ operatorSpread: 2 * SECOND }).tolerance(...pair)).toBe(32 * SECOND);
    const differs = { host: 'm0', against: 'm1', ahead: 90 * SECOND, uncertainty: SECOND, samples: 3 };
    expect(new Clocks({ differences: [differs] }).tolerance(...pair)).toBe(121 * SECOND);
  });

  it('may have been in trouble before for another reason, where they name the other', () => {
    const named = operator('authentication', 'Available=False: ReadyIngressNodes_NoReadyIngressNodes');
    expect(new Clocks({}).tolerance(operator('ingress', unavailable), named)).toBe(120 * SECOND);
    expect(new Clocks({}).tolerance(operator('etcd', unavailable), named)).toBe(60 * SECOND);
  });

  it('say that they are degraded later than that they are unavailable', () => {
    const clocks = new Clocks({ operatorSpread: 2 * SECOND });
    const other = operator('authentication', unavailable);
    expect(clocks.tolerance(operator('etcd', degraded), other)).toBe(152 * SECOND);
    expect(clocks.tolerance(operator('etcd', members), other)).toBe(632 * SECOND);
    expect(clocks.tolerance(operator('etcd', degraded, unavailable), other)).toBe(32 * SECOND);
    expect(clocks.tolerance(other, operator('etcd', members))).toBe(32 * SECOND);
  });
});
