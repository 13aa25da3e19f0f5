import { describe, expect, it } from 'vitest';
import { Clocks } from '../../src/correlate/clocks.ts';
import { peerDifferences, wordDifferences } from '../../src/correlate/etcd-clocks.ts';
import { buildNames } from '../../src/correlate/names.ts';
import type { AllFacts } from '../../src/model/facts.ts';
import { MINUTE, SECOND } from '../../src/model/time.ts';
import { factsWith, finding } from '../support/findings.ts';

// 9881566793287649644 is 892260a4ca34c96c, and no double.
const body = JSON.parse('{"members":[{"ID":9257170228919600815,"name":"m0"},{"ID":9881566793287649644,"name":"m2"}]}');
const documents = new Map([['etcd-member-list', [{ body }]]]) as unknown as AllFacts['documents'];
const names = buildNames(factsWith({}));

const warning = (peer: string) => ({
  source: 'etcd.log',
  line: 1,
  repeats: 1,
  text: `{"msg":"prober found high clock drift","remote-peer-id":"${peer}","clock-drift":"10m0.5s"}`,
});

const differs = finding('etcd-clock-difference', ['pod:openshift-etcd/etcd-m0', 'node:m0'], {
  count: 9,
  captures: { drift: '10m0.5s', 'drift.min': '598 s', 'drift.p50': '600 s', 'drift.max': '601 s' },
  evidence: [warning('892260a4ca34c96c')],
});

describe('what etcd members measure of one another', () => {
  it('tells which host is ahead of which, by the member list', () => {
    const differences = peerDifferences([differs], documents, names);
    expect(wordDifferences(differences)).toEqual([
      {
        host: 'm0',
        against: 'm2',
        skewMs: 600_000,
        uncertaintyMs: 2000,
        samples: 9,
        because: ['etcd on m0 measured 10 min more on its clock than on that of m2'],
      },
    ]);
  });

  it('tells nothing of a peer that is unknown, or of several', () => {
    expect(peerDifferences([differs], new Map(), names)).toEqual([]);
    const several = { ...differs, evidence: [warning('892260a4ca34c96c'), warning('8077f3fb2d4dd3af')] };
    expect(peerDifferences([several], documents, names)).toEqual([]);
  });

  it('widens the order of what these two hosts wrote, and of no others', () => {
    const clocks = new Clocks({ differences: peerDifferences([differs], documents, names) });
    const [m0, m1, m2] = ['m0', 'm1', 'm2'].map((node) => finding('x', [`node:${node}`]));
    expect(clocks.tolerance(m2!, m0!)).toBe(602 * SECOND);
    expect(clocks.tolerance(m0!, m2!)).toBe(602 * SECOND);
    expect(clocks.tolerance(m0!, m1!)).toBe(2 * MINUTE);
  });
});
