import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, displayWidth, visible, wrap } from '../../src/report/text-safety.ts';

const HARMLESS = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]*$/u;

const anyText = fc.string({ unit: 'binary' });

describe('visible', () => {
  it('drops colours and shows every other control', () => {
    expect(visible('\u001b[1;31merror\u001b[0m')).toBe('error');
    expect(visible('\u001b[2J\u0000\u0007\u007f\u0085')).toBe('␛[2J␀␇␡<U+0085>');
  });

  it('shows what would reorder or hide text', () => {
    expect(visible('a\u202Eb\u2066c\u200Bd\uFEFFe\u00ADf\u{E0041}g')).toBe(
      'a<U+202E>b<U+2066>c<U+200B>d<U+FEFF>e<U+00AD>f<U+E0041>g',
    );
  });

  it('makes one line of several', () => {
    expect(visible('a\r\nb\nc\rd\te\u2028f\r\n')).toBe('a↵b↵c␍d e<U+2028>f');
  });

  it('replaces lone surrogates', () => {
    expect(visible('a\ud800b')).toBe('a\ufffdb');
  });

  it('leaves nothing that acts, and is stable', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visible(text);
        expect(shown).toMatch(HARMLESS);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['節点', 4],
    ['e\u0301', 1],
    ['🔥', 2],
    ['…─▶', 3],
    ['ｱ', 1],
    ['Ａ', 2],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('clip', () => {
  it('marks what it cut', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdefg', 6)).toBe('abcde…');
    expect(clip('節点節点', 6)).toBe('節点…');
  });

  it('cuts mountains of combining marks', () => {
    expect(clip(`a${'\u0301'.repeat(100_000)}`, 10).length).toBeLessThan(60);
  });
});

describe('wrap', () => {
  it('breaks at spaces, else at joints, else anywhere', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('namespaces/openshift-etcd/pods', 14)).toEqual(['namespaces/', 'openshift-', 'etcd/pods']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('cuts the last line that it may fill', () => {
    expect(wrap('one two three four', 8, 2)).toEqual(['one two', 'three f…']);
  });

  it('loses no letter, and fills no line too far', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const shown = visible(text);
        const lines = wrap(shown, width);
        expect(lines.join('').replace(/\s/g, '')).toBe(shown.replace(/\s/g, ''));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
