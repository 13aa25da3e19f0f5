import { describe, expect, it } from 'vitest';
import { Novelties } from '../../../src/detect/novelty/novelties.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { LineDecoder } from '../../../src/model/log-line.ts';
import type { Source } from '../../../src/model/source.ts';
import { HOUR, MINUTE, parseTime, SECOND } from '../../../src/model/time.ts';
import { finding } from '../../support/findings.ts';

const ONSET = parseTime('2026-01-05T10:00:00Z')!;
const START = ONSET - 3 * HOUR;
const END = ONSET + HOUR;

/** `<µs> E0105 10:00:00 message` */
const decoder: LineDecoder = {
  format: 'test',
  decode(line) {
    const [, micros, message] = /^(\d+) (.*)$/s.exec(line)!;
    return { at: { clock: 'absolute', micros: Number(micros) }, message: message! };
  },
};

const line = (at: number, message: string, level = 'E') => `${at} ${level}0105 10:00:00.000000 1 x.go:1] ${message}\n`;

/** Lines every `every` from `from` to `to`. */
function each(from: number, to: number, every: number, message: string, level = 'E'): string[] {
  const lines: string[] = [];
  for (let at = from; at < to; at += every) lines.push(line(at, message, level));
  return lines;
}

interface Told {
  readonly findings?: readonly Finding[];
  readonly start?: number;
  /** Bytes of a region; whole lines. */
  readonly region?: number;
}

function changes(
  logs: Readonly<Record<string, readonly string[]>>,
  { findings = [], start = START, region = 1e9 }: Told = {},
) {
  const novelties = new Novelties();
  for (const [path, lines] of Object.entries(logs)) {
    const source: Source = { path, kind: 'container' };
    const sink = novelties.watch(source, { region() {}, end() {} });
    let linesBefore = 0;
    let held: string[] = [];
    let length = 0;
    const flush = (): void => {
      const bytes = Buffer.from(held.join(''));
      sink.region({ bytes, start: 0, end: bytes.length, linesBefore }, decoder);
      linesBefore += held.length;
      held = [];
      length = 0;
    };
    const sorted = lines.toSorted((a, b) => Number(a.split(' ')[0]) - Number(b.split(' ')[0]));
    for (const one of sorted) {
      held.push(one);
      length += one.length;
      if (length >= region) flush();
    }
    flush();
    sink.end();
  }
  return novelties.changes(
    ONSET,
    findings,
    (_, __, { micros }) => micros,
    () => ({ from: start, to: END }),
  );
}

const quiet = each(START, END, MINUTE, 'synced 12 objects', 'I');

describe('around the onset', () => {
  it('an error that was never there before is told, with its first line', () => {
    const log = [...quiet, line(ONSET - 5 * MINUTE, 'lost lease 17'), line(ONSET + MINUTE, 'lost lease 18')];
    const [change, ...others] = changes({ 'a.log': log });
    expect(others).toEqual([]);
    expect(change).toMatchObject({ kind: 'first', source: 'a.log', count: 2, from: ONSET - 5 * MINUTE, logs: 1 });
    expect(change!.template).toContain('lost lease #');
    expect(change!.evidence).toMatchObject([{ source: 'a.log', line: 177, at: ONSET - 5 * MINUTE }]);
    expect(change!.evidence[0]!.text).toContain('lost lease 17');
  });

  it('an error that comes much more often is told with both rates', () => {
    const log = [...quiet, ...each(START, ONSET, HOUR, 'slow 1'), ...each(ONSET, END, 30 * SECOND, 'slow 1')];
    expect(changes({ 'a.log': log })).toMatchObject([
      { kind: 'rate', count: 120, perHourBefore: 1, perHourAfter: 120, from: START },
    ]);
  });

  it('the same in several logs is told once', () => {
    const log = (n: number) => [...quiet, line(ONSET - n * MINUTE, 'lost lease 17')];
    expect(changes({ 'a.log': log(3), 'b.log': log(4) })).toMatchObject([{ source: 'b.log', logs: 2, count: 2 }]);
  });
});

describe('nothing is told', () => {
  it('of errors that go on as before, came long before or long after, or are no errors', () => {
    const log = [
      ...quiet,
      ...each(START, END, MINUTE, 'always so'),
      line(START + MINUTE, 'once, long ago'),
      line(ONSET + 30 * MINUTE, 'an aftermath'),
      line(ONSET - MINUTE, 'a note', 'I'),
    ];
    expect(changes({ 'a.log': log })).toEqual([]);
  });

  it('of what a finding has as evidence, nor by a log that begins too late', () => {
    const text = line(ONSET - MINUTE, 'lost lease 17');
    const known = finding('lease-lost', ['node:m1'], {
      evidence: [{ source: 'b.log', text: text.trim(), repeats: 1 }],
    });
    expect(changes({ 'a.log': [...quiet, text] }, { findings: [known] })).toEqual([]);
    expect(changes({ 'a.log': [...quiet, text] }, { start: ONSET - 10 * MINUTE })).toEqual([]);
  });
});

it('does not depend on how a log is cut into regions, and is bounded', () => {
  const many = Array.from({ length: 9000 }, (_, n) =>
    line(ONSET - 20 * MINUTE + n * 1000, `fault ${'x'.repeat(n % 300)}`),
  );
  const whole = changes({ 'a.log': [...quiet, ...many] });
  expect(whole.length).toBeGreaterThan(0);
  expect(whole.length).toBeLessThanOrEqual(20);
  expect(changes({ 'a.log': [...quiet, ...many] }, { region: 5000 })).toEqual(whole);
});
