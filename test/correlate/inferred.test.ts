import { describe, expect, it } from 'vitest';
import { correlate } from '../../src/correlate/correlate.ts';
import { buildNames } from '../../src/correlate/names.ts';
import type { OutcomeRecord } from '../../src/model/detector.ts';
import type { Finding } from '../../src/model/finding.ts';
import { byId, factsWith, finding, knowledge, leads, outcomesOf } from '../support/findings.ts';

const known = byId(
  knowledge('disk-full', [leads('pod-evicted', 'node')], { role: 'cause' }),
  knowledge('pod-evicted', [leads('service-down', 'node')], { collect: ['events of the namespace'] }),
  knowledge('service-down'),
);
const facts = factsWith({});

function run(findings: readonly Finding[], outcomes: readonly OutcomeRecord[]) {
  return correlate({ findings, outcomes, knowledge: known, facts, names: buildNames(facts), gatheredAt: undefined });
}

const cause = finding('disk-full', ['node:m1'], { role: 'cause' });
const effect = finding('service-down', ['node:m1']);

describe('a link that was not gathered', () => {
  const report = run([cause, effect], outcomesOf(['disk-full', 'service-down'], [], ['pod-evicted']));

  it('is inferred between a cause and a symptom that nothing else explains', () => {
    expect(report.inferred).toMatchObject([
      {
        signature: 'pod-evicted',
        cause: cause.id,
        effect: effect.id,
        strength: 0.65,
        entities: [{ kind: 'node', name: 'm1' }],
        collectNext: ['events of the namespace'],
      },
    ]);
    expect(report.rootCauses.map(({ signature }) => signature)).toEqual(['disk-full']);
    expect(report.unexplained).toEqual([]);
    expect(report.rootCauses[0]!.because.join('\n')).toContain('must lead to "pod-evicted", which was not gathered');
    expect(report.rootCauses[0]!.collectNext).toContain('events of the namespace');
  });

  it('lowers confidence against one that was seen', () => {
    const link = finding('pod-evicted', ['node:m1']);
    const seen = run([cause, link, effect], outcomesOf(['disk-full', 'pod-evicted', 'service-down']));
    expect(seen.inferred).toBeUndefined();
    expect(report.rootCauses[0]!.confidence).toBeLessThan(seen.rootCauses[0]!.confidence - 0.1);
    expect(report.rootCauses[0]!.basis?.factor).toBe(0.8);
  });

  it('is none where it was looked for and is absent, nor to another host', () => {
    const absent = run([cause, effect], outcomesOf(['disk-full', 'service-down'], ['pod-evicted']));
    expect([absent.inferred, absent.edges]).toEqual([undefined, []]);
    const elsewhere = finding('service-down', ['node:m2']);
    const other = run([cause, elsewhere], outcomesOf(['disk-full', 'service-down'], [], ['pod-evicted']));
    expect([other.inferred, other.edges]).toEqual([undefined, []]);
  });
});
