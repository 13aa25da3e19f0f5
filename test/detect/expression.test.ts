import { describe, expect, it } from 'vitest';
import { Expressions, ExpressionTooSlow, matchedText } from '../../src/detect/expression.ts';

describe('an expression', () => {
  it('matches as the one of the language does', () => {
    const expression = new Expressions().of('lost leader (?<member>[0-9a-f]+)', 'i');
    expect(expression.exec('raft: LOST LEADER 8e9e05c52164694d')?.groups?.['member']).toBe('8e9e05c52164694d');
    expect(expression.test('lost')).toBe(false);
    expect(expression.exec(`${'x'.repeat(5000)} lost leader ab`)?.index).toBe(5001);
  });

  it('gives all matches with the flag g, empty ones too', () => {
    const all = new Expressions().of('\\b(?<node>master-\\d)', 'g').execAll('master-0, master-1; xmaster-2');
    expect(all.map((match) => match.groups?.['node'])).toEqual(['master-0', 'master-1']);
    expect(new Expressions().of('x*', 'g').execAll('axa')).toHaveLength(4);
  });

  it.each([
    ['that may never come back', '^(?:a+)+b$', 'a'.repeat(60)],
    ['that may never come back, on a long line', '(?:x|x)*y', 'x'.repeat(3000)],
  ])('%s is stopped, and stays stopped', (_, source, line) => {
    const expression = new Expressions(300).of(source);
    expect(() => expression.test(line)).toThrow(ExpressionTooSlow);
    const start = performance.now();
    expect(() => expression.test(line)).toThrow(source);
    expect(performance.now() - start).toBeLessThan(100);
  });

  it('shares a budget of time with the others, and each line counts', () => {
    const expressions = new Expressions(300);
    const stop = Array.from({ length: 9 }, (_, n) => `^(?:a+)+${n}$`);
    const start = performance.now();
    for (const source of stop) expect(() => expressions.of(source).test('a'.repeat(60))).toThrow(ExpressionTooSlow);
    // Eight spend their time; the last one gets a thirtieth of it.
    expect(performance.now() - start).toBeLessThan(8.7 * 300);
  });
});

it('sees a long message around its literal', () => {
  const text = `${'x'.repeat(50_000)}the literal${'y'.repeat(50_000)}`;
  expect(matchedText(text, ['the literal'])).toContain('the literal');
  expect(matchedText(text, ['the literal']).length).toBe(16 * 1024);
  expect(matchedText('short', ['absent'])).toBe('short');
});
