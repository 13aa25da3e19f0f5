import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime } from '../../src/model/time.ts';

describe('parseTime', () => {
  it('reads whole seconds', () => {
    expect(parseTime('1970-01-01T00:00:01Z')).toBe(1_000_000);
    expect(parseTime('2024-12-03T21:55:35Z')).toBe(1_733_262_935_000_000);
    expect(parseTime('2024-02-30T00:00:00Z')).toBeUndefined();
  });

  it('reads whole seconds as it reads any fraction of them', () => {
    const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
    const fields = fc.tuple(fc.integer({ min: 0, max: 9999 }), two(14), two(33), two(26), two(63), two(63));
    fc.assert(
      fc.property(fields, ([year, month, day, hour, minute, second]) => {
        const whole = `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
        expect(parseTime(`${whole}Z`)).toBe(parseTime(`${whole}.0Z`));
      }),
      { numRuns: 2000 },
    );
    for (const text of ['2024-12-03T21:5x:35Z', '2024-12-0 T21:55:35Z', '2024-12-03 21:55:35Z', ' 024-12-03T21:55:35Z'])
      expect(parseTime(text)).toBe(parseTime(text.replace('Z', '.0Z')));
  });
});
