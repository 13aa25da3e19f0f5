import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newestTime, placeTimes } from '../../../src/ingest/clock/place-times.ts';
import { yearNotes } from '../../../src/ingest/clock/year-of-log.ts';
import { parserOf } from '../../../src/ingest/lines/formats.ts';
import type { SourceSummary } from '../../../src/model/ingest.ts';
import { type Clock, formatTime, parseTime, type Stamp } from '../../../src/model/time.ts';

const GATHERED = at('2024-12-03T20:30:00Z');

function at(text: string): number {
  return parseTime(text)!;
}

function stamp(clock: Clock, micros: number): Stamp {
  return { clock, micros };
}

function yearless(text: string): Stamp {
  return stamp('yearless', at(`2000-${text}`) - at('2000-01-01T00:00:00Z'));
}

function summary(path: string, more: Partial<SourceSummary> = {}): SourceSummary {
  return { source: { path, kind: 'journal' }, format: 'journal-short', lines: 1, hosts: [], boots: [], ...more };
}

function placed(summaries: readonly SourceSummary[], gatheredAt: number | undefined, line: Stamp): string {
  const time = placeTimes(summaries, gatheredAt)('a', undefined, line);
  return time === undefined ? 'unknown' : formatTime(time);
}

describe('a yearless line', () => {
  test.each([
    ['12-03T20:29:59Z', '2024-12-03T20:29:59Z'],
    ['12-04T20:29:59Z', '2024-12-04T20:29:59Z'],
    ['12-04T20:30:01Z', '2023-12-04T20:30:01Z'],
    ['01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['02-29T12:00:00Z', '2024-02-29T12:00:00Z'],
    ['03-01T00:00:00Z', '2024-03-01T00:00:00Z'],
    ['12-31T23:59:59.999999Z', '2023-12-31T23:59:59.999999Z'],
  ])('of %s is of the latest year that does not put it after the gather: %s', (line, expected) => {
    expect(placed([summary('a')], GATHERED, yearless(line))).toBe(expected);
  });

  test('of a gather just before midnight of New Year may be of the new year', () => {
    expect(placed([], at('2024-12-31T23:59:00Z'), yearless('01-01T06:00:00Z'))).toBe('2025-01-01T06:00:00Z');
  });

  test('of February 29 goes back to a leap year', () => {
    expect(placed([], at('2023-06-01T00:00:00Z'), yearless('02-29T12:00:00Z'))).toBe('2020-02-29T12:00:00Z');
    expect(placed([], at('1904-02-01T00:00:00Z'), yearless('02-29T12:00:00Z'))).toBe('1896-02-29T12:00:00Z');
  });

  test('goes by what its own log says of the year before the gather time', () => {
    const header = { from: at('2019-01-01T00:00:00Z'), to: at('2021-08-03T10:14:01Z') };
    expect(placed([summary('a', { header })], GATHERED, yearless('12-03T20:00:00Z'))).toBe('2020-12-03T20:00:00Z');
    const last = stamp('absolute', at('2021-08-03T10:14:01Z'));
    expect(placed([summary('a', { last })], GATHERED, yearless('08-03T10:00:00Z'))).toBe('2021-08-03T10:00:00Z');
  });

  test('goes by any other log where there is no gather time, and else stays unplaced', () => {
    const other = summary('b', { last: stamp('absolute', at('2022-03-01T00:00:00Z')) });
    expect(placed([summary('a'), other], undefined, yearless('12-03T20:00:00Z'))).toBe('2021-12-03T20:00:00Z');
    expect(placed([summary('a')], undefined, yearless('12-03T20:00:00Z'))).toBe('unknown');
  });

  test('lies within a year and a day before the limit, or is a leap day', () => {
    const text = fc.date({ min: new Date('2000-01-01'), max: new Date('2000-12-31T23:59:59Z'), noInvalidDate: true });
    const gathered = fc.date({ min: new Date('1980-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(text, gathered, (day, end) => {
        const line = stamp('yearless', (day.getTime() - Date.UTC(2000, 0, 1)) * 1000);
        const time = placeTimes([], end.getTime() * 1000)('a', undefined, line)! / 1000;
        const limit = end.getTime() + 86_400_000;
        expect(time).toBeLessThanOrEqual(limit);
        expect(new Date(time).toISOString().slice(5)).toBe(day.toISOString().slice(5));
        if (!day.toISOString().includes('-02-29')) expect(limit - time).toBeLessThanOrEqual(366 * 86_400_000);
      }),
    );
  });
});

describe('a line in time since boot', () => {
  const boot = (text: string): SourceSummary['boots'][number] => ({ at: stamp('absolute', at(text)), line: 1 });
  const line = stamp('monotonic', 60_000_000);

  test('is placed by the boot that its own log shows', () => {
    expect(placed([summary('a', { boots: [boot('2024-12-03T12:00:00Z')] })], GATHERED, line)).toBe(
      '2024-12-03T12:01:00Z',
    );
  });

  test('is placed by the last boot of its host in another log, by short name', () => {
    const journal = summary('b', {
      boots: [
        { host: 'master-2', at: yearless('12-03T12:00:00Z'), line: 1 },
        { host: 'master-2', at: yearless('11-03T12:00:00Z'), line: 1 },
        { host: 'master-1', at: yearless('12-03T13:00:00Z'), line: 1 },
      ],
    });
    const place = placeTimes([journal, summary('a')], GATHERED);
    expect(formatTime(place('a', 'master-2.lab.example.com', line)!)).toBe('2024-12-03T12:01:00Z');
    expect(place('a', 'master-0', line)).toBeUndefined();
    expect(place('a', undefined, line)).toBeUndefined();
  });

  test('is not placed by a boot that has no place itself', () => {
    expect(placed([summary('a', { boots: [{ at: stamp('monotonic', 0), line: 1 }] })], GATHERED, line)).toBe('unknown');
  });
});

describe('the newest time', () => {
  test('is that of any header, line or host', () => {
    const one = stamp('absolute', 1);
    expect(newestTime([summary('a', { first: one, last: stamp('yearless', 9e15) }), summary('b')])).toBe(1);
    expect(newestTime([summary('a', { last: one, header: { from: 0, to: 2 } })])).toBe(2);
    expect(newestTime([summary('a', { hosts: [{ host: 'x', last: stamp('absolute', 3) }] })])).toBe(3);
    expect(newestTime([summary('a')])).toBeUndefined();
  });
});

describe('times written in any form', () => {
  const micros = fc.integer({ min: at('1971-01-01T00:00:00Z'), max: at('2199-12-31T23:59:59Z') });

  test('come back as they were', () => {
    fc.assert(
      fc.property(micros, (time) => {
        const iso = new Date(Math.floor(time / 1000)).toISOString().slice(0, 19);
        const fraction = String(time % 1_000_000).padStart(6, '0');
        const read = (format: Parameters<typeof parserOf>[0], line: string): number | undefined =>
          parserOf(format)(line)?.at?.micros;
        expect(read('container', `${iso}.${fraction}789Z x`)).toBe(time);
        expect(read('journal-short-iso-precise', `${iso}.${fraction}+0000 h a[1]: x`)).toBe(time);
        expect(read('journal-short-unix', `${Math.floor(time / 1e6)}.${fraction} h a[1]: x`)).toBe(time);
        expect(read('json', `{"time":"${iso}.${fraction}Z"}`)).toBe(time);
        const klog = `I${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11)}.${fraction}       1 a.go:1] x`;
        const back = placeTimes([], time)('a', undefined, parserOf('klog')(klog)!.at!);
        expect(back).toBe(time);
      }),
    );
  });
});

describe('a yearless log where only a file’s age stands for the gather time', () => {
  const AGE = at('2026-06-10T08:00:00Z');
  const last = yearless('12-03T20:00:00Z');
  const dated = (path: string, end: string): SourceSummary => summary(path, { last: stamp('absolute', at(end)) });

  function year(logs: readonly SourceSummary[], line = last, path = 'up/a'): string {
    const time = placeTimes([summary(path, { last: line }), ...logs], AGE, undefined, true)(path, undefined, line);
    return formatTime(time!).slice(0, 10);
  }

  test('takes the year from a log beside it that states whole dates', () => {
    expect(year([dated('up/agent.log', '2024-12-03T20:10:00Z')])).toBe('2024-12-03');
    expect(year([dated('up/agent.log', '2024-12-01T00:00:00Z')])).toBe('2024-12-03');
    expect(year([dated('up/sub/agent.log', '2024-12-03T20:10:00Z')])).toBe('2024-12-03');
    expect(year([dated('other.log', '2024-12-03T20:10:00Z')])).toBe('2024-12-03');
  });

  test('ends next to it, also in the next year', () => {
    expect(year([dated('up/agent.log', '2024-12-30T00:00:00Z')], yearless('01-02T00:00:00Z'))).toBe('2025-01-02');
    expect(year([dated('up/agent.log', '2025-01-02T00:00:00Z')], yearless('12-30T00:00:00Z'))).toBe('2024-12-30');
    expect(year([dated('up/agent.log', '2026-06-01T00:00:00Z')], yearless('06-20T00:00:00Z'))).toBe('2025-06-20');
  });

  test('goes by the innermost folder that holds one', () => {
    const logs = [dated('up/agent.log', '2024-12-03T20:10:00Z'), dated('other.log', '2026-06-09T00:00:00Z')];
    expect(year(logs)).toBe('2024-12-03');
  });

  test('keeps the year that the age tells where it ends within a day of it, and where nothing else tells', () => {
    expect(year([dated('up/old.log', '2022-01-01T00:00:00Z')], yearless('06-10T07:59:00Z'))).toBe('2026-06-10');
    expect(year([])).toBe('2025-12-03');
  });

  test('says in a note where the year came from', () => {
    const plain = summary('up/a', { last });
    const notes = (logs: readonly SourceSummary[], age?: string): string[] =>
      yearNotes([plain, ...logs], AGE, age, undefined);
    expect(notes([dated('up/agent.log', '2024-12-03T20:10:00Z')], 'up/ps')).toEqual([
      '1 journal log (up/a) states no year: it is taken from up/agent.log, the log beside it that states whole dates.',
    ]);
    expect(notes([], 'up/ps')).toEqual([
      '1 journal log (up/a) states no year: it is taken from the age of up/ps, 2026-06-10T08:00:00Z: a file that was changed since then would put them in a later one.',
    ]);
    expect(notes([])).toEqual([]);
    expect(yearNotes([dated('up/b', '2024-12-03T20:10:00Z')], AGE, 'up/ps', undefined)).toEqual([]);
  });
});
