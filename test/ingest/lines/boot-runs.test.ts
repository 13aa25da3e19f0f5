import { describe, expect, test } from 'vitest';
import { bootNotes } from '../../../src/ingest/clock/boot-notes.ts';
import { placeTimes } from '../../../src/ingest/clock/place-times.ts';
import type { SourceSummary } from '../../../src/model/ingest.ts';
import { formatTime, parseTime } from '../../../src/model/time.ts';
import { type ReadLog, readLog } from './read-log.ts';

const FIRST = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const SECOND = '1a1b2c3d4e5f60718293a4b5c6d7e8f9';

/** `[   12.000000] master-2 etcd[900]: text` */
function line(seconds: number, writer: string, text: string): string {
  return `[${seconds.toFixed(6).padStart(12)}] master-2 ${writer}: ${text}\n`;
}

const LINUX = line(0, 'kernel', 'Linux version 5.14.0-427.el9.x86_64');
const EARLY = [line(100, 'etcd[900]', 'a'), line(5000, 'etcd[900]', 'b')].join('');
const LATE = [line(20, 'etcd[700]', 'c'), line(300, 'etcd[700]', 'd')].join('');
const CLOCK_ONE = line(2, 'kernel', 'rtc_cmos 00:01: setting system clock to 2024-12-01T12:00:02 UTC (1733054402)');
const CLOCK_TWO = line(2, 'kernel', 'rtc_cmos 00:01: setting system clock to 2024-12-03T12:00:02 UTC (1733227202)');

function read(text: string, kind: 'journal' | 'console' | 'kernel' = 'journal'): ReadLog {
  return readLog(text, { source: { kind, host: 'master-2' }, chunks: [13, 700] });
}

/** `a 2024-12-01T12:01:40Z`, or `a -` where the time has no place. */
function times(log: ReadLog, others: readonly SourceSummary[] = []): string[] {
  const place = placeTimes([log.summary, ...others], undefined);
  return log.lines
    .filter(({ decoded }) => decoded.identifier === 'etcd')
    .map(({ decoded }) => {
      const at = place('a.log', 'master-2', decoded.at!);
      return `${decoded.message} ${at === undefined ? '-' : formatTime(at)}`;
    });
}

function notes(log: ReadLog): string[] {
  return bootNotes([log.summary], placeTimes([log.summary], undefined));
}

const BOTH = ['a 2024-12-01T12:01:40Z', 'b 2024-12-01T13:23:20Z', 'c 2024-12-03T12:00:20Z', 'd 2024-12-03T12:05:00Z'];
const LAST_ONLY = ['a -', 'b -', ...BOTH.slice(2)];
const FIRST_ONLY = [...BOTH.slice(0, 2), 'c -', 'd -'];

describe('a dump in times since boot that holds two boots', () => {
  const marked = (first: string, second: string): string =>
    `-- Boot ${FIRST} --\n${first}-- Boot ${SECOND} --\n${second}`;

  test.each([
    ['with markers and kernel lines', marked(LINUX + CLOCK_ONE + EARLY, LINUX + CLOCK_TWO + LATE)],
    ['with `-- Reboot --`', `${CLOCK_ONE}${EARLY}-- Reboot --\n${CLOCK_TWO}${LATE}`],
    ['with kernel lines only', LINUX + CLOCK_ONE + EARLY + LINUX + CLOCK_TWO + LATE],
    ['grepped', CLOCK_ONE + EARLY + CLOCK_TWO + LATE],
  ])('%s places each by its own clock', (_, text) => {
    const log = read(text);
    expect(times(log)).toEqual(BOTH);
    expect(notes(log)).toEqual([]);
  });

  test('leaves the earlier boot undated where only the last one states a time, and says so', () => {
    const log = read(marked(LINUX + EARLY, LINUX + CLOCK_TWO + LATE));
    expect(times(log)).toEqual(LAST_ONLY);
    expect(notes(log)).toEqual([
      '1 journal log (a.log) counts its times since boot, of 2 boots: nothing tells when 1 of them began, so those lines have no date.',
    ]);
  });

  test('leaves the last boot undated where only the earlier one states a time', () => {
    expect(times(read(marked(LINUX + CLOCK_ONE + EARLY, LINUX + LATE)))).toEqual(FIRST_ONLY);
  });

  test('finds boots in another log by their ids', () => {
    const log = read(marked(EARLY, LATE));
    const absolute = (text: string): { clock: 'absolute'; micros: number } => ({
      clock: 'absolute',
      micros: parseTime(text)!,
    });
    const boots = [
      { host: 'master-2', id: FIRST, at: absolute('2024-12-01T12:00:00Z'), line: 1 },
      { host: 'master-2', id: SECOND, at: absolute('2024-12-03T12:00:00Z'), line: 9 },
      { host: 'master-2', id: 'f'.repeat(32), at: absolute('2024-12-05T12:00:00Z'), line: 10 },
    ];
    const other: SourceSummary = {
      source: { path: 'b', kind: 'journal' },
      format: 'journal-export',
      lines: 9,
      hosts: [],
      boots,
    };
    expect(times(log, [other])).toEqual(BOTH);
  });

  test('takes the last boot that another log knows for its last one only', () => {
    const log = read(LINUX + EARLY + LINUX + LATE);
    const at = { clock: 'absolute', micros: parseTime('2024-12-03T12:00:00Z')! } as const;
    const other: SourceSummary = {
      source: { path: 'b', kind: 'journal' },
      format: 'journal-export',
      lines: 9,
      hosts: [],
      boots: [{ host: 'master-2.lab.example.com', at, line: 1 }],
    };
    expect(times(log, [other])).toEqual(LAST_ONLY);
  });

  test('is not put after what it shows itself by an older boot of another log', () => {
    const log = read(LINUX + CLOCK_TWO + EARLY + LINUX + LATE);
    const at = { clock: 'absolute', micros: parseTime('2024-11-03T12:00:00Z')! } as const;
    const boots = [{ host: 'master-2', at, line: 1 }];
    const other: SourceSummary = { source: { path: 'b', kind: 'journal' }, format: 'x', lines: 9, hosts: [], boots };
    expect(times(log, [other]).slice(2)).toEqual(['c -', 'd -']);
  });

  test('printed newest first is read the same', () => {
    const reversed = (text: string): string => `${text.trimEnd().split('\n').toReversed().join('\n')}\n`;
    const filler = Array.from({ length: 10 }, (_, index) => line(5 + index, 'sshd[1]', 'x')).join('');
    const log = read(
      `-- Boot ${SECOND} --\n${reversed(LINUX + CLOCK_TWO + filler + LATE)}-- Boot ${FIRST} --\n${reversed(LINUX + CLOCK_ONE + filler + EARLY)}`,
    );
    expect(times(log)).toEqual(BOTH.toReversed());
    expect(notes(log)).toEqual([]);
    expect(log.summary.last).toEqual({ clock: 'monotonic', micros: 300_000_000 });
  });

  test('goes by what services say of the time where the kernel says nothing', () => {
    const crio = (seconds: number, time: string): string =>
      line(seconds, 'crio[1877]', `time="${time}" level=info msg=x`);
    const one = crio(40, '2024-12-01 12:00:39.900000000Z') + crio(50, '2024-12-01 12:00:50.000000000Z');
    const manager = (seconds: number, epoch: string): string =>
      line(seconds, 'NetworkManager[1201]', `<info>  [${epoch}] device (ens1f0)`);
    const two = manager(10, '1733227209.9999') + manager(11, '1733227211.0000');
    expect(times(read(one + EARLY + two + LATE))).toEqual(BOTH);
    // One alone may quote anything.
    expect(times(read(one + EARLY + manager(11, '1600000000.0000') + LATE))).toEqual(FIRST_ONLY);
  });
});

test('a console keeps the boots of its host apart', () => {
  const bare = (text: string): string =>
    text.replaceAll(' master-2 kernel: ', ' ').replaceAll(' master-2 etcd', ' etcd');
  const log = read(bare(LINUX + CLOCK_ONE + EARLY + LINUX + CLOCK_TWO + LATE), 'console');
  const place = placeTimes([log.summary], undefined);
  const last = log.lines
    .filter(({ text }) => text.includes('etcd'))
    .map(({ decoded }) => place('a.log', 'master-2', decoded.at!));
  expect(last.map((at) => formatTime(at!))).toEqual(BOTH.map((one) => one.slice(2)));
});

test('lines that were put together out of order make no boot', () => {
  const log = read(line(5184494, 'kernel', 'x') + line(5184380, 'kernel', 'y'), 'console');
  expect(log.lines.map(({ decoded }) => decoded.at?.boot)).toEqual([undefined, undefined]);
});

test('processors that log at once make no boot', () => {
  const log = read(
    LINUX + CLOCK_TWO + line(40, 'etcd[1]', 'x') + line(39.2, 'kernel', 'y') + LATE.replace('300.', '301.'),
  );
  expect(log.lines.map(({ decoded }) => decoded.at?.boot)).toEqual(log.lines.map(() => undefined));
});
