import { describe, expect, it } from 'vitest';
import { statedHost, withFolderHosts } from '../../../src/ingest/layout/folder-hosts.ts';
import type { SourceSummary } from '../../../src/model/ingest.ts';
import type { SourceKind } from '../../../src/model/source.ts';

interface Log {
  readonly path: string;
  readonly kind?: SourceKind;
  /** As its path names it; a guess where it ends in `?`. */
  readonly host?: string;
  readonly spoken?: readonly string[];
}

function summary({ path, kind = 'kernel', host, spoken = [] }: Log): SourceSummary {
  const own = host?.replace('?', '');
  const isHostGuessed = host?.endsWith('?') === true;
  const named = spoken.length === 0 && own !== undefined ? [own] : spoken;
  return {
    source: { path, kind, ...(own !== undefined && { host: own }), ...(isHostGuessed && { isHostGuessed }) },
    format: kind === 'kernel' ? 'dmesg' : 'journal-short',
    lines: 1,
    hosts: named.map((name) => ({ host: name })),
    boots: [{ line: 1 }],
  };
}

function hosts(logs: readonly Log[], stated: Record<string, string> = {}, several = false): (string | undefined)[] {
  const statements = Object.entries(stated).map(([path, host]) => ({ path, host }));
  const named = withFolderHosts(logs.map(summary), statements, several);
  const reversed = withFolderHosts(logs.map(summary).reverse(), statements.toReversed(), several).reverse();
  expect(reversed).toEqual(named);
  return named.map(({ source }) => source.host);
}

const journal = (path: string, ...spoken: string[]): Log => ({ path, kind: 'journal', spoken });

describe('the host of a folder', () => {
  it('is what the files of a renamed sosreport say that hold nothing else', () => {
    const logs = [
      { path: 'case/sos_commands/kernel/dmesg' },
      { path: 'case/var/log/messages', kind: 'journal' as const },
      { path: 'case/var/log/ovn/ovn.log', kind: 'text' as const },
      { path: 'case/var/crash/127.0.0.1-2026-03-01/vmcore-dmesg.txt' },
      { path: 'other/dmesg' },
    ];
    for (const file of [
      'hostname',
      'etc/hostname',
      'sos_commands/host/hostname',
      'sos_commands/host/hostname_-f',
      'sos_commands/general/hostname',
      'sos_commands/host/hostnamectl_status',
    ])
      expect(hosts(logs, { [`case/${file}`]: 'worker-3' })).toEqual([
        'worker-3',
        'worker-3',
        'worker-3',
        'worker-3',
        undefined,
      ]);
  });

  it('is the one that speaks in its other logs', () => {
    expect(hosts([{ path: 'x/sos_commands/kernel/dmesg' }, journal('x/var/log/messages', 'worker-3')])).toEqual([
      'worker-3',
      'worker-3',
    ]);
    expect(hosts([{ path: 'a.tar.gz!/dmesg' }, journal('a.tar.gz!/journal', 'localhost', 'worker-4')])).toEqual([
      'worker-4',
      undefined,
    ]);
    expect(hosts([{ path: 'dmesg' }, journal('journal', 'worker-4')])).toEqual(['worker-4', undefined]);
  });

  it('is called as the journal calls it', () => {
    const logs = [{ path: 'x/sos_commands/kernel/dmesg' }, journal('x/var/log/messages', 'worker-3')];
    expect(hosts(logs, { 'x/etc/hostname': 'worker-3.lab.example.com' })[0]).toBe('worker-3');
  });

  it('replaces what a folder was only named after', () => {
    const logs = [{ path: 'node-1/dmesg', host: 'node-1?' }, journal('node-1/journal.log', 'ocp-w1')];
    expect(hosts(logs)).toEqual(['ocp-w1', undefined]);
    expect(hosts([{ path: 'up/master-1-dmesg.txt', host: 'master-1?' }, journal('up/journal', 'worker-1')])[0]).toBe(
      'master-1',
    );
  });

  it('is what a console says itself, whatever the file is called', () => {
    const prompt = (path: string, host?: string): Log => ({
      path,
      kind: 'console',
      spoken: ['worker-1'],
      ...(host !== undefined && { host }),
    });
    expect(hosts([prompt('up/console.log'), { path: 'up/dmesg' }])).toEqual(['worker-1', 'worker-1']);
    expect(hosts([prompt('up/rack4_console.log', 'rack4')])).toEqual(['worker-1']);
    expect(hosts([prompt('up/worker-7_console.log', 'worker-7?')])).toEqual(['worker-1']);
    expect(hosts([{ path: 'nodes/m0/dmesg', host: 'm0', spoken: ['worker-1'] }])).toEqual(['m0']);
  });

  it('is unknown where two are named', () => {
    expect(hosts([{ path: 'up/dmesg' }, journal('up/journal', 'worker-1', 'worker-2')])[0]).toBeUndefined();
    expect(hosts([{ path: 'up/dmesg' }, journal('up/a', 'worker-1'), journal('up/b', 'worker-2')])[0]).toBeUndefined();
    const sos = [{ path: 'x/sos_commands/kernel/dmesg' }, journal('x/var/log/messages', 'worker-9')];
    expect(hosts(sos, { 'x/hostname': 'worker-3' })[0]).toBeUndefined();
    const both = { 'x/etc/hostname': 'worker-3', 'x/sos_commands/host/hostname': 'worker-4' };
    expect(hosts([{ path: 'x/sos_commands/kernel/dmesg' }], both)[0]).toBeUndefined();
  });

  it('is not that of a file whose name may tell of another, nor of one in another folder', () => {
    expect(hosts([{ path: 'up/dmesg-b7.txt' }, journal('up/journal', 'worker-1')])[0]).toBeUndefined();
    expect(hosts([{ path: 'up/dmesg' }, journal('up/sub/journal', 'worker-1')])[0]).toBeUndefined();
    expect(hosts([{ path: 'dmesg' }, journal('journal', 'worker-1')], {}, true)[0]).toBeUndefined();
    expect(hosts([{ path: 'dmesg' }], { hostname: 'worker-1' }, true)[0]).toBeUndefined();
    const nested = [{ path: 'a/sos_commands/kernel/dmesg' }, { path: 'a/b/sos_commands/kernel/dmesg' }];
    expect(hosts(nested, { 'a/hostname': 'm0', 'a/b/hostname': 'm1' })).toEqual(['m0', 'm1']);
  });

  it('is given to boots and spans too', () => {
    const [dmesg] = withFolderHosts(
      [summary({ path: 'x/var/log/dmesg' })],
      [{ path: 'x/hostname', host: 'm0' }],
      false,
    );
    expect(dmesg).toMatchObject({ hosts: [{ host: 'm0' }], boots: [{ host: 'm0', line: 1 }] });
  });
});

describe('the text of a hostname file', () => {
  it.each([
    ['worker-3\n', 'worker-3'],
    ['worker-3.lab.example.com\n', 'worker-3.lab.example.com'],
    [' Static hostname: worker-3\n       Icon name: computer-vm\n', 'worker-3'],
    ['localhost.localdomain\n', undefined],
    ['', undefined],
    ['hostname: Name or service not known\n', undefined],
    ['\x1b[31mworker', undefined],
  ])('%j is %s', (text, host) => {
    expect(statedHost(text)).toBe(host);
  });
});
