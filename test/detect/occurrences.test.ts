import { describe, expect, it } from 'vitest';
import { earlierOccurrences } from '../../src/detect/occurrences.ts';
import type { Timed } from '../../src/detect/timed.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';

/** Hits of one log at these times. */
const hits = (times: readonly number[], stride = 1) => ({ series: {}, times, stride }) as unknown as Timed;

describe('earlier occurrences', () => {
  it('are what a long silence ended, the last one aside', () => {
    const bursts = [0, 5 * HOUR, 30 * HOUR].flatMap((start) => [0, 1, 2, 3].map((n) => start + n * MINUTE));
    expect(earlierOccurrences([hits(bursts)])).toEqual([
      { from: 0, to: 3 * MINUTE, count: 4 },
      { from: 5 * HOUR, to: 5 * HOUR + 3 * MINUTE, count: 4 },
    ]);
  });

  it('are none of what comes every few hours, nor of one burst, nor of a single hit', () => {
    expect(earlierOccurrences([hits([0, 3, 6, 9, 12].map((n) => n * HOUR))])).toEqual([]);
    expect(earlierOccurrences([hits([0, MINUTE, 50 * MINUTE])])).toEqual([]);
    expect(earlierOccurrences([hits([0])])).toEqual([]);
  });

  it('are put together from several logs, thinned hits counted in full', () => {
    expect(earlierOccurrences([hits([0, 2 * MINUTE], 4), hits([MINUTE, 9 * HOUR])])).toEqual([
      { from: 0, to: 2 * MINUTE, count: 9 },
    ]);
  });
});
