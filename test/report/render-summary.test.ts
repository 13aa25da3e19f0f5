import { describe, expect, it } from 'vitest';
import { renderSlack, renderSummary } from '../../src/report/render-summary.ts';
import { hostileReport } from '../support/full-report.ts';
import { reportFixture } from '../support/report-fixture.ts';

describe('the summary', () => {
  it('is ten lines at most, the verdict first, then causes, evidence, the first step and what is not known', () => {
    const lines = renderSummary(reportFixture()).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines[0]).toMatch(
      /^FAILED, needs a reinstall\. OpenShift 4\.18\.14, BareMetal, 2 nodes, gathered 2025-12-04/,
    );
    expect(lines[2]).toMatch(
      /^Cause 1 \(97 %\): API VIP 10\.46\.124\.13 lies outside every machine network; active since/,
    );
    const text = lines.join('\n');
    for (const part of [/^Evidence: /m, /^Do first: \[disruptive\] /m, /^Not known: 2 symptoms without a cause/m])
      expect(text).toMatch(part);
  });

  it('mentions nobody', () => {
    for (const text of [renderSummary(hostileReport()), renderSlack(hostileReport())]) {
      expect(text.split('\n').length).toBeLessThanOrEqual(11);
      expect(text).not.toMatch(/<[!@#]|@|`/);
    }
  });
});

describe('the message for Slack', () => {
  it('holds no link, mention or emphasis but the verdict', () => {
    const [verdict, ...rest] = renderSlack(hostileReport()).trimEnd().split('\n');
    expect(verdict).toMatch(/^\*[^*]+\*$/);
    for (const line of rest) expect(line).not.toMatch(/[<>*~`]|(?<!\w)_|_(?!\w)/);
    expect(rest.join('\n')).toContain('&lt;');
  });
});
