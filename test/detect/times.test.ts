import { describe, expect, it } from 'vitest';
import { TimeSeries } from '../../src/detect/times.ts';

describe('TimeSeries', () => {
  it('keeps count, first and last exactly, whatever it thins out', () => {
    const series = new TimeSeries();
    for (let i = 0; i < 1_000_000; i++) series.add(5000 + i);
    expect(series.count).toBe(1_000_000);
    expect(series.first).toBe(5000);
    expect(series.last).toBe(1_004_999);
    expect(series.kept.length).toBeLessThan(4096);
  });

  it('keeps evenly spaced times that each stand for as many hits', () => {
    const series = new TimeSeries();
    for (let i = 0; i < 100_000; i++) series.add(i * 10);
    const gaps = new Set(series.kept.slice(1).map((at, index) => at - series.kept[index]!));
    expect([...gaps]).toEqual([series.stride * 10]);
    expect(Math.abs(series.kept.length * series.stride - 100_000)).toBeLessThan(series.stride);
  });
});
