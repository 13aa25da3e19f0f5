import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DirectOutput } from '../../../src/cli/journal/direct-output.ts';
import { entryFilter } from '../../../src/cli/journal/entry-filter.ts';
import type { JournalFlags } from '../../../src/cli/journal/journal-flags.ts';
import { loadPrinter } from '../../../src/cli/journal/load-printer.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import type { JournalEntry } from '../../../src/model/journal-entry.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { runCli } from '../../support/run-cli.ts';

const directory = mkdtempSync(join(tmpdir(), 'inquest-forms-'));
afterAll(() => rmSync(directory, { recursive: true }));

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);

type Value = readonly [name: string, value: string | Buffer];

/** An entry of `--output=export`, 1.5 s after the one before. */
function exported(index: number, boot: string, fields: readonly Value[]): Buffer {
  const head: Value[] = [
    ['__CURSOR', `s=1;i=${index}`],
    ['__REALTIME_TIMESTAMP', String(1733256000123456 + index * 1500000)],
    ['__MONOTONIC_TIMESTAMP', String(5000000 + index * 1500000)],
    ['_BOOT_ID', boot],
    ['_HOSTNAME', 'master-2'],
  ];
  const pieces = [...head, ...fields].map(([name, value]) => {
    const bytes = Buffer.from(value);
    if (bytes.every((byte) => byte >= 32 || byte === 9))
      return Buffer.concat([Buffer.from(`${name}=`), bytes, NEWLINE]);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(bytes.length));
    return Buffer.concat([Buffer.from(`${name}\n`), length, bytes, NEWLINE]);
  });
  return Buffer.concat([...pieces, NEWLINE]);
}

const NEWLINE = Buffer.from('\n');

const DUMP = join(directory, 'dump.export');
writeFileSync(
  DUMP,
  Buffer.concat([
    exported(0, A, [
      ['_TRANSPORT', 'kernel'],
      ['SYSLOG_IDENTIFIER', 'kernel'],
      ['SYSLOG_FACILITY', '0'],
      ['MESSAGE', 'Linux version 5.14'],
      ['_SOURCE_MONOTONIC_TIMESTAMP', '0'],
    ]),
    exported(1, A, [
      ['SYSLOG_IDENTIFIER', 'systemd'],
      ['_PID', '1'],
      ['SYSLOG_FACILITY', '3'],
      ['UNIT', 'crio.service'],
      ['_SYSTEMD_UNIT', 'init.scope'],
      ['MESSAGE', 'Started CRI-O.'],
    ]),
    exported(2, A, [
      ['SYSLOG_IDENTIFIER', 'kubenswrapper'],
      ['_PID', '2511'],
      ['SYSLOG_FACILITY', '3'],
      ['_SYSTEMD_UNIT', 'kubelet.service'],
      ['MESSAGE', 'two\n\tlines\n'],
      ['_SOURCE_REALTIME_TIMESTAMP', String(1733256003122679)],
    ]),
    exported(3, B, [
      ['_PID', '77'],
      ['_COMM', 'dbus'],
      ['_SYSTEMD_UNIT', 'user@1000.service'],
      ['_SYSTEMD_USER_UNIT', 'dbus.service'],
      ['MESSAGE', Buffer.from('\u001b[31mbad\u0007')],
      ['X', '1'],
      ['X', '2'],
    ]),
  ]),
);

const entries: JournalEntry[] = [];
const log = () => ({
  entries: { wantsFields: true, entry: (entry: JournalEntry) => void entries.push(entry) },
  region: () => undefined,
  end: () => undefined,
});
const none = () => undefined;
await ingest([DUMP], { kinds: new Set(), limits: DEFAULT_LIMITS }, { log, resource: none, document: none });

async function printed(flags: Partial<JournalFlags>): Promise<string> {
  const pieces: Buffer[] = [];
  const out = new DirectOutput((bytes) => pieces.push(Buffer.from(bytes)) && bytes.length);
  const all = { output: 'short', ...flags } as const;
  const accepts = entryFilter(all, { newest: undefined, boots: [] });
  const print = await loadPrinter(all, out);
  for (const entry of entries.filter(accepts)) print(entry);
  out.flush();
  return Buffer.concat(pieces).toString();
}

/** What journalctl 252 prints of these entries in UTC; instead of the last message it prints `[4B blob data]`. */
describe('forms that journalctl has', () => {
  it.each([
    [
      'short',
      [
        'Dec 03 20:00:00 master-2 kernel: Linux version 5.14',
        'Dec 03 20:00:01 master-2 systemd[1]: Started CRI-O.',
        'Dec 03 20:00:03 master-2 kubenswrapper[2511]: two',
        '                                                      lines',
        `-- Boot ${B} --`,
        'Dec 03 20:00:04 master-2 dbus[77]: bad␇',
      ],
    ],
    [
      'short-precise',
      [
        'Dec 03 20:00:00.123456 master-2 kernel: Linux version 5.14',
        'Dec 03 20:00:01.623456 master-2 systemd[1]: Started CRI-O.',
        'Dec 03 20:00:03.122679 master-2 kubenswrapper[2511]: two',
        '                                                             lines',
        `-- Boot ${B} --`,
        'Dec 03 20:00:04.623456 master-2 dbus[77]: bad␇',
      ],
    ],
    [
      'with-unit',
      [
        'Tue 2024-12-03 20:00:00 UTC master-2 kernel: Linux version 5.14',
        'Tue 2024-12-03 20:00:01 UTC master-2 init.scope[1]: Started CRI-O.',
        'Tue 2024-12-03 20:00:03 UTC master-2 kubelet.service[2511]: two',
        '                                                                    lines',
        `-- Boot ${B} --`,
        'Tue 2024-12-03 20:00:04 UTC master-2 user@1000.service/dbus.service[77]: bad␇',
      ],
    ],
    [
      'short-delta',
      [
        '[    0.000000                ] master-2 kernel: Linux version 5.14',
        '[    6.500000 <    6.500000 >] master-2 systemd[1]: Started CRI-O.',
        '[    8.000000 <    1.500000 >] master-2 kubenswrapper[2511]: two',
        '                                                                     lines',
        `-- Boot ${B} --`,
        '[    9.500000 <    1.500000*>] master-2 dbus[77]: bad␇',
      ],
    ],
  ] as const)('%s', async (output, lines) => {
    expect((await printed({ output })).split('\n').slice(0, -1)).toEqual(lines);
  });

  it.each([
    ['short-iso', '2024-12-03T20:00:01.623456Z master-2 systemd[1]: Started CRI-O.\n'],
    ['short-iso-precise', '2024-12-03T20:00:01.623456+0000 master-2 systemd[1]: Started CRI-O.\n'],
    ['short-full', 'Tue 2024-12-03 20:00:01 UTC master-2 systemd[1]: Started CRI-O.\n'],
    ['short-monotonic', '[    6.500000] master-2 systemd[1]: Started CRI-O.\n'],
    ['short-unix', '1733256001.623456 master-2 systemd[1]: Started CRI-O.\n'],
  ] as const)('%s', async (output, line) => {
    expect(await printed({ output, matches: ['_PID=1'] })).toBe(line);
  });

  it('verbose, with tabs as they are and nothing that acts on a terminal', async () => {
    expect(await printed({ output: 'verbose', matches: ['_PID=2511', '_PID=77'] })).toBe(
      [
        'Tue 2024-12-03 20:00:03.122679 UTC [s=1;i=2]',
        `    _BOOT_ID=${A}`,
        '    _HOSTNAME=master-2',
        '    SYSLOG_IDENTIFIER=kubenswrapper',
        '    _PID=2511',
        '    SYSLOG_FACILITY=3',
        '    _SYSTEMD_UNIT=kubelet.service',
        '    MESSAGE=two',
        '            \tlines',
        '    _SOURCE_REALTIME_TIMESTAMP=1733256003122679',
        `-- Boot ${B} --`,
        'Tue 2024-12-03 20:00:04.623456 UTC [s=1;i=3]',
        `    _BOOT_ID=${B}`,
        '    _HOSTNAME=master-2',
        '    _PID=77',
        '    _COMM=dbus',
        '    _SYSTEMD_UNIT=user@1000.service',
        '    _SYSTEMD_USER_UNIT=dbus.service',
        '    MESSAGE=bad␇',
        '    X=1',
        '    X=2',
        '',
      ].join('\n'),
    );
  });

  it('JSON over several lines, as events and as a sequence', async () => {
    const flags = { outputFields: ['X'], matches: ['X=2'] } as const;
    const json = {
      __CURSOR: 's=1;i=3',
      __REALTIME_TIMESTAMP: '1733256004623456',
      __MONOTONIC_TIMESTAMP: '9500000',
      _BOOT_ID: B,
      X: ['1', '2'],
    };
    expect(await printed({ ...flags, output: 'json-pretty' })).toBe(
      `{\n\t"__CURSOR" : "s=1;i=3",\n\t"__REALTIME_TIMESTAMP" : "1733256004623456",\n\t"__MONOTONIC_TIMESTAMP" : "9500000",\n\t"_BOOT_ID" : "${B}",\n\t"X" : [\n\t\t"1",\n\t\t"2"\n\t]\n}\n`,
    );
    expect(await printed({ ...flags, output: 'json-sse' })).toBe(`data: ${JSON.stringify(json)}\n\n`);
    expect(await printed({ ...flags, output: 'json-seq' })).toBe(`\u001e${JSON.stringify(json)}\n`);
  });

  it('values and names of fields, each once, and only chosen fields', async () => {
    expect(await printed({ field: 'SYSLOG_FACILITY' })).toBe('0\n3\n');
    expect(await printed({ field: 'X' })).toBe('1\n2\n');
    expect((await printed({ fields: true, matches: ['SYSLOG_FACILITY=0'] })).split('\n').toSorted()).toEqual(
      [
        '',
        '_BOOT_ID',
        '_HOSTNAME',
        '_TRANSPORT',
        'SYSLOG_IDENTIFIER',
        'SYSLOG_FACILITY',
        'MESSAGE',
        '_SOURCE_MONOTONIC_TIMESTAMP',
      ].toSorted(),
    );
    expect(await printed({ output: 'cat', outputFields: ['_PID', 'UNIT'] })).toBe('1\ncrio.service\n2511\n77\n');
  });

  it('without hosts, and without lines between boots', async () => {
    expect(await printed({ output: 'short-unix', hostname: false, quiet: true, grep: 'linux|bad' })).toBe(
      '1733256000.123456 kernel: Linux version 5.14\n1733256004.623456 dbus[77]: bad␇\n',
    );
  });
});

describe('matches', () => {
  it.each([
    [['_PID=1'], [1]],
    [
      ['_PID=1', '_PID=2511'],
      [1, 2],
    ],
    [['_PID=1', '_SYSTEMD_UNIT=kubelet.service'], []],
    [
      ['_PID=1', '+', 'SYSLOG_IDENTIFIER=kernel'],
      [0, 1],
    ],
    [
      ['SYSLOG_FACILITY=3', '_PID=1', '_PID=2', '+', `_BOOT_ID=${B}`],
      [1, 3],
    ],
    // Of a field that has several values, any.
    [['X=2'], [3]],
    [['MESSAGE=two\n\tlines\n'], [2]],
    [['MESSAGE=two'], []],
  ])('%j', (matches, found) => {
    const accepts = entryFilter({ output: 'short', matches }, { newest: undefined, boots: [] });
    expect(entries.flatMap((entry, index) => (accepts(entry) ? [index] : []))).toEqual(found);
  });

  it.each([
    [{ facility: 'kern' }, 1],
    [{ facility: 'daemon,0' }, 3],
    [{ facility: 'local7' }, 0],
    [{ grep: 'CRI-O' }, 1],
    [{ grep: 'cri-o' }, 1],
    [{ grep: 'Cri-o' }, 0],
    [{ grep: 'Cri-o', caseSensitive: false }, 1],
    [{ grep: 'cri-o', caseSensitive: true }, 0],
    [{ grep: '(?i)Cri-o' }, 1],
    [{ grep: 'linux version [[:digit:]]+[[:punct:]]14' }, 1],
  ])('%j', (flags, count) => {
    const accepts = entryFilter({ output: 'short', ...flags }, { newest: undefined, boots: [] });
    expect(entries.filter(accepts)).toHaveLength(count);
  });

  it('stand between the inputs, and work on the fields that text has', () => {
    const text = join(directory, 'text.log');
    writeFileSync(
      text,
      '2024-12-03T20:00:00+0000 m0 kernel: one\n2024-12-03T20:00:01+0000 m0 crio[7]: two\n2024-12-03T20:00:02+0000 m1 crio[7]: three\n',
    );
    const run = (...args: string[]) => runCli(['journal', ...args]).stdout;
    expect(run('_HOSTNAME=m0', '--file', text, '-o', 'cat')).toBe('one\ntwo\n');
    expect(run('_TRANSPORT=kernel', '+', '_HOSTNAME=m1', '_PID=7', text, '-o', 'cat')).toBe('one\nthree\n');
    expect(run(text, '--no-pager', '-a', '--utc', '-m', '-F', '_HOSTNAME')).toBe('m0\nm1\n');
  });

  it.each([
    [['+', '_PID=1'], '+ stands between two matches, such as _PID=1'],
    [
      ['--facility', 'none'],
      '--facility none: give kern, user, mail, daemon, auth, syslog, lpr, news, uucp, cron, authpriv, ftp, local0 to local7, or 0 to 23',
    ],
    [['--case-sensitive=maybe'], '--case-sensitive maybe: give yes or no'],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = runCli(['journal', DUMP, ...args]);
    expect([status, stderr]).toEqual([2, `inquest: ${message}\n`]);
  });
});
