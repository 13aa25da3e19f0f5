import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/model/report.ts';
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
