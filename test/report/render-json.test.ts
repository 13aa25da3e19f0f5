import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/model/report.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { reportFixture } from '../support/report-fixture.ts';

function shuffledKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffledKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffledKeys(item)]),
  );
}

describe('renderJson', () => {
  const text = renderJson(reportFixture());

  it('writes one object that the schema accepts and that holds all of the report', () => {
    expect(reportSchema.parse(JSON.parse(text))).toEqual(reportFixture());
    expect(text.startsWith('{\n  "schemaVersion": 1,\n  "tool": {\n    "name": "inquest",')).toBe(true);
    expect(text.endsWith('\n}\n')).toBe(true);
  });

  it('does not depend on the order in which keys were set', () => {
    expect(renderJson(shuffledKeys(reportFixture()) as ReturnType<typeof reportFixture>)).toBe(text);
  });

  it('keeps fields that this version does not know, after those it knows', () => {
    const later = { zebra: 1, ...reportFixture(), aardvark: { b: 1, a: 2 } };
    const again = renderJson(parseReport(JSON.stringify(later)));
    expect(again).toMatch(
      /"outcomes": \[[\s\S]*\],\n {2}"aardvark": \{\n {4}"a": 2,\n {4}"b": 1\n {2}\},\n {2}"zebra": 1\n\}\n$/,
    );
  });

  it('survives keys named like prototype members', () => {
    const report = reportFixture();
    report.findings[0]!.captures = JSON.parse('{"__proto__":"x","constructor":"y"}');
    expect(renderJson(report)).toContain('"__proto__": "x",\n        "constructor": "y"');
  });
});

describe('parseReport', () => {
  const text = renderJson(reportFixture());

  it('gives back what was written, byte for byte', () => {
    expect(renderJson(parseReport(text))).toBe(text);
    expect(renderJson(parseReport(`\uFEFF${text}`))).toBe(text);
  });

  it.each([
    ['', /^x\.json: not JSON: /],
    ['[]', /^x\.json: not an inquest report: the whole document: /],
    ['null', /^x\.json: not an inquest report: the whole document: /],
    ['{"schemaVersion":2}', /^x\.json: schemaVersion 2 is not one that this version of inquest reads \(1\)$/],
    [text.replace('"confidence": 0.83', '"confidence": 83'), /rootCauses\[1\]\.confidence: /],
    [text.replace('2025-12-05T08:00:00Z', 'yesterday'), /generatedAt: must be RFC 3339 in UTC$/],
  ])('says what is wrong with %.20s', (wrong, message) => {
    expect(() => parseReport(wrong, 'x.json')).toThrow(
      expect.objectContaining({ name: 'UserError', message: expect.stringMatching(message) }),
    );
  });
});
