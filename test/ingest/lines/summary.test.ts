import { describe, expect, test } from 'vitest';
import { quotedTime } from '../../../src/ingest/lines/summary/quoted-time.ts';
import { readLog, stampText } from './read-log.ts';

function hostsOf(log: ReturnType<typeof readLog>): string[] {
  return log.summary.hosts.map(({ host, first, last }) => `${host} ${stampText(first)} ${stampText(last)}`);
}

function bootsOf(log: ReturnType<typeof readLog>): string[] {
  return log.summary.boots.map(({ host, id, at, line }) => `${line} ${host ?? '-'} ${id ?? '-'} ${stampText(at)}`);
}

describe("the masters' merged log", () => {
  // Merged by text: at the change of the month the host that gets there first is drained whole.
  const merged = [
    'Nov 30 23:59:50.100200 master-1 systemd[1]: Stopped Kubernetes Kubelet.',
    '-- Boot 0a1b2c3d4e5f60718293a4b5c6d7e8f9 --',
    'Nov 30 23:59:55.410200 master-1 systemd[1]: Started Kubernetes Kubelet.',
    'Dec 03 19:59:58.300112 master-1 kubenswrapper[2390]: last of master-1',
    'Nov 30 23:59:58.100200 master-0 kubenswrapper[2451]: first of master-0',
    'Nov 30 23:59:59.900400 master-2 kubenswrapper[2511]: first of master-2',
    'Dec 03 20:00:04.000512 master-2 kubenswrapper[2511]: last of master-2',
    '                       indented of master-2',
    'Nov 30 23:59:59.950400 master-0 kubenswrapper[2451]: more of master-0',
    'Dec 03 20:00:02.700118 master-0 kubenswrapper[2451]: last of master-0',
    '',
  ].join('\n');

  test('has each host from its first to its last line', () => {
    const log = readLog(merged, { source: { kind: 'journal', merged: true } });
    expect(hostsOf(log)).toEqual([
      'master-1 yearless 11-30T23:59:50.1002Z yearless 12-03T19:59:58.300112Z',
      'master-0 yearless 11-30T23:59:58.1002Z yearless 12-03T20:00:02.700118Z',
      'master-2 yearless 11-30T23:59:59.9004Z yearless 12-03T20:00:04.000512Z',
    ]);
    expect(stampText(log.summary.first)).toBe('yearless 11-30T23:59:50.1002Z');
    expect(stampText(log.summary.last)).toBe('yearless 12-03T20:00:04.000512Z');
    expect(log.lines[7]!.decoded).toMatchObject({ host: 'master-2', message: 'indented of master-2' });
  });

  test('gives a boot to the host of the line before it', () => {
    const log = readLog(merged, { source: { kind: 'journal', merged: true } });
    expect(bootsOf(log)).toEqual(['2 master-1 0a1b2c3d4e5f60718293a4b5c6d7e8f9 yearless 11-30T23:59:55.4102Z']);
    const between = `Nov 30 23:59:50 master-1 a[1]: x\n-- Reboot --\nNov 30 23:59:51 master-0 a[1]: y\nNov 30 23:59:59 master-1 a[1]: z\n`;
    expect(bootsOf(readLog(between, { source: { merged: true } }))).toEqual(['2 master-1 - yearless 11-30T23:59:59Z']);
  });

  test('tells a host whose last line stands in the first of many regions', () => {
    const early = 'Dec 03 10:00:00.000001 master-9 kubenswrapper[1]: only this\n';
    const late = `Dec 03 20:00:00.000001 master-1 kubenswrapper[2390]: ${'x'.repeat(200)}\n`.repeat(5000);
    const log = readLog(late.slice(0, late.length / 4) + early + late.slice(late.length / 4));
    expect(log.regions.length).toBeGreaterThan(3);
    expect(hostsOf(log)).toEqual([
      'master-1 yearless 12-03T20:00:00.000001Z yearless 12-03T20:00:00.000001Z',
      'master-9 yearless 12-03T10:00:00.000001Z yearless 12-03T10:00:00.000001Z',
    ]);
  });

  test('goes from the old year to the new one', () => {
    const log = readLog('Dec 30 10:00:00 a x[1]: 1\nDec 31 10:00:00 b x[1]: 2\nJan 02 10:00:00 b x[1]: 3\n');
    expect([stampText(log.summary.first), stampText(log.summary.last)]).toEqual([
      'yearless 12-30T10:00:00Z',
      'yearless 01-02T10:00:00Z',
    ]);
  });
});

describe("journalctl's own lines", () => {
  test('give the interval of all headers together', () => {
    const log = readLog(
      [
        '-- Logs begin at Tue 2021-08-03 09:10:29 UTC, end at Tue 2021-08-03 10:13:48 UTC. --',
        '-- Journal begins at Tue 2021-08-03 09:12:00 UTC, ends at Tue 2021-08-03 10:14:01 UTC. --',
        'Aug 03 09:15:59 ip-10-0-195-177 NetworkManager[1]: x',
        '',
      ].join('\n'),
    );
    expect(log.summary.header).toEqual({
      from: Date.UTC(2021, 7, 3, 9, 10, 29) * 1000,
      to: Date.UTC(2021, 7, 3, 10, 14, 1) * 1000,
    });
  });

  test('may be all that there is', () => {
    const header = '-- Logs begin at Tue 2021-08-03 09:10:29 UTC, end at Tue 2021-08-03 10:13:48 UTC. --\n';
    const log = readLog(`${header}-- No entries --\n`, { source: { kind: 'journal' } });
    expect([log.summary.format, log.summary.header?.to, log.summary.hosts]).toEqual([
      'journal-short',
      Date.UTC(2021, 7, 3, 10, 13, 48) * 1000,
      [],
    ]);
  });

  test('and the first line of the kernel are one boot', () => {
    const log = readLog(
      [
        'Dec 03 12:00:57 master-2 systemd[1]: Stopping Kubernetes Kubelet...',
        '-- Boot 3f2a9d1000004000800000000000b1c2 --',
        'Dec 03 12:01:40 localhost kernel: Linux version 5.14.0-427.44.1.el9_4.x86_64',
        'Dec 03 12:01:41 localhost kernel: Command line: BOOT_IMAGE=x',
        'Dec 03 12:02:00 master-2 note[1]: Linux version 5 was installed',
        '',
      ].join('\n'),
    );
    expect(bootsOf(log)).toEqual(['3 master-2 3f2a9d1000004000800000000000b1c2 yearless 12-03T12:01:40Z']);
  });
});

describe('a kernel log', () => {
  test('tells its boot time by the clock that it quotes', () => {
    const log = readLog(
      [
        '[    0.000000] Linux version 5.14.0-427.44.1.el9_4.x86_64',
        '[    2.500000] rtc_cmos 00:01: setting system clock to 2024-12-03T12:01:09 UTC (1733227269)',
        '[   10.000000] audit: type=1400 audit(1733229999.123:1): later',
        '',
      ].join('\n'),
      { source: { kind: 'kernel', host: 'master-2' } },
    );
    expect(bootsOf(log)).toEqual(['1 master-2 - 2024-12-03T12:01:06.5Z']);
    expect(hostsOf(log)).toEqual(['master-2 monotonic 0 monotonic 10']);
  });

  test('that lost its first lines tells it by an audit line', () => {
    const log = readLog('[   10.000000] audit: type=2000 audit(1733227268.123:1): state=initialized\n');
    expect(bootsOf(log)).toEqual(['1 - - 2024-12-03T12:00:58.123Z']);
  });

  test('may show several boots', () => {
    const boot = '[    0.000000] Linux version 5.14.0\n[   41.600000] x\n'.concat('[   42.000000] y\n'.repeat(30));
    const log = readLog(boot + boot, { source: { kind: 'console' } });
    expect(log.summary.boots.map(({ line }) => line)).toEqual([1, 33]);
    expect(stampText(log.summary.last)).toBe('monotonic 42');
  });
});

describe('a journal printed newest first', () => {
  const lines = Array.from({ length: 60 }, (_, index) => {
    const second = String(index).padStart(2, '0');
    return `2024-12-03T20:00:${second}+0000 m kubenswrapper[2511]: ${'x'.repeat(200)}`;
  });

  test('has its host from the oldest to the newest line', () => {
    const log = readLog(`${lines.toReversed().join('\n')}\n`, { source: { kind: 'journal' } });
    expect(hostsOf(log)).toEqual(['m 2024-12-03T20:00:00Z 2024-12-03T20:00:59Z']);
  });

  test('is not one whose clock was set back once', () => {
    const log = readLog(`${[...lines.slice(30), ...lines.slice(0, 30)].join('\n')}\n`, { source: { kind: 'journal' } });
    expect(hostsOf(log)).toEqual(['m 2024-12-03T20:00:30Z 2024-12-03T20:00:29Z']);
  });
});

describe('boots of a journal printed newest first', () => {
  const ids = ['a', 'b', 'c'].map((byte) => byte.repeat(32));
  const ends = [
    ['systemd-shutdown[1]: Sending SIGTERM to remaining processes...'],
    ['kernel: Kernel panic - not syncing: Fatal exception', 'kernel: ---[ end Kernel panic - not syncing ]---'],
    ['kubelet[9]: last'],
  ];

  /** As `journalctl -r` prints three boots of which each ended in its own way. */
  function reversed(filler: number, time: (day: number, second: number) => string): string {
    const boots = ends.map((end, day) => {
      const said = ['kernel: Linux version 5.14.0', ...Array<string>(filler).fill('kubelet[9]: hello'), ...end];
      return said.map((text, second) => `${time(day + 1, second)} m ${text}`).toReversed();
    });
    const marked = boots.map((lines, index) => (index < 2 ? [`-- Boot ${ids[index]} --`, ...lines] : lines));
    return `${marked.toReversed().flat().join('\n')}\n`;
  }

  function endsOf(text: string): unknown[] {
    const { lines, summary } = readLog(text, { source: { kind: 'journal' } });
    return summary.boots.map(({ host, id, ending, last }) => {
      expect(lines[last!.line - 1]!.text).toBe(last!.text);
      return [host, id, ending, last!.text.replace(/^.* m /, '')];
    });
  }

  const expected = [
    ['m', ids[0], 'clean', 'systemd-shutdown[1]: Sending SIGTERM to remaining processes...'],
    ['m', ids[1], 'panic', 'kernel: ---[ end Kernel panic - not syncing ]---'],
    ['m', undefined, undefined, 'kubelet[9]: last'],
  ];

  const dated = (day: number, second: number): string =>
    `${new Date(Date.UTC(2024, 11, day, 12) + second * 1000).toISOString().slice(0, 19)}+0000`;

  test.each([4, 40, 20_000])('have the ends that stand before them in time, over %i lines', (filler) => {
    expect(endsOf(reversed(filler, dated))).toEqual(expected);
  });

  test('span from their oldest to their newest line', () => {
    const { summary } = readLog(reversed(40, dated), { source: { kind: 'journal' } });
    expect(summary.boots.map(({ at, last }) => `${stampText(at)} ${stampText(last?.at)}`)).toEqual([
      '2024-12-01T12:00:00Z 2024-12-01T12:00:41Z',
      '2024-12-02T12:00:00Z 2024-12-02T12:00:42Z',
      '2024-12-03T12:00:00Z 2024-12-03T12:00:41Z',
    ]);
  });

  test('have them where lines count from boot', () => {
    const text = reversed(400, (_, second) => `[${String(second).padStart(5)}.100000]`);
    expect(endsOf(text)).toEqual(expected);
  });
});

describe('full times that yearless lines quote', () => {
  const at = {
    clock: 'yearless',
    micros: Date.UTC(2000, 11, 3, 12, 1, 40) * 1000 - Date.UTC(2000, 0, 1) * 1000,
  } as const;

  test.each([
    ['time="2024-12-03 12:01:40.131886104Z" level=info msg="Starting CRI-O"', 2024],
    ['<info>  [1733227300.1187] device (eno2): carrier: link connected', 2024],
    ['{"level":"info","ts":"2023-12-03T12:01:39Z"}', 2023],
    ['2022-12-03 12:01:39.511 1 WARNING ironic_python_agent.agent [-] x', 2022],
  ])('tell the year: %s', (message, year) => {
    expect(quotedTime({ at, message })).toBe(Date.UTC(year, 11, 3, 12, 1, 40) * 1000);
  });

  test('are other times where they do not agree', () => {
    expect(quotedTime({ at, message: 'time="2024-06-01T12:01:40Z" level=info' })).toBeUndefined();
    expect(quotedTime({ at, message: 'I1203 12:01:40.123456 1 a.go:1] x' })).toBeUndefined();
  });

  test('stand in for the header that newer journals lack', () => {
    const log = readLog(
      'Dec 31 23:00:00 m crio[1877]: time="2024-12-31 23:00:00Z" level=info msg="x"\nJan 05 10:00:00 m x[1]: y\n',
    );
    expect(log.summary.header?.to).toBe(Date.UTC(2025, 0, 5, 10) * 1000);
  });
});
