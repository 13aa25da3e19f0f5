import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import { FORMATS, render } from '../../src/report/render.ts';
import { fullReport, hostileReport } from '../support/full-report.ts';

const seed = readFileSync('sample-gathers/vip-outside-machine-network/expected.json', 'utf8');

describe.each(FORMATS)('%s', (format) => {
  it('gives the same bytes for the same JSON, and leaves the report alone', () => {
    for (const json of [seed, JSON.stringify(fullReport())]) {
      const report = parseReport(json);
      const text = render(report, format, { width: 100, color: true });
      expect(JSON.stringify(report)).toBe(JSON.stringify(parseReport(json)));
      expect(render(parseReport(json), format, { width: 100, color: true })).toBe(text);
    }
  });

  it.skipIf(format === 'json')('lets no control, escape or bidirectional character of the cluster through', () => {
    const text = render(hostileReport(), format);
    expect(text.replaceAll('\n', '').match(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu)).toBeNull();
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('the reports of the tests', () => {
  it('are reports', () => {
    for (const report of [fullReport(), hostileReport()]) {
      expect(reportSchema.safeParse(report).error?.issues).toBeUndefined();
    }
  });

  it('show in every format what they hold besides causes and findings', () => {
    for (const format of ['terminal', 'markdown', 'html', 'postmortem'] as const) {
      const text = render(fullReport(), format, { width: 200 });
      for (const words of [
        /operator network degraded/,
        /2025-12-02 19:00:05Z or earlier, 30 h before the gather/,
        /13 min behind the cluster/,
        /The keepalived of master-1 lost the VIP/,
        /over since 2025-12-04 02:00:00Z/,
        /2025-11-01 08:00:00Z to 09:30:00Z, 12 times/,
      ]) {
        expect([format, words.test(text) ? '' : words]).toEqual([format, '']);
      }
    }
    for (const format of ['terminal', 'markdown', 'html'] as const) {
      expect(render(fullReport(), format, { width: 200 })).toMatch(/2 an hour before, 310 after/);
    }
  });
});

describe('the first screen of the page', () => {
  const report = fullReport();
  const rival = {
    signature: 'dhcp-no-lease',
    title: 'No DHCP server answers',
    confidence: 0.1,
    decidedBy: 'a capture',
  };
  const causes = report.rootCauses.map((cause) => ({ ...cause, explains: [], alternatives: [rival] }));
  const answer = (some: typeof causes) =>
    render({ ...report, rootCauses: some }, 'html')
      .split('id="answer"')[1]!
      .split('</section>')[0]!;

  it('names a rival once, with the causes that it could be instead of', () => {
    const [first, second] = causes;
    expect(answer([first!, { ...second!, alternatives: [{ ...rival, confidence: 0.2 }] }])).toContain(
      'Instead of causes 1 and 2 it could be: No DHCP server answers (at most 20 %)',
    );
    expect(answer([first!])).toContain('Instead it could be: No DHCP server answers (10 %)');
  });

  it('does not say of a cause that it explains nothing', () => {
    expect(answer(causes)).not.toMatch(/explains \d/);
  });
});

describe('the timeline of a postmortem', () => {
  it('tells once what a finding and a condition say of the same thing at the same time', () => {
    const [at, lane] = ['2026-01-05T10:00:00Z', 'operator etcd'];
    const condition = { at, lane, kind: 'condition', severity: 'error' as const, text: 'Degraded=True Reason' };
    const told = { at, lane, kind: 'symptom', severity: 'error' as const, text: 'etcd is degraded', finding: 'f-co' };
    const shown = (...timeline: Report['timeline']) => render({ ...fullReport(), timeline }, 'postmortem');
    expect(shown(condition, told)).not.toContain('Degraded=True Reason');
    expect(shown({ ...condition, at: '2026-01-05T10:00:01Z' }, told)).toContain('Degraded=True Reason');
    expect(shown(condition)).toContain('Degraded=True Reason');
  });
});
