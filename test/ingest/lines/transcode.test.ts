import { describe, expect, test } from 'vitest';
import { readLog } from './read-log.ts';

const BOOT = '3f2a9d1000004000800000000000b1c2';

function lengthOf(text: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(Buffer.byteLength(text)));
  return bytes.toString('latin1');
}

function shown(log: ReturnType<typeof readLog>): string[] {
  return log.lines.map(({ text, line }) => `${line} ${text}`);
}

describe('journalctl -o export', () => {
  const message = 'first line\nsecond line';
  const text = [
    '__CURSOR=s=0123;i=4a1f',
    '__REALTIME_TIMESTAMP=1733256000123789',
    '__MONOTONIC_TIMESTAMP=28740123789',
    `_BOOT_ID=${BOOT}`,
    '_HOSTNAME=master-2',
    '_COMM=other',
    'SYSLOG_IDENTIFIER=kubenswrapper',
    '_PID=2511',
    'MESSAGE=Get "https://x": a=b',
    '',
    '__REALTIME_TIMESTAMP=1733256003000001',
    'COREDUMP',
    `${lengthOf('\n\n=\n')}\n\n=\n`,
    'SYSLOG_IDENTIFIER=sh',
    'MESSAGE',
    `${lengthOf(message)}${message}`,
    '',
    '',
  ].join('\n');
  const log = readLog(Buffer.from(text, 'latin1'), { source: { kind: 'journal' } });

  test('becomes short-iso lines whose origins are the lines of the messages', () => {
    expect(shown(log)).toEqual([
      '9 2024-12-03T20:00:00.123789Z master-2 kubenswrapper[2511]: Get "https://x": a=b',
      '19 2024-12-03T20:00:03.000001Z master-2 sh: first line',
      '20 2024-12-03T20:00:03.000001Z master-2 sh: second line',
    ]);
    const lines = text.split('\n');
    expect([lines[8], lines[18]!.slice(8), lines[19]]).toEqual([
      'MESSAGE=Get "https://x": a=b',
      'first line',
      'second line',
    ]);
  });

  test('tells hosts, boots and times', () => {
    const start = { clock: 'absolute', micros: 1733256000123789 };
    const end = { clock: 'absolute', micros: 1733256003000001 };
    expect(log.summary).toMatchObject({
      format: 'journal-export',
      lines: 21,
      first: start,
      last: end,
      hosts: [{ host: 'master-2', first: start, last: end }],
      boots: [
        { host: 'master-2', id: BOOT, at: { clock: 'absolute', micros: 1733256000123789 - 28740123789 }, line: 9 },
      ],
    });
  });

  test('passes over a field larger than the buffer, in any chunks', () => {
    const core = 'c'.repeat(5_000_000);
    const big = `__REALTIME_TIMESTAMP=1733256003000001\nMESSAGE=a\nCOREDUMP\n${lengthOf(core)}${core}\n\n__REALTIME_TIMESTAMP=1733256004000001\nMESSAGE=b\n\n`;
    const read = readLog(Buffer.from(big, 'latin1'), { source: { kind: 'journal' }, chunks: [99_991] });
    expect(shown(read)).toEqual([
      '2 2024-12-03T20:00:03.000001Z localhost unknown: a',
      '7 2024-12-03T20:00:04.000001Z localhost unknown: b',
    ]);
    expect(read.notes).toEqual(['a.log: 1 journal entries could not be read']);
  });

  test('survives a length that no field can have', () => {
    const bad = `__REALTIME_TIMESTAMP=1733256003000001\nX\n\xff\xff\xff\xff\xff\xff\xff\xff\nMESSAGE=a\n\n`;
    const read = readLog(Buffer.from(bad, 'latin1'), { source: { kind: 'journal' } });
    expect(read.lines.map((line) => line.decoded.message)).toEqual(['a']);
    expect(read.notes.length).toBe(1);
  });

  test('reads the last entry though the empty line after it is missing', () => {
    const read = readLog('__REALTIME_TIMESTAMP=1733256003000001\nMESSAGE=torn', { source: { kind: 'journal' } });
    expect(read.lines[0]!.decoded.message).toBe('torn');
  });
});

const FIELDS = {
  __REALTIME_TIMESTAMP: '1733256000123789',
  _HOSTNAME: 'master-2',
  SYSLOG_IDENTIFIER: 'agent',
  _PID: '31',
};

function object(message: unknown, more: object = {}): string {
  return JSON.stringify({ ...FIELDS, MESSAGE: message, ...more });
}

const PREFIX = '2024-12-03T20:00:00.123789Z master-2 agent[31]: ';

describe('journalctl -o json', () => {
  test('unescapes text, joins nothing, and reads bytes, lists and null', () => {
    const log = readLog(
      [
        object('msg="q\\"" \u00e9\nmore'),
        object([27, 91, 98, 255]),
        object(['one', [116, 119, 111]]),
        object(null),
        object('x', { _PID: 'no number', SYSLOG_IDENTIFIER: 'a b: [c]' }),
        '{"__REALTIME_TIMESTAMP":"17332560',
        '',
      ].join('\n'),
      { source: { kind: 'journal' } },
    );
    expect(log.summary.format).toBe('journal-json');
    expect(shown(log)).toEqual([
      `1 ${PREFIX}msg="q\\"" \u00c3\u00a9`,
      `1 ${PREFIX}more`,
      `2 ${PREFIX}\x1b[b\xff`,
      `3 ${PREFIX}one`,
      `3 ${PREFIX}two`,
      '5 2024-12-03T20:00:00.123789Z master-2 a_b_c_: x',
    ]);
    expect(log.notes).toEqual([
      'a.log: 1 journal entries could not be read',
      'a.log: journalctl left out 1 long messages; `--all` keeps them',
    ]);
  });

  test('is harmless with keys and shapes of no journal', () => {
    const lines = [
      '{"__REALTIME_TIMESTAMP":{},"__proto__":{"MESSAGE":"x"},"MESSAGE":"y"}',
      '[]',
      'null',
      object({ a: 1 }),
    ];
    const log = readLog(lines.join('\n'), { source: { kind: 'journal' } });
    expect(log.lines.map(({ text }) => text)).toEqual(['localhost unknown: y']);
  });

  test.each([
    ['journal-json-sse', `data: ${object('a')}\n\ndata: ${object('b')}\n\n`, [1, 3]],
    ['journal-json-seq', `\x1e${object('a')}\n\x1e${object('b')}\n`, [1, 2]],
  ])('%s holds the same', (format, text, lines) => {
    const log = readLog(text, { source: { kind: 'journal' } });
    expect(log.summary.format).toBe(format);
    expect(shown(log)).toEqual([`${lines[0]} ${PREFIX}a`, `${lines[1]} ${PREFIX}b`]);
    expect(log.notes).toEqual([]);
  });

  test('pretty holds the same, with the line of the message', () => {
    const pretty = (message: string): string => JSON.stringify({ ...FIELDS, MESSAGE: message }, null, '\t');
    const log = readLog(`${pretty('a')}\n${pretty('b')}\n`, { source: { kind: 'journal' } });
    expect(log.summary.format).toBe('journal-json-pretty');
    expect(shown(log)).toEqual([`6 ${PREFIX}a`, `13 ${PREFIX}b`]);
  });
});

describe('journalctl -o verbose', () => {
  const head = `[s=0123456789abcdef;i=4a1f;b=${BOOT};m=6b1147d0d;t=6286361fb0a8d;x=fe]`;

  test('gives the message with its writer, whatever the fields around it', () => {
    const log = readLog(
      [
        `Tue 2024-12-03 20:00:00.123789 UTC ${head}`,
        '    PRIORITY=6',
        '    MESSAGE=first line',
        '            second line',
        '    _HOSTNAME=master-2',
        '    _CMDLINE=x',
        '        y',
        '    SYSLOG_IDENTIFIER=agent',
        '    _PID=31',
        `Tue 2024-12-03 20:00:01.004512 UTC ${head}`,
        '    _TRANSPORT=kernel',
        '    MESSAGE=NIC Link is Down',
        '',
      ].join('\n'),
      { source: { kind: 'journal' } },
    );
    expect(log.summary.format).toBe('journal-verbose');
    expect(shown(log)).toEqual([
      `3 ${PREFIX}first line`,
      `4 ${PREFIX}second line`,
      '12 2024-12-03T20:00:01.004512Z master-2 kernel: NIC Link is Down',
    ]);
  });

  test('takes the time from the cursor where the zone is only a name', () => {
    const cursor = (1733256000123789 - 4 * 3_600_000_000).toString(16);
    const log = readLog(
      `Tue 2024-12-03 20:00:00.123789 GST [s=0;i=1;b=${BOOT};m=1;t=${cursor};x=fe]\n    MESSAGE=x\n`,
      {
        source: { kind: 'journal' },
      },
    );
    expect(log.lines[0]!.text).toMatch(/^2024-12-03T16:00:00\.123789Z /);
  });
});
