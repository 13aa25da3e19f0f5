import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { errorRate } from '../../src/report/error-rate.ts';
import { renderTerminal } from '../../src/report/render-terminal.ts';
import { reportFixture } from '../support/report-fixture.ts';

/** Ten hours, with the given evidence of one finding. */
function report(
  severity: Report['findings'][number]['severity'],
  ...evidence: [at: string, until: string, repeats: number][]
): Report {
  const base = reportFixture();
  return {
    ...base,
    window: { from: '2025-12-02T00:00:00Z', to: '2025-12-02T10:00:00Z' },
    findings: [
      {
        ...base.findings[0]!,
        severity,
        evidence: evidence.map(([at, until, repeats]) => ({
          source: 'a.log',
          text: 'x',
          repeats,
          at: `2025-12-02T${at}Z`,
          until: `2025-12-02T${until}Z`,
        })),
      },
    ],
  };
}

describe('errorRate', () => {
  it('spreads matches over their time', () => {
    const rate = errorRate(report('error', ['02:00:00', '05:59:59', 8], ['09:30:00', '09:30:00', 3]), 10);
    expect(rate?.counts).toEqual([0, 0, 2, 2, 2, 2, 0, 0, 0, 3]);
  });

  it('keeps to the time that the evidence covers, whose end belongs to it', () => {
    expect(errorRate(report('critical', ['10:00:00', '10:00:00', 5]), 5)?.counts).toEqual([0, 0, 0, 0, 5]);
    expect(errorRate(report('critical', ['11:00:00', '12:00:00', 5]), 5)).toBeUndefined();
  });

  it('counts no warnings, and nothing without a time', () => {
    expect(errorRate(report('warning', ['02:00:00', '03:00:00', 8]), 10)).toBeUndefined();
    expect(errorRate({ ...report('error'), window: {} }, 10)).toBeUndefined();
  });

  it('is drawn as bars between two times', () => {
    const text = renderTerminal(report('error', ['00:00:00', '00:00:00', 1], ['09:59:59', '09:59:59', 1000]), {
      width: 80,
      color: false,
    });
    const [, bars, times, peak] = /Errors over time ─+\n(.*)\n(.*)\n(.*)\n/.exec(text)!;
    expect(bars).toBe(`▁${' '.repeat(78)}█`);
    expect(times).toBe(`2025-12-02 00:00${' '.repeat(48)}2025-12-02 10:00`);
    expect(peak).toBe('1 000 matches in 8 min at most, by a logarithmic scale');
  });
});
