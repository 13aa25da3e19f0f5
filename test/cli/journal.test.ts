import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { entryFilter } from '../../src/cli/journal/entry-filter.ts';
import type { JournalFlags } from '../../src/cli/journal/journal-flags.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { fixture } from '../ingest/journal/read-journal.ts';
import { runCli } from '../support/run-cli.ts';

const BINARY = 'test/ingest/journal/fixtures/compact-zstd.journal.zst';
const directory = mkdtempSync(join(tmpdir(), 'inquest-cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

function journal(...args: readonly string[]): string[] {
  const { status, stdout, stderr } = runCli(['journal', ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').slice(0, -1);
}

describe('inquest journal', () => {
  it('prints a binary journal as journalctl exports it', () => {
    const { stdout } = runCli(['journal', BINARY, '-o', 'export']);
    expect(stdout).toBe(fixture('compact-zstd.export').toString());
  });

  it('lists boots with the numbers that --boot takes', () => {
    const id = (byte: string): string => byte.repeat(32);
    const entry = (boot: string, time: string, message: string): string =>
      `__REALTIME_TIMESTAMP=${Date.parse(time)}000\n__MONOTONIC_TIMESTAMP=5000000\n_BOOT_ID=${id(boot)}\n_HOSTNAME=master-2\nSYSLOG_IDENTIFIER=systemd\n_PID=1\nMESSAGE=${message}\n\n`;
    const path = file(
      'boots.export',
      entry('a', '2024-12-01T12:00:05Z', 'Shutting down.') + entry('b', '2024-12-03T12:00:05Z', 'Started.'),
    );
    expect(journal(path, '--list-boots')).toEqual([
      ` -1  ${id('a')}  master-2  2024-12-01T12:00:00Z  2024-12-01T12:00:05Z  clean`,
      `  0  ${id('b')}  master-2  2024-12-03T12:00:00Z  2024-12-03T12:00:05Z  -`,
    ]);
    expect(journal(path, '--boot', '-1')).toEqual(['2024-12-01T12:00:05.000000Z master-2 systemd[1]: Shutting down.']);
  });

  it('prints lines that act on no terminal', () => {
    const lines = journal(BINARY);
    expect(lines).toHaveLength(31);
    expect(lines[0]).toBe('2024-12-03T20:00:00.000000Z master-2 kernel: Linux version 5.14.0-427.el9.x86_64');
    // The sender's clock, as journalctl has it.
    expect(lines[21]).toMatch(/^2024-12-03T20:02:09\.999000Z master-2 kubenswrapper\[2511\]: first line of a long/);
    expect(lines[24]).toBe('2024-12-03T20:02:12.000000Z master-2 kubenswrapper[2511]: bad�');
  });

  it('prints JSON as journalctl does', () => {
    const entries = journal(BINARY, '-o', 'json').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toHaveLength(29);
    expect(entries[22]).toMatchObject({
      MESSAGE: 'two\nlines',
      _PID: '2511',
      __REALTIME_TIMESTAMP: '1733256131000000',
    });
    expect(entries[23]!['MESSAGE']).toEqual([...Buffer.from('\u001b[31mbad\u00ff', 'latin1')]);
    expect((entries[24]!['MESSAGE'] as string[]).toSorted()).toEqual(['one', 'two']);
  });

  it('filters', () => {
    expect(journal(BINARY, '-u', 'kubelet', '-b', '-1', '-S', '2024-12-03 20:02:12')).toEqual([
      '2024-12-03T20:02:12.000000Z master-2 kubenswrapper[2511]: bad�',
      '2024-12-03T20:02:13.000000Z master-2 kubenswrapper[2511]: one',
      '2024-12-03T20:02:13.000000Z master-2 kubenswrapper[2511]: two',
    ]);
  });

  it("knows journalctl's short options for the last lines, the kernel and an identifier", () => {
    const all = journal(BINARY);
    expect(journal(BINARY, '-k')).toEqual(all.filter((line) => line.includes(' master-2 kernel: ')));
    expect(journal(BINARY, '-t', 'systemd')).toEqual(all.filter((line) => line.includes(' master-2 systemd[')));
    expect(journal(BINARY, '-n', '1')).toEqual(all.slice(-1));
    expect(journal(BINARY, '-k', '-n', '2')).toEqual(
      all.filter((line) => line.includes(' master-2 kernel: ')).slice(-2),
    );
    const text = file(
      'yearless.log',
      'Dec 03 20:00:00 m kernel: a\nDec 03 20:00:01 m x[1]: b\nDec 03 20:00:02 m x[1]: c\n',
    );
    expect(
      runCli(['journal', text, '-n', '2'])
        .stdout.split('\n')
        .map((line) => line.slice(-1)),
    ).toEqual(['b', 'c', '']);
    const { status, stderr } = runCli(['journal', '-', '-n', '2']);
    expect([status, stderr]).toEqual([
      2,
      'inquest: --lines reads the inputs again, which stdin does not allow; pipe into tail instead\n',
    ]);
  });

  it('prints the last entry first, and the lines of an entry in their order', () => {
    const text = file(
      'reversed.export',
      ['1', '2', '3']
        .map(
          (n) =>
            `__REALTIME_TIMESTAMP=173325600${n}000000\n_HOSTNAME=m\nSYSLOG_IDENTIFIER=x\nMESSAGE=${n}a\nMESSAGE=${n}b\n\n`,
        )
        .join(''),
    );
    expect(journal(text, '-r', '-o', 'cat')).toEqual(['3a', '3b', '2a', '2b', '1a', '1b']);
    expect(journal(text, '-r', '-n', '2', '-o', 'short')).toEqual([
      'Dec 03 20:00:03 m x: 3a',
      'Dec 03 20:00:03 m x: 3b',
      'Dec 03 20:00:02 m x: 2a',
      'Dec 03 20:00:02 m x: 2b',
    ]);
    // Its times have no year, so that the input is read once more in the middle of it.
    const yearless = file('yearless-reversed.log', 'Dec 03 20:00:00 m x[1]: a\nDec 03 20:00:01 m x[1]: b\n');
    expect(runCli(['journal', yearless, '-r', '-o', 'cat']).stdout).toBe('b\na\n');
    expect(
      runCli(['journal', '-', '-r', '-o', 'cat'], { stdin: 'Dec 03 20:00:00 m x[1]: a\nDec 03 20:00:01 m x[1]: b\n' })
        .stdout,
    ).toBe('b\na\n');
  });

  it('knows the boots of a journal that was printed newest first', () => {
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
    const boot = (day: string, end: string): string =>
      [
        `20:00:59 m ${end}`,
        ...['30', '20', '10'].map((s) => `20:00:${s} m x[1]: of ${day}`),
        '20:00:00 m kernel: Linux version 5',
      ]
        .map((line) => `2024-12-${day}T${line.replace(' ', '+0000 ')}\n`)
        .join('');
    const path = file(
      'newest-first.log',
      `${boot('03', 'x[1]: c')}-- Boot ${b} --\n${boot('02', 'kernel: Kernel panic - not syncing: x')}-- Boot ${a} --\n${boot('01', 'systemd-shutdown[1]: Sending SIGTERM')}`,
    );
    expect(journal(path, '--list-boots').map((line) => line.slice(5))).toEqual([
      `${a}  m  2024-12-01T20:00:00Z  2024-12-01T20:00:59Z  clean`,
      `${b}  m  2024-12-02T20:00:00Z  2024-12-02T20:00:59Z  panic`,
      '-  m  2024-12-03T20:00:00Z  2024-12-03T20:00:59Z  -',
    ]);
    // The last boot has no id: the dump gives that of a boot where it begins to tell of the one before.
    expect(journal(path, '-b', '0', '-o', 'cat', '-n', '2')).toEqual(['of 03', 'Linux version 5']);
    expect(journal(path, '-b', '-1', '-o', 'cat', '-n', '2')).toEqual(['of 02', 'Linux version 5']);
    expect(journal(path, '--list-boots').map((line) => line.slice(0, 3))).toEqual([' -2', ' -1', '  0']);
    expect(journal(path, '-b', 'bbbb', '-r', '-o', 'cat')).toEqual([
      'Linux version 5',
      'of 02',
      'of 02',
      'of 02',
      'Kernel panic - not syncing: x',
    ]);
  });

  it('names the forms it prints when it is asked for another', () => {
    const { status, stderr } = runCli(['journal', BINARY, '-o', 'xml']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/'xml' is invalid\. Allowed choices are short-iso, short, [a-z, -]+, export\.\n$/);
  });

  it('goes through every form of the same journal', () => {
    const json = file('a.json', `${journal(BINARY, '-o', 'json').join('\n')}\n`);
    const text = file('a.log', `${journal(BINARY).join('\n')}\n`);
    const dump = file('a.export', fixture('compact-zstd.export'));
    for (const other of [json, dump]) expect(journal(other)).toEqual(journal(BINARY));
    expect(journal(text)).toEqual(journal(BINARY));
  });

  it('gives times without a year the year that the log ends in, and keeps what has none', () => {
    const short = file(
      'short.log',
      '-- Logs begin at Thu 2024-11-14 21:19:09 UTC, end at Tue 2024-12-03 20:16:16 UTC. --\nDec 03 20:00:00 m0 kernel: one\n',
    );
    const { stdout } = runCli(['journal', short]);
    expect(stdout).toBe('2024-12-03T20:00:00.000000Z m0 kernel: one\n');
    const console = file('m1-console.log', '[    1.000000] usb 1-1: new device\r\n[   55.118403] mlx5_core: gone\r\n');
    expect(journal(console)).toEqual([
      '[    1.000000] m1 console: usb 1-1: new device',
      '[   55.118403] m1 console: mlx5_core: gone',
    ]);
  });

  it('reads standard input', () => {
    const { stdout } = runCli(['journal', '-', '-p', 'err', '-o', 'json'], {
      stdin: fixture('compact-zstd.export').toString(),
    });
    expect(JSON.parse(stdout)).toMatchObject({ PRIORITY: '3' });
  });

  it('takes the receipt of a verbose entry from its cursor, whose head shows when it was sent', () => {
    const receipt = 1_733_256_000_250_000;
    const verbose = file(
      'verbose.txt',
      `Tue 2024-12-03 20:00:00.123456 UTC [s=0;i=1;b=0a1b2c3d4e5f60718293a4b5c6d7e8f9;m=1;t=${receipt.toString(16)};x=0]\n` +
        '    _SOURCE_REALTIME_TIMESTAMP=1733256000123456\n    _HOSTNAME=m0\n    MESSAGE=one\n',
    );
    expect(journal(verbose, '-o', 'export')).toContain(`__REALTIME_TIMESTAMP=${receipt}`);
    expect(journal(verbose)).toEqual(['2024-12-03T20:00:00.123456Z m0 unknown: one']);
  });

  it('reads an export whose first entry has a large field of bytes', () => {
    const core = Buffer.alloc(100_000, 1);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(core.length));
    const large = file(
      'core.export',
      Buffer.concat([
        Buffer.from('__REALTIME_TIMESTAMP=1733256000000000\n_HOSTNAME=m0\nSYSLOG_IDENTIFIER=coredump\nCOREDUMP\n'),
        length,
        core,
        Buffer.from('\nMESSAGE=dumped\n\n__REALTIME_TIMESTAMP=1733256001000000\n_HOSTNAME=m0\nMESSAGE=next\n\n'),
      ]),
    );
    expect(journal(large)).toEqual([
      '2024-12-03T20:00:00.000000Z m0 coredump: dumped',
      '2024-12-03T20:00:01.000000Z m0 unknown: next',
    ]);
  });

  it('takes the host of a single file from the node folder that it was given in', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'inquest-node-')), 'nodes/worker-3');
    mkdirSync(folder, { recursive: true });
    const dmesg = join(folder, 'dmesg');
    writeFileSync(dmesg, '[    1.000000] usb 1-1: new device\n[    2.000000] usb 1-1: gone\n');
    expect(journal(dmesg)[0]).toBe('[    1.000000] worker-3 kernel: usb 1-1: new device');
  });

  it.skipIf(process.platform === 'win32')('reads named pipes, once', () => {
    const shell = (rest: string) =>
      spawnSync('bash', ['-c', `"$0" src/cli/main.ts journal <(cat "$1") ${rest}`, process.execPath, BINARY], {
        encoding: 'utf8',
      });
    expect(shell('-o export').stdout).toBe(fixture('compact-zstd.export').toString('utf8'));
    expect(shell('-n 1')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^inquest: --lines reads the inputs again, which \/dev\/fd\/\d+ does not allow; pipe into tail instead\n$/,
      ),
    });
  });

  it.skipIf(!existsSync('/dev/full'))('says where it cannot print', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" src/cli/main.ts journal "$1" > /dev/full', process.execPath, BINARY],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([2, 'inquest: cannot write the output: no space left on the device\n']);
  });

  it('falls silent when nobody reads on', () => {
    const long = file('long.log', '2024-12-03T20:00:00.000000+0000 m0 kernel: line\n'.repeat(50_000));
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" src/cli/main.ts journal "$1" | head -n 2', process.execPath, long],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toHaveLength(3);
  });

  it.each([
    ['--boot', '0'],
    ['--since', '-2h'],
    ['--until', 'yesterday'],
  ])('refuses of stdin what counts from the end: %s %s', (flag, value) => {
    const { status, stderr } = runCli(['journal', '-', `${flag}=${value}`], { stdin: '' });
    expect([status, stderr]).toEqual([
      2,
      `inquest: ${flag} ${value} reads the inputs again, which stdin does not allow; save it to a file\n`,
    ]);
  });

  it('knows a short dump that was printed newest first', () => {
    const path = file(
      'short-newest-first.log',
      [
        '2024-12-03T20:00:59+0000 m x[1]: c',
        '2024-12-03T20:00:00+0000 m kernel: Linux version 5',
        `-- Boot ${'b'.repeat(32)} --`,
        '2024-12-02T20:00:59+0000 m kernel: b',
        '2024-12-02T20:00:00+0000 m kernel: Linux version 5',
      ]
        .map((line) => `${line}\n`)
        .join(''),
    );
    expect(journal(path, '-b', '0', '-o', 'cat')).toEqual(['c', 'Linux version 5']);
    expect(journal(path, '-b', '-1', '-o', 'cat')).toEqual(['b', 'Linux version 5']);
  });

  it('finds a boot by its id in an export from stdin, and says why not in a text', () => {
    const boot = 'b'.repeat(32);
    const entry = `__REALTIME_TIMESTAMP=1733256001000000\n_BOOT_ID=${boot}\n_HOSTNAME=m\nMESSAGE=of b\n\n`;
    const stdin = entry.replaceAll(boot, 'a'.repeat(32)).replace('of b', 'of a') + entry;
    expect(runCli(['journal', '-', '-b', 'bbbb', '-o', 'cat'], { stdin }).stdout).toBe('of b\n');
    const text = `2024-12-02T20:00:00+0000 m x: a\n-- Boot ${boot} --\n2024-12-03T20:00:00+0000 m x: b\n`;
    const { status, stdout, stderr } = runCli(['journal', '-', '-b', 'bbbb'], { stdin: text });
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      'inquest: --boot: which lines of a text are of a boot is known when it has been read, which stdin or a pipe allows once; save it to a file\n',
    ]);
    expect(journal(file('piped.log', text), '-b', 'bbbb', '-o', 'cat')).toEqual(['b']);
  });

  it('refuses what it does not understand in one line', () => {
    const { status, stdout, stderr } = runCli(['journal', BINARY, '--boot', '-9']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('inquest: --boot -9: the journals show 2 boots; --list-boots prints them\n');
  });
});

describe('filters of journal entries', async () => {
  const entries: JournalEntry[] = [];
  const log = () => ({
    entries: { entry: (entry: JournalEntry) => void entries.push(entry) },
    region: () => undefined,
    end: () => undefined,
  });
  const sink = { log, resource: () => undefined, document: () => undefined };
  await ingest([BINARY], { kinds: new Set(), limits: DEFAULT_LIMITS }, sink);
  const boots = ['0a1b2c3d4e5f60718293a4b5c6d7e8f9', '1a1b2c3d4e5f60718293a4b5c6d7e8f9'];
  const overview = { newest: entries.at(-1)!.realtime, boots };
  const accept = (flags: Partial<JournalFlags>) => entryFilter({ output: 'short-iso', ...flags }, overview);

  it.each([
    [{}, 29],
    [{ unit: ['kubelet'] }, 5],
    [{ unit: ['kubenswrapper'] }, 5],
    // Of the unit, and about it.
    [{ unit: ['crio.service'] }, 1],
    [{ host: ['master-2'] }, 29],
    [{ host: ['master-1'] }, 0],
    [{ boot: '0' }, 3],
    [{ boot: '-1' }, 26],
    [{ boot: '1a1b2c3d' }, 3],
    [{ priority: 'err' }, 1],
    [{ priority: '4' }, 21],
    [{ grep: 'MCIA' }, 0],
    [{ grep: 'mcia' }, 20],
    [{ since: '2024-12-03 20:02:14' }, 4],
    [{ until: '2024-12-03T20:00:00Z' }, 1],
    [{ since: '-95s', unit: ['kubelet'] }, 1],
    [{ unit: ['kube*'] }, 5],
    [{ unit: ['crio.serv?ce'] }, 1],
    [{ boot: '1' }, 26],
    [{ boot: 'all' }, 29],
    [{ boot: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9+1' }, 3],
    [{ priority: 'err..emerg' }, 1],
    [{ priority: '4..3' }, 21],
    [{ since: '@1733256134' }, 4],
    [{ since: '20:02:14' }, 4],
    [{ since: 'Tue 2024-12-03 20:02:14 UTC' }, 4],
    [{ since: '95 sec ago', unit: ['kubelet'] }, 1],
    [{ since: 'today' }, 29],
    [{ since: 'tomorrow' }, 0],
    [{ until: 'yesterday' }, 0],
    [{ since: 'now' }, 1],
  ] as const)('%j', (flags, count) => {
    expect(entries.filter(accept(flags))).toHaveLength(count);
  });

  it.each([
    [{ priority: 'loud' }, /^--priority loud: give one of emerg, /],
    [{ since: 'last week' }, /^--since last week: give a time such as /],
    [{ boot: '-9' }, /^--boot -9: the journals show 2 boots; --list-boots prints them$/],
    [{ boot: 'last' }, /^--boot last: give an id/],
    [{ grep: '(' }, /^--grep \(: /],
  ] as const)('refuses %j', (flags, message) => {
    expect(() => accept(flags)).toThrow(message);
  });
});
