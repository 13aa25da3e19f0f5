import { describe, expect, it } from 'vitest';
import { progressText, StageTimes } from '../../src/cli/progress.ts';

const GiB = 1024 ** 3;

describe('progressText', () => {
  it('estimates once there is enough to go by', () => {
    const progress = { bytes: GiB, total: 4 * GiB, files: 12_345 };
    expect(progressText('read', progress, 500)).toBe('read, 25 % of 4.0 GiB, 12 345 files');
    expect(progressText('read', progress, 30_000)).toBe('read, 25 % of 4.0 GiB, 12 345 files, 1 min 30 s left');
  });

  it('says how much it read where the size is unknown', () => {
    expect(progressText('read', { bytes: 3 * GiB, files: 1 }, 9000)).toBe('read, 3.0 GiB, 1 file');
  });

  it('cannot promise more than the end', () => {
    expect(progressText('detect', { bytes: 2 * GiB, total: GiB, files: 1 }, 9000)).toBe(
      'detect, 100 % of 1.0 GiB, 1 file',
    );
  });
});

describe('StageTimes', () => {
  it('sums up the time of each stage', () => {
    let now = 0;
    const times = new StageTimes(() => now);
    for (const [stage, at] of [
      ['read', 100],
      ['read', 600],
      ['detect', 1100],
      ['read', 1200],
      [undefined, 1500],
    ] as const) {
      now = at;
      times.enter(stage);
    }
    expect(times.lines()).toEqual(['start        0.100 s', 'read         1.300 s', 'detect       0.100 s']);
  });
});
