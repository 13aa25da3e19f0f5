import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catastrophe } from '../../../src/detect/lint/regex-cost.ts';

describe('catastrophe', () => {
  it.each([
    '(a+)+b',
    '(?:a*)*b',
    String.raw`(?:[^"\\]+|\\.)*"`,
    String.raw`(?:\w+\s?)+:`,
    String.raw`(?:x|\w)*!`,
    String.raw`(?:(?:\d+)?)*z`,
    String.raw`(?<pod>[\w.-]+)+ failed`,
    '.*.*=',
    String.raw`\s*\s+$`,
    'pod .* on .* failed',
    '(?:a .*)?b.*c',
    String.raw`\d*[0-9a-f]*x`,
    '(?:[a-z]{0,40}){0,40}#',
  ])('finds %s', (source) => {
    expect(catastrophe(source)).toBeDefined();
  });

  it.each([
    'slow fdatasync',
    String.raw`(?:\d+\.)+\d+`,
    '(?:[a-z0-9-]{2,60}, ){0,40}end',
    '"(?<name>[^"]*)","(?<value>[^"]*)"',
    String.raw`\\?"took\\?":\\?"(?<took>[\d.]+)s`,
    String.raw`(?:[^"\\]|\\.)*"`,
    String.raw`[^\n]{0,60}Link (?:is )?(?<state>[Dd]own|[Uu]p)\b`,
    'error: .*',
    String.raw`(?<nic>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])[^\n]{0,60}stuck`,
    String.raw`\w+\s+\w+:`,
    String.raw`(?<=a+)b{2,}[\x41-\u0043\]]+`,
  ])('accepts %s', (source) => {
    expect(catastrophe(source)).toBeUndefined();
  });

  it('knows that the letters of both cases are one where case is ignored', () => {
    expect(catastrophe('(?:a|A)*b')).toBeUndefined();
    expect(catastrophe('(?:a|A)*b', true)).toBeDefined();
  });

  it('takes whatever JavaScript takes', () => {
    const pieces = [
      '(',
      ')',
      '[',
      ']',
      '^',
      '-',
      '\\',
      '{1,3}',
      '{',
      '*',
      '+?',
      '|',
      '?:',
      '?<n>',
      '?=',
      '.',
      'a',
      'b',
      '\\d',
      '\\k<n>',
      '$',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const source = parts.join('');
        try {
          new RegExp(source);
        } catch {
          return;
        }
        expect(() => catastrophe(source)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});
