import { describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.ts';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderTerminal } from '../../src/report/render-terminal.ts';
import { reportFixture } from '../support/report-fixture.ts';

const HOSTILE = 'attach failed \u001b[2J\u202e<script>alert(1)</script> `x`';

const EVIDENCE = { source: 'm0/journal.log', line: 42, text: HOSTILE, repeats: 1 };

const REPORT: Report = {
  ...reportFixture(),
  boots: [
    {
      host: 'm0',
      from: '2024-12-03T10:00:00Z',
      until: '2024-12-03T11:00:00Z',
      ending: 'panic',
      source: 'a',
      last: EVIDENCE,
    },
    { host: 'm0', from: '2024-12-03T11:05:00Z', until: '2024-12-03T12:00:00Z', source: 'a' },
    { host: 'quiet', from: '2024-12-01T11:05:00Z', until: '2024-12-03T12:00:00Z', source: 'b' },
  ],
  anomalies: [
    {
      source: 'm0/journal.log',
      template: HOSTILE,
      logs: 3,
      count: 120,
      share: 0.5,
      medianSpacingMs: 5000,
      jitter: 0.1,
      until: '2024-12-03T12:00:00Z',
      evidence: [EVIDENCE],
    },
  ],
};

describe('boots and anomalies', () => {
  it('fit the schema, and may be absent', () => {
    expect(reportSchema.parse(REPORT)).toEqual(REPORT);
    const { boots: _, anomalies: __, ...without } = REPORT;
    expect(reportSchema.parse(without)).toEqual(without);
    expect(renderTerminal(without, { width: 100, color: false })).not.toMatch(/── Boots|Repeating/);
  });

  it.each([
    ['terminal', (report: Report) => renderTerminal(report, { width: 200, color: false })],
    ['markdown', renderMarkdown],
    ['html', (report: Report) => renderHtml(report)],
  ] as const)('are shown in the %s report', (_form, render) => {
    const shown = render(REPORT);
    expect(shown).toContain('120 times, every 5 s, until 2024-12-03 12:00:00Z, 50 % of the last lines, in 3 logs');
    expect(shown).toContain('kernel panic');
    expect(shown).toContain('attach failed');
    // A host that booted once, and well, is not told.
    expect(shown).not.toContain('2024-12-01 11:05:00Z to');
    expect(shown).not.toMatch(/\u001b\[2J|\u202e/);
  });

  it('act in no browser', () => {
    expect(renderHtml(REPORT)).not.toContain('<script>alert');
  });
});
