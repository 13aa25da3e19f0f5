import { expect, it } from 'vitest';
import { inRange } from '../../src/detect/applies.ts';

it.each([
  ['4.18.14', '>=4.14 <4.19', true],
  ['4.19.0', '>=4.14 <4.19', false],
  ['4.9.3', '>=4.10', false],
  ['4.18.14', '4.18', true],
  ['4.18.14', '<=4.18', true],
  ['4.8.0-0.nightly-2021-08-02', '>=4.8 <4.9', true],
  ['5.0.1', '>4.20', true],
])('%s in "%s": %s', (version, range, expected) => {
  expect(inRange(version, range)).toBe(expected);
});
