import { describe, expect, it } from 'vitest';
import { correlate } from '../../src/correlate/correlate.ts';
import { buildNames } from '../../src/correlate/names.ts';
import type { Knowledge } from '../../src/model/detector.ts';
import type { Finding } from '../../src/model/finding.ts';
import { byId, factsWith, finding, knowledge, outcomesOf } from '../support/findings.ts';

const node = (name: string) => ({ group: '', kind: 'Node', name, body: {}, path: 'n', pointer: '', lineOf: () => 1 });
const facts = factsWith({ Node: ['m1', 'm2'].map(node) });

function run(findings: readonly Finding[], ...known: readonly Knowledge[]) {
  const all = byId(...known);
  const outcomes = outcomesOf([...all.keys()]);
  return correlate({ findings, outcomes, knowledge: all, facts, names: buildNames(facts), gatheredAt: undefined });
}

const REINSTALL = { role: 'cause', timeless: true, recovery: 'reinstall' } as const;

describe('the summary of the verdict', () => {
  const broken = (fix: string) =>
    run(
      [finding('vip-outside', ['vip:192.0.2.9'], { ...REINSTALL, title: 'VIP 192.0.2.9 lies outside' })],
      knowledge('vip-outside', [], { role: 'cause', fix: [{ text: fix, risk: 'disruptive' }] }),
    ).verdict.summary;

  it('advises a reinstallation only with the check that could spare it', () => {
    expect(broken('If the subnet holds it, append it.')).toBe(
      'VIP 192.0.2.9 lies outside. Reinstall, but check first: if the subnet holds it, append it.',
    );
  });

  it('stays within three lines when that check is long', () => {
    expect(broken(`If ${'the subnet '.repeat(20)}holds it`)).toBe(
      'VIP 192.0.2.9 lies outside. Reinstall, unless its first remedy spares it.',
    );
  });

  it('counts the other causes, and names what a title leaves open', () => {
    const { verdict } = run(
      [
        finding('disk', ['node:m1', 'disk:m1/sda'], { role: 'cause', severity: 'critical', recovery: 'hardware' }),
        finding('clock', ['node:m2'], { role: 'cause', recovery: 'in-place' }),
      ],
      knowledge('disk', [], { role: 'cause' }),
      knowledge('clock', [], { role: 'cause' }),
    );
    expect(verdict.summary).toBe('disk (node m1); 1 more cause. Hardware has to be mended first.');
  });
});

describe('an etcd member without a majority', () => {
  const alone = finding('etcd-no-majority', ['pod:openshift-etcd/etcd-m1'], { severity: 'critical' });

  it('is a failed cluster where no other master was gathered that could still serve', () => {
    const judge = (nodes: readonly string[]) => {
      const body = { metadata: { labels: { 'node-role.kubernetes.io/master': '' } } };
      const gathered = factsWith({ Node: nodes.map((name) => ({ ...node(name), body })) });
      const known = byId(knowledge('etcd-no-majority'));
      const outcomes = outcomesOf([...known.keys()]);
      const names = buildNames(gathered);
      return correlate({ findings: [alone], outcomes, knowledge: known, facts: gathered, names, gatheredAt: undefined })
        .verdict.status;
    };
    expect(judge([])).toBe('failed');
    expect(judge(['m1', 'm2', 'm3'])).toBe('degraded');
  });
});

describe('a symptom without a cause', () => {
  it('stands in where it is critical, beside causes that were found, and says that its cause is unknown', () => {
    const { rootCauses, verdict } = run(
      [
        finding('disk', ['node:m1'], { role: 'cause', recovery: 'in-place' }),
        finding('pod-gone', ['node:m2'], { severity: 'critical' }),
        finding('route-slow', ['node:m2']),
      ],
      knowledge('disk', [], { role: 'cause' }),
      knowledge('pod-gone', [], { fix: [{ text: 'bring it back' }], collect: ['journal of {node}'] }),
      knowledge('route-slow'),
    );
    expect(rootCauses.map(({ title }) => title)).toEqual(['disk', 'pod-gone: cause unknown']);
    expect(rootCauses[1]!.confidence).toBeLessThanOrEqual(0.5);
    expect(rootCauses[1]!.collectNext).toEqual(['journal of m2']);
    expect(verdict.recovery).toBe('in-place');
  });

  it('does not tell what it takes to mend its cause', () => {
    const { verdict } = run(
      [finding('pod-gone', ['node:m2'], { severity: 'critical' })],
      knowledge('pod-gone', [], { fix: [{ text: 'bring it back' }] }),
    );
    expect(verdict.recovery).toBe('unknown');
  });
});

describe('the same fault on other hosts', () => {
  const known = [
    knowledge('loop', [{ effect: 'hangs', join: ['node'], strength: 'strong', because: 'it waits' }], {
      role: 'cause',
    }),
    knowledge('hangs'),
  ];
  const confidence = (peer: 'active' | 'recovered') =>
    run(
      [
        finding('loop', ['node:m1'], { role: 'cause' }),
        finding('hangs', ['node:m1']),
        finding('loop', ['node:m2'], { role: 'cause', status: peer }),
      ],
      ...known,
    ).rootCauses[0]!.confidence;

  it('speaks against the cause while it goes on there without consequences, not where it was mended', () => {
    expect(confidence('active')).toBeLessThan(0.6);
    expect(confidence('recovered')).toBeGreaterThan(0.8);
  });

  it('is a cause on all of them where nothing follows from it on any', () => {
    const both = ['m1', 'm2'].map((name) => finding('loop', [`node:${name}`], { role: 'cause' }));
    expect(run(both, ...known).rootCauses.map((cause) => cause.signature)).toEqual(['loop', 'loop']);
  });
});
