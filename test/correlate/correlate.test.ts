import { describe, expect, it } from 'vitest';
import { correlate } from '../../src/correlate/correlate.ts';
import { buildNames } from '../../src/correlate/names.ts';
import type { Knowledge, OutcomeRecord } from '../../src/model/detector.ts';
import type { Finding } from '../../src/model/finding.ts';
import { byId, factsWith, finding, knowledge, outcomesOf } from '../support/findings.ts';

const node = (name: string) => ({ group: '', kind: 'Node', name, body: {}, path: 'n', pointer: '', lineOf: () => 1 });
const facts = factsWith({ Node: ['m0', 'm1', 'm2'].map(node) });

function run(findings: readonly Finding[], known: ReadonlyMap<string, Knowledge>, outcomes?: readonly OutcomeRecord[]) {
  return correlate({
    findings,
    outcomes: outcomes ?? outcomesOf([...known.keys()]),
    knowledge: known,
    facts,
    names: buildNames(facts),
    gatheredAt: undefined,
  });
}

const strong = (effect: string, join: ('node' | 'cluster' | 'pod' | 'host')[], within?: string) => ({
  effect,
  join,
  strength: 'strong' as const,
  because: `leads to ${effect}`,
  ...(within !== undefined && { within }),
});

describe('edges', () => {
  const known = byId(
    knowledge('kubelet-without-certificate', [strong('pod-missing', ['node'], '10m')]),
    knowledge('pod-missing'),
  );

  it('join what happens on the same node, in order and in time', () => {
    const { edges } = run(
      [
        finding('kubelet-without-certificate', ['node:m1'], { role: 'cause', from: '2026-01-01T10:00:00Z' }),
        finding('pod-missing', ['node:m1'], { from: '2026-01-01T10:04:00Z' }),
        finding('pod-missing', ['node:m2'], { from: '2026-01-01T10:04:00Z' }),
      ],
      known,
    );
    expect(edges.map((edge) => [edge.cause, edge.effect, edge.lagMs])).toEqual([
      ['kubelet-without-certificate/node:m1', 'pod-missing/node:m1', 240_000],
    ]);
    expect(edges[0]!.because).toEqual(['leads to pod-missing', 'same node m1', 'begins 4 min later']);
  });

  it('are not drawn from a later cause, nor to an effect beyond the bound', () => {
    const cause = (from: string) => finding('kubelet-without-certificate', ['node:m1'], { role: 'cause', from });
    const effect = finding('pod-missing', ['node:m1'], { from: '2026-01-01T10:00:00Z' });
    expect(run([cause('2026-01-01T10:30:00Z'), effect], known).edges).toEqual([]);
    expect(run([cause('2026-01-01T09:00:00Z'), effect], known).edges).toEqual([]);
  });

  it('are drawn from a timeless fault to anything later', () => {
    const cause = finding('kubelet-without-certificate', ['node:m1'], { timeless: true, from: '2026-01-05T00:00:00Z' });
    const effect = finding('pod-missing', ['node:m1'], { from: '2026-01-01T10:00:00Z' });
    expect(run([cause, effect], known).edges).toHaveLength(1);
  });

  it('follow a pod to its node by name where no Pod object says it', () => {
    const names = byId(knowledge('a', [strong('b', ['node'])]), knowledge('b'));
    const withNode = factsWith({ Node: [node('m1.example.com')] });
    const { edges } = correlate({
      findings: [
        finding('a', ['node:m1.example.com'], { role: 'cause' }),
        finding('b', ['pod:openshift-etcd/etcd-m1']),
      ],
      outcomes: [],
      knowledge: names,
      facts: withNode,
      names: buildNames(withNode),
      gatheredAt: undefined,
    });
    expect(edges.map((edge) => edge.because)).toEqual([
      ['leads to b', 'same node m1.example.com', 'pod openshift-etcd/etcd-m1 runs on node m1.example.com'],
    ]);
  });
});

describe('root causes', () => {
  it('are the ends of chains; links in between and symptoms are not', () => {
    const known = byId(
      knowledge('a', [strong('b', ['node'])]),
      knowledge('b', [strong('c', ['node'])]),
      knowledge('c'),
    );
    const { rootCauses, unexplained } = run(
      [
        finding('a', ['node:m1'], { role: 'cause' }),
        finding('b', ['node:m1'], { role: 'cause' }),
        finding('c', ['node:m1'], { severity: 'critical' }),
      ],
      known,
    );
    expect(rootCauses.map((root) => root.signature)).toEqual(['a']);
    expect(rootCauses[0]!.explains).toEqual(['b/node:m1', 'c/node:m1']);
    expect(unexplained).toEqual([]);
  });

  it('stand side by side when they are independent, installation faults first', () => {
    const known = byId(
      knowledge('vip-outside', [strong('operator-degraded', ['cluster'])]),
      knowledge('certificate-lost', [strong('x', ['node']), strong('y', ['node']), strong('z', ['node'])]),
      ...['operator-degraded', 'x', 'y', 'z'].map((id) => knowledge(id)),
    );
    const { rootCauses } = run(
      [
        finding('vip-outside', ['vip:10.0.0.1'], { role: 'cause', timeless: true, recovery: 'reinstall' }),
        finding('operator-degraded', ['operator:network']),
        finding('certificate-lost', ['node:m1'], { role: 'cause', severity: 'critical' }),
        ...['x', 'y', 'z'].map((id) => finding(id, ['node:m1'], { severity: 'critical' })),
      ],
      known,
    );
    expect(rootCauses.map((root) => root.signature)).toEqual(['vip-outside', 'certificate-lost']);
    expect(rootCauses[0]!.because.join('\n')).toContain('independent of the other causes');
    expect(rootCauses[0]!.because.join('\n')).toMatch(/not shown to account for .*certificate-lost/);
  });

  it('do not come from what is over and led to nothing', () => {
    const known = byId(knowledge('disk-slow', [strong('leader-lost', ['cluster'])]), knowledge('leader-lost'));
    const over = { status: 'recovered', severity: 'warning' } as const;
    const { rootCauses, verdict } = run(
      [
        finding('disk-slow', ['node:m1'], { role: 'cause', ...over }),
        finding('leader-lost', ['cluster:cluster'], over),
      ],
      known,
    );
    expect(rootCauses).toEqual([]);
    expect(verdict.status).toBe('inconclusive');
  });

  it('count a loop that idles on its peers as noise there, and as less sure where it matters', () => {
    const known = byId(knowledge('nic-loop', [strong('inspection-stuck', ['host'])]), knowledge('inspection-stuck'));
    const loop = (node: string) => finding('nic-loop', [`node:${node}`], { role: 'cause' });
    const stuck = finding('inspection-stuck', ['baremetalhost:openshift-machine-api/m2'], { severity: 'critical' });
    const alone = run([loop('m2'), stuck], known).rootCauses;
    const everywhere = run([loop('m0'), loop('m1'), loop('m2'), stuck], known).rootCauses;
    expect(alone.map((root) => root.entities[0]!.name)).toEqual(['m2']);
    expect(everywhere.map((root) => root.entities[0]!.name)).toEqual(['m2']);
    expect(everywhere[0]!.confidence).toBeLessThan(alone[0]!.confidence * 0.7);
    const stranger = run([loop('elsewhere'), loop('m2'), stuck], known).rootCauses;
    expect(stranger.map((root) => root.confidence)).toContain(alone[0]!.confidence);
  });

  it('let an unexplained symptom stand in for the cause that was not seen, and say what to collect', () => {
    const known = byId(
      knowledge('nic-loop', [strong('inspection-stuck', ['host'])], {
        role: 'cause',
        collect: ['the console of the host'],
      }),
      knowledge('inspection-stuck', [strong('master-missing', ['cluster'])]),
      knowledge('master-missing'),
    );
    const { rootCauses, unexplained } = run(
      [
        finding('inspection-stuck', ['baremetalhost:openshift-machine-api/m2'], { severity: 'critical' }),
        finding('master-missing', ['cluster:cluster'], { severity: 'critical' }),
      ],
      known,
      outcomesOf(['inspection-stuck', 'master-missing'], [], ['nic-loop']),
    );
    expect(rootCauses.map((root) => root.signature)).toEqual(['inspection-stuck']);
    expect(rootCauses[0]!.confidence).toBeLessThanOrEqual(0.5);
    expect(rootCauses[0]!.collectNext).toEqual(['the console of the host']);
    expect(rootCauses[0]!.alternatives.map((a) => [a.signature, a.decidedBy])).toEqual([
      ['nic-loop', 'the console of the host'],
    ]);
    expect(unexplained).toEqual(['inspection-stuck/baremetalhost:openshift-machine-api/m2']);
  });

  it('break feedback loops at the earliest finding', () => {
    const known = byId(
      knowledge('api-down', [strong('controllers-frozen', ['cluster'])]),
      knowledge('controllers-frozen', [strong('etcd-lost', ['cluster'])]),
      knowledge('etcd-lost', [strong('api-down', ['cluster'])]),
    );
    const at = (signature: string, minute: string) =>
      finding(signature, ['cluster:cluster'], {
        role: 'cause',
        from: `2026-01-01T10:${minute}:00Z`,
        to: '2026-01-01T12:00:00Z',
      });
    const { rootCauses } = run([at('api-down', '01'), at('controllers-frozen', '02'), at('etcd-lost', '00')], known);
    expect(rootCauses.map((root) => root.signature)).toEqual(['etcd-lost']);
  });

  it('lose confidence by effects that were looked for and are absent, not by those that nobody could see', () => {
    const known = byId(
      knowledge('cause', [strong('effect', ['node']), strong('other', ['node'])]),
      knowledge('effect'),
      knowledge('other'),
    );
    const findings = [
      finding('cause', ['node:m1'], { role: 'cause', confidence: 0.7 }),
      finding('effect', ['node:m1']),
    ];
    const unseen = run(findings, known, outcomesOf(['cause', 'effect'], [], ['other'])).rootCauses[0]!;
    const absent = run(findings, known, outcomesOf(['cause', 'effect'], ['other'])).rootCauses[0]!;
    expect(absent.confidence).toBeLessThan(unseen.confidence);
  });
});
