import { expect, it } from 'vitest';
import { GatherClock, parseGoTime } from '../../src/ingest/gather-time.ts';
import { formatTime } from '../../src/model/time.ts';

it('reads the times that Go prints', () => {
  const found = parseGoTime('2024-12-03 21:15:02.113355871 +0100 CET m=+1.2');
  expect(found && formatTime(found.at)).toBe('2024-12-03T20:15:02.113355Z');
  expect(found?.utc).toBe(false);
  expect(parseGoTime('2021-08-03 10:13:47 +0000 UTC m=+1.3')?.utc).toBe(true);
  expect(parseGoTime('2024-12-03')).toBeUndefined();
  expect(parseGoTime('')).toBeUndefined();
});

it('prefers the clock of the cluster to that of the client', () => {
  const clock = new GatherClock();
  clock.member('x', 1_733_300_000);
  clock.timestamp('timestamp', '2024-12-03 23:00:00 +0100 CET m=+1\n');
  expect(clock.time([])?.source).toBe('timestamp');
  clock.timestamp('img/timestamp', 'junk\n2024-12-03 20:14:00 +0000 UTC m=+1\n');
  expect(clock.time([])?.source).toBe('img/timestamp');
});

it('takes the header of a log before the newest member, and no time that cannot be', () => {
  const clock = new GatherClock();
  clock.member('zero', 0);
  clock.member('far', 99_999_999_999);
  expect(clock.time([])).toBeUndefined();
  clock.member('m', 1_733_300_000);
  expect(clock.time([])).toEqual({ at: 1_733_300_000_000_000, source: 'm', by: 'age' });
  const source = { path: 'kubelet.log', kind: 'journal' } as const;
  const summary = { source, format: 'journal-short', lines: 1, hosts: [], boots: [], header: { from: 1, to: 2_000 } };
  expect(clock.time([summary])).toEqual({ at: 2_000, source: 'kubelet.log', by: 'header' });
});
