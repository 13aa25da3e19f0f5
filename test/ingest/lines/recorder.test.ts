import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/ingest/layout/classify.ts';
import { readLog, told } from './read-log.ts';

const MLX = 'mlx5_core 0000:3b:00.1: query_mcia_reg failed: status: 0x3';

/** Heads of a line of the second `0`, by the receiver's clock. */
const HEADS: readonly (readonly [head: string, at: string])[] = [
  ['2024-12-03T20:00:00Z ', '2024-12-03T20:00:00Z'],
  ['2024-12-03 20:00:00.250 ', '2024-12-03T20:00:00.25Z'],
  ['2024-12-03 20:00:00 | ', '2024-12-03T20:00:00Z'],
  ['[2024-12-03 20:00:00] ', '2024-12-03T20:00:00Z'],
  ['[2024-12-03T21:00:00.5+01:00] ', '2024-12-03T20:00:00.5Z'],
  ['[Tue Dec  3 20:00:00 2024] ', '2024-12-03T20:00:00Z'],
  ['Tue Dec  3 20:00:00 2024 ', '2024-12-03T20:00:00Z'],
  ['1733256000.125000 ', '2024-12-03T20:00:00.125Z'],
  ['Dec  3 20:00:00 ', 'yearless 12-03T20:00:00Z'],
];

describe('a console that was recorded with the time of each line', () => {
  it.each(HEADS)('%s', (head, at) => {
    const text = `${head}[   12.345678] ${MLX}\n${head}[   13.345678][  T123] ${MLX}\n`;
    expect(classify('capture', Buffer.from(text))).toMatchObject({ type: 'log', source: { kind: 'console' } });
    for (const kind of ['console', 'kernel', 'text'] as const) {
      const { lines } = readLog(text, { source: { kind, host: 'master-2' } });
      expect(lines.map(({ decoded }) => told(decoded))).toEqual([`${at} | - - - | ${MLX}`, `${at} | - - - | ${MLX}`]);
    }
  });

  it('keeps lines that are not the kernel’s', () => {
    const { lines } = readLog('[2024-12-03 20:00:00] [  OK  ] Started CRI-O.\n[2024-12-03 20:00:01] login:\n', {
      source: { kind: 'console' },
    });
    expect(lines.map(({ decoded }) => told(decoded))).toEqual([
      '2024-12-03T20:00:00Z | - - - | [  OK  ] Started CRI-O.',
      '2024-12-03T20:00:01Z | - - - | login:',
    ]);
  });

  it('is told from a journal whose messages start with a kernel time', () => {
    for (const line of [
      'Dec 03 20:00:00 master-2 kernel: [   12.345678] usb 1-1: new device',
      'Dec 03 20:00:00 kernel: [   12.345678] usb 1-1: new device',
    ]) {
      const { lines, summary } = readLog(`${line}\n`, { source: { kind: 'journal' } });
      expect(summary.format).toBe('journal-short');
      expect(lines[0]!.decoded).toMatchObject({ identifier: 'kernel', message: '[   12.345678] usb 1-1: new device' });
    }
  });

  it('is received from a netconsole by its address', () => {
    const { lines } = readLog(`2024-12-03T20:00:00+00:00 192.0.2.12 [   12.345678] ${MLX}\n`, {
      source: { kind: 'text' },
    });
    expect(told(lines[0]!.decoded)).toBe(`2024-12-03T20:00:00Z | - - - | ${MLX}`);
  });
});

describe('the memory that a crash leaves', () => {
  it.each([
    [
      'dmesg-erst-7331842932',
      `Panic#1 Part1\n<4>[   12.345678] ${MLX}\n<0>[   13.345678] Kernel panic - not syncing: Fatal exception\n`,
    ],
    [
      'dmesg-efi-173325600012001',
      `Oops#1 Part2\n[   12.345678] ${MLX}\nOops#1 Part1\n[   13.345678] Kernel panic - not syncing: Fatal exception\n`,
    ],
    ['vmcore-dmesg.txt', `[   12.345678] ${MLX}\n[   13.345678] Kernel panic - not syncing: Fatal exception\n`],
  ])('%s', (name, text) => {
    expect(classify(name, Buffer.from(text))).toMatchObject({ type: 'log', source: { kind: 'kernel' } });
    const { lines, summary } = readLog(text, { source: { kind: 'kernel' } });
    const kernel = lines.filter(({ text: line }) => line.includes('] ')).map(({ decoded }) => told(decoded));
    expect(kernel).toEqual([
      `monotonic 12.345678 | - - - | ${MLX}`,
      'monotonic 13.345678 | - - - | Kernel panic - not syncing: Fatal exception',
    ]);
    expect(summary.boots.every(({ ending }) => ending === undefined || ending === 'panic')).toBe(true);
  });
});
