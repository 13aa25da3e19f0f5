import { describe, expect, it } from 'vitest';
import { correlate } from '../../src/correlate/correlate.ts';
import { buildNames } from '../../src/correlate/names.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Sights } from '../../src/model/sights.ts';
import { byId, factsWith, finding, knowledge, leads, outcomesOf } from '../support/findings.ts';

const known = byId(
  knowledge('link-flaps', [leads('peers-lost', 'node')], { role: 'cause' }),
  knowledge('peers-lost', [leads('leader-lost', 'cluster'), leads('kernel-complains', 'node')], {
    role: 'cause',
    secondary: true,
  }),
  knowledge('leader-lost'),
  knowledge('kernel-complains'),
);
const node = (name: string): Resource => ({ kind: 'Node', name, body: {} }) as unknown as Resource;
const facts = factsWith({ Node: [node('m1'), node('m2')] });
const peersLost = finding('peers-lost', ['node:m1'], { role: 'cause' });

function causeOf(
  sights: Sights | undefined,
  findings: readonly Finding[] = [finding('leader-lost', ['cluster:cluster'])],
) {
  const outcomes = outcomesOf(['peers-lost', 'leader-lost'], ['link-flaps', 'kernel-complains']);
  const all = [peersLost, ...findings];
  return correlate({
    findings: all,
    outcomes,
    knowledge: known,
    facts,
    names: buildNames(facts),
    gatheredAt: undefined,
    ...(sights && { sights }),
  }).rootCauses[0]!;
}

const ofHosts = (...nodes: string[]): Sights => ({
  hosts: new Map(['link-flaps', 'kernel-complains'].map((id) => [id, new Set(nodes)])),
  blind: new Map(),
});

describe('what nobody could see on the host at hand', () => {
  const looked = causeOf(ofHosts('m1', 'm2'));
  const blind = causeOf(ofHosts('m2'));

  it('is no absence: it does not speak against a cause', () => {
    expect([looked.basis?.absent, blind.basis?.absent]).toEqual([1, 0]);
  });

  it('makes a cause that always follows from something else less sure, and is what to collect', () => {
    expect([looked.basis?.factor, blind.basis?.factor]).toEqual([1, 0.9]);
    expect(looked.collectNext).toEqual([]);
    expect(blind.collectNext).toEqual(['the whole journal of m1']);
  });

  it('is also what a container would have said whose log was not gathered', () => {
    const without = (node: string): Sights => ({ hosts: new Map(), blind: new Map([['link-flaps', new Set([node])]]) });
    expect(causeOf(without('m1')).basis?.factor).toBe(0.9);
    expect(causeOf(without('m2')).basis?.factor).toBe(1);
  });
});

describe('whose place a finding is about', () => {
  const run = (findings: readonly Finding[]) =>
    correlate({ findings, outcomes: [], knowledge: known, facts, names: buildNames(facts), gatheredAt: undefined })
      .edges;

  it('is not that of the pod which told of another node', () => {
    const names = { ...buildNames(facts), nodeOfPod: () => 'm1' };
    const told = finding('peers-lost', ['node:m2', 'pod:openshift-etcd/watcher'], { role: 'cause' });
    const flaps = finding('link-flaps', ['node:m1'], { role: 'cause' });
    const { edges } = correlate({
      findings: [flaps, told],
      outcomes: [],
      knowledge: known,
      facts,
      names,
      gatheredAt: undefined,
    });
    expect(edges).toEqual([]);
  });

  it('is one for two findings of a pod, whichever it is', () => {
    const pod = 'pod:openshift-etcd/etcd-x7';
    expect(run([finding('link-flaps', [pod], { role: 'cause' }), finding('peers-lost', [pod])])).toHaveLength(1);
    expect(run([finding('link-flaps', [pod], { role: 'cause' }), finding('peers-lost', [`${pod}b`])])).toEqual([]);
  });
});
