import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/ingest/layout/classify.ts';
import { linePrefix } from '../../../src/ingest/lines/line-prefix.ts';
import { readLog } from './read-log.ts';

const LINES = [
  'Dec 03 20:00:00 master-2 kernel: mlx5_core 0000:3b:00.1: query_mcia_reg failed: status: 0x3',
  'Dec 03 20:00:01 master-2 kubenswrapper[2511]: I1203 20:00:01.000000 2511 kubelet.go:1] ready',
  'Dec 03 20:00:02 master-2 systemd[1]: Started CRI-O.',
];

describe('lines that a tool put something before', () => {
  it.each([
    ['grep -n', (line: string, n: number) => `${n + 41}:${line}`],
    ['grep -Hn', (line: string, n: number) => `logs/kubelet.log:${n + 41}:${line}`],
    [
      'grep -Hn with context',
      (line: string, n: number) => `kubelet.log${n === 1 ? ':' : '-'}${n}${n === 1 ? ':' : '-'}${line}`,
    ],
    ['grep -H', (line: string) => `kubelet.log:${line}`],
    ['cat -n', (line: string, n: number) => `${String(n + 1).padStart(6)}\t${line}`],
    ['nl', (line: string, n: number) => `${String(n + 1).padStart(6)}  ${line}`],
    ['an editor', (line: string, n: number) => `${n + 1}: ${line}`],
    ['a mail', (line: string) => `> ${line}`],
    ['oc adm node-logs', (line: string) => `master-2.example.com ${line}`],
  ])('%s', (_tool, prefixed) => {
    const text = `${LINES.map(prefixed).join('\n')}\n`;
    expect(classify('pasted', Buffer.from(text))).toMatchObject({ type: 'log', source: { kind: 'journal' } });
    const { lines, summary } = readLog(text, { source: { kind: 'journal' }, chunks: [7, 50] });
    expect(lines.map((line) => line.text)).toEqual(LINES);
    expect(lines.map((line) => line.line)).toEqual([1, 2, 3]);
    expect(lines[1]!.decoded).toMatchObject({ host: 'master-2', identifier: 'kubenswrapper', pid: 2511 });
    expect(summary).toMatchObject({ format: 'journal-short', lines: 3 });
  });

  it('are left alone where they have a form of their own', () => {
    for (const text of [
      LINES.join('\n'),
      '2024-12-03T20:00:00Z stdout F 12: x',
      '1733256000.123789 m0 kernel: x',
      '12 monkeys\n13 monkeys',
      'key: value\nother: value',
      'I1203 20:00:01.000000 2511 kubelet.go:1] ready',
      // No host, but what has a time of its own is about.
      'kubelet-1 2024-12-03T20:00:00Z x',
      '{"a":1}',
      '',
    ]) {
      expect(linePrefix(text)).toBeUndefined();
    }
  });
});

describe('what is no message', () => {
  const messages = (text: string) =>
    readLog(text, { source: { kind: 'journal' }, chunks: [7, 50] }).lines.map(({ decoded }) => [
      decoded.identifier,
      decoded.message,
    ]);

  it('is what script says of its capture, and what grep colours', () => {
    const log = [
      'Script started on 2024-12-03 20:00:00+00:00 [COMMAND="journalctl"]',
      'Dec 03 20:00:00 m \u001b[01;31m\u001b[Kcrio\u001b[m\u001b[K[9]: one',
      'Dec 03 20:00:01 m crio[9]: two',
      'Script done on 2024-12-03 20:01:00+00:00 [COMMAND_EXIT_CODE="0"]',
    ];
    const told = messages(`${log.join('\n')}\n`);
    expect(told.slice(1, 3)).toEqual([
      ['crio', 'one'],
      ['crio', 'two'],
    ]);
    expect(told[3]![0]).toBeUndefined();
  });
});

describe('what /dev/kmsg and netconsole write', () => {
  it.each(['6,1234,55118403,-;', '5.14.0-427.el9_4.x86_64,4,1234,55118403,-,caller=T1;'])('%s', (head) => {
    const { lines, summary } = readLog(`${head}mlx5_core 0000:3b:00.1: failed\n`, { source: { kind: 'text' } });
    expect(summary.format).toBe('dmesg');
    expect(lines[0]!.decoded).toEqual({
      at: { clock: 'monotonic', micros: 55_118_403 },
      message: 'mlx5_core 0000:3b:00.1: failed',
    });
  });
});
