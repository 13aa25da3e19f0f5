import { describe, expect, it } from 'vitest';
import { goDuration, Spread, shownSeconds } from '../../src/detect/spread.ts';

describe('goDuration', () => {
  it.each([
    ['415.1ms', 0.4151],
    ['2.514528s', 2.514528],
    ['1m2.5s', 62.5],
    ['1h0m0s', 3600],
    ['12.7µs', 0.0000127],
    ['12.7Âµs', 0.0000127],
  ])('%s', (text, seconds) => {
    expect(goDuration(text)).toBeCloseTo(seconds, 9);
  });

  it.each(['', '12', 'ms', '1.2.3s', 's12', '1 s', '9'.repeat(50)])('%j is none', (text) => {
    expect(goDuration(text)).toBeUndefined();
  });
});

describe('Spread', () => {
  it('knows quantiles to a tenth and its ends exactly', () => {
    const spread = new Spread();
    for (let i = 1; i <= 1000; i++) spread.add(i / 1000);
    expect(spread.quantile(0.5)).toBeGreaterThan(0.45);
    expect(spread.quantile(0.5)).toBeLessThan(0.55);
    expect(spread.quantile(0.99)).toBeGreaterThan(0.89);
    expect([spread.min, spread.max, spread.quantile(1)]).toEqual([0.001, 1, 1]);
  });

  it('is the same whichever way it is put together', () => {
    const [all, left, right] = [new Spread(), new Spread(), new Spread()];
    for (let i = 1; i <= 100; i++) {
      all.add(i);
      (i % 3 === 0 ? left : right).add(i);
    }
    left.merge(right);
    for (const q of [0, 0.25, 0.5, 0.9, 1]) expect(left.quantile(q)).toBe(all.quantile(q));
  });
});

it('shows two digits', () => {
  expect([0.0000127, 0.0042, 0.4151, 0.9996, 1.84, 62.5].map(shownSeconds)).toEqual([
    '13 us',
    '4.2 ms',
    '415 ms',
    '1 s',
    '1.8 s',
    '63 s',
  ]);
});
