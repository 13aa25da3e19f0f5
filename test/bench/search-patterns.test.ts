import { describe, expect, it } from 'vitest';
import { expressionsOf, translated } from '../../bench/search-patterns.ts';

describe('translated', () => {
  it.each([
    ['(?<error>[^\\n]{1,80}) was', '(?:.{1,80}) was'],
    ['by="[^"\\n]{1,60}"', 'by="[^"]{1,60}"'],
    ['\\.\\s{0,4}(?:\\n|$)', '\\.\\s{0,4}(?:$|$)'],
    ['(?<=operators? )\\w+(?= is degraded)', '(?:operators? )\\w+(?: is degraded)'],
    ['\\[?[0-9a-f:[]{2,45}\\]?', '\\[?[0-9a-f:\\[]{2,45}\\]?'],
    ['"objectRef":{"name"', '"objectRef":\\{"name"'],
    ['took \u2026 \\d{1,9}\\/s', 'took . \\d{1,9}/s'],
  ])('writes %s as %s', (pattern, expected) => {
    expect(translated(pattern)).toBe(expected);
  });

  it('leaves out what ripgrep cannot say', () => {
    expect(translated('failed(?! over)')).toBeUndefined();
    expect(translated('(?<!not )ready')).toBeUndefined();
  });
});

describe('expressionsOf', () => {
  it('takes the literals where there is no pattern', () => {
    expect(expressionsOf({ contains: ['a.b failed', 'c (d) failed'] })).toEqual(['a\\.b failed', 'c \\(d\\) failed']);
  });

  it('takes the literals where the pattern cannot be said', () => {
    expect(expressionsOf({ contains: 'a failed', pattern: 'a failed(?! over)' })).toEqual(['a failed']);
  });

  it('keeps the pattern alone, whatever its case', () => {
    expect(expressionsOf({ contains: 'a failed', pattern: 'a failed (?<what>\\S+)', ignoreCase: true })).toEqual([
      '(?i:a failed (?:\\S+))',
    ]);
  });
});
