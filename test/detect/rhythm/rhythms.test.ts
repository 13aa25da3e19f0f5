import { describe, expect, it } from 'vitest';
import { Rhythms } from '../../../src/detect/rhythm/rhythms.ts';
import { templateOf } from '../../../src/detect/rhythm/template.ts';
import { openLines } from '../../../src/ingest/lines/open-lines.ts';
import type { Anomaly } from '../../../src/model/anomaly.ts';
import type { SourceSummary } from '../../../src/model/ingest.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type { LineSink } from '../../../src/model/log-line.ts';
import type { SourceKind } from '../../../src/model/source.ts';
import { formatTime, HOUR, SECOND } from '../../../src/model/time.ts';
import { finding } from '../../support/findings.ts';

const START = Date.UTC(2024, 11, 3, 20) * 1000;
const SILENT: LineSink = { region: () => undefined, end: () => undefined };

interface Given {
  readonly kind?: SourceKind;
  readonly gatheredAt?: number;
  readonly evidence?: string;
  readonly logs?: number;
}

function anomalies(text: string, given: Given = {}): readonly Anomaly[] {
  const rhythms = new Rhythms();
  const summaries: SourceSummary[] = [];
  for (let log = 0; log < (given.logs ?? 1); log++) {
    const source = { path: `${log}.log`, kind: given.kind ?? 'journal', host: 'm0' } as const;
    const reader = openLines(source, rhythms.watch(source, SILENT), {
      limits: DEFAULT_LIMITS,
      notes: { note: () => undefined, skip: () => undefined },
      summary: (summary) => void summaries.push(summary),
    });
    reader.write(Buffer.from(text));
    reader.end(false);
  }
  const findings =
    given.evidence === undefined
      ? []
      : [{ ...finding('f', ['node:m0']), evidence: [{ source: '0.log', line: 1, text: given.evidence, repeats: 1 }] }];
  const logOf = (path: string) => summaries.find((summary) => summary.source.path === path);
  return rhythms.anomalies(findings, (_source, _host, stamp) => stamp.micros, given.gatheredAt, logOf);
}

/** `count` lines, so many seconds apart. */
function lines(count: number, spacing: number, message: (turn: number) => string): string {
  return Array.from({ length: count }, (_, turn) => {
    const time = formatTime(START + turn * spacing * SECOND + 123).slice(0, 26);
    return `${time}+0000 m0 mounter[${turn + 1}]: ${message(turn)}\n`;
  }).join('');
}

const loop = (turn: number): string =>
  `failed to attach volume ${0x3fa0000 + turn} at 10.0.0.${turn % 250}:3260, retrying`;

describe('a loop that no signature names', () => {
  it('is told with its template, its rhythm and its last line', () => {
    const text = lines(3000, 5, loop);
    expect(anomalies(text)).toEqual([
      {
        source: '0.log',
        host: 'm0',
        template: 'failed to attach volume # at #, retrying',
        logs: 1,
        count: 3000,
        share: 1,
        medianSpacing: 5 * SECOND,
        jitter: 0,
        from: START + 123,
        until: START + 2999 * 5 * SECOND + 123,
        evidence: [
          { source: '0.log', line: 3000, at: expect.any(Number), text: text.trimEnd().split('\n').at(-1), repeats: 1 },
          { source: '0.log', line: 1, at: START + 123, text: text.split('\n')[0], repeats: 1 },
        ],
      },
    ]);
  });

  it('is told once where several logs end in it', () => {
    expect(anomalies(lines(100, 5, loop), { logs: 7 })).toMatchObject([{ source: '0.log', logs: 7 }]);
  });

  it('is not told where a finding has its lines as evidence', () => {
    const named = lines(4000, 5, loop).split('\n')[77]!;
    expect(anomalies(lines(3000, 5, loop), { evidence: named })).toEqual([]);
  });

  it('is found between other lines', () => {
    const mixed = lines(300, 5, (turn) => (turn % 2 === 0 ? loop(turn) : `I am at work ${turn} as ever`));
    expect(anomalies(mixed)).toMatchObject([{ share: 0.5, medianSpacing: 10 * SECOND }]);
  });
});

describe('a loop in a log that grew quiet', () => {
  const stamp = (seconds: number) => formatTime(START + seconds * SECOND + 123).slice(0, 26);
  const line = (seconds: number, text: string) => `${stamp(seconds)}+0000 m0 mounter[7]: ${text}\n`;
  const before = Array.from({ length: 300 }, (_, at) => line(at, `synchronised ${at} volumes as ever`)).join('');
  const turns = (count: number, spacing: number, beside = 0) =>
    Array.from({ length: count }, (_, turn) => {
      const at = 300 + turn * spacing;
      return line(at, loop(turn)) + Array.from({ length: beside }, () => line(at, 'at work')).join('');
    }).join('');

  it('is told though its lines are few among the last', () => {
    expect(anomalies(before + turns(30, 300))).toMatchObject([{ count: 30, medianSpacing: 300 * SECOND }]);
  });

  it('that backs off is told', () => {
    const delays = Array.from({ length: 40 }, (_, turn) => Math.min(2 ** turn, 300));
    const at = delays.map((_, turn) => 300 + delays.slice(0, turn).reduce((sum, delay) => sum + delay, 0));
    expect(anomalies(before + at.map((seconds, turn) => line(seconds, loop(turn))).join(''))).toHaveLength(1);
  });

  it('is not told where it is a burst, or has more beside it than turns', () => {
    expect(anomalies(before + turns(25, 1))).toEqual([]);
    expect(anomalies(before + turns(30, 300, 3))).toEqual([]);
  });
});

describe('the turns of a loop that began long ago', () => {
  const QUIET = 40_000;
  const TURNS = 50_000;
  const at = (turn: number) => formatTime(START + turn * SECOND + 5).slice(0, 26);
  const line = (turn: number, text: string) => `${at(turn)}+0000 m0 mounter[7]: ${text}\n`;
  const quiet = Array.from({ length: QUIET }, (_, turn) => line(turn, `synchronised ${turn} volumes as ever`)).join('');
  const turns = (from: number, count: number) =>
    Array.from({ length: count }, (_, turn) => line(from + turn, loop(turn) + (turn % 3 === 0 ? '' : ' again')));

  it('are all counted, from the first one on', () => {
    const loops = Array.from({ length: TURNS }, (_, turn) => line(QUIET + turn, loop(turn))).join('');
    expect(anomalies(quiet + loops)).toMatchObject([
      {
        count: TURNS,
        from: START + QUIET * SECOND + 5,
        until: START + (QUIET + TURNS - 1) * SECOND + 5,
        medianSpacing: SECOND,
        evidence: [{ line: QUIET + TURNS }, { line: QUIET + 1, text: loops.split('\n')[0] }],
      },
    ]);
  });

  it('are counted apart where two loops take turns, one of which has all the words of the other', () => {
    expect(anomalies(quiet + turns(QUIET, 30_000).join(''))).toMatchObject([
      {
        count: 20_000,
        template: 'failed to attach volume # at #, retrying again',
        from: START + (QUIET + 1) * SECOND + 5,
      },
      { count: 10_000, template: 'failed to attach volume # at #, retrying', from: START + QUIET * SECOND + 5 },
    ]);
  });

  it('are counted from the last time that it began', () => {
    const first = turns(0, 10_000).join('');
    const again = Array.from({ length: 9000 }, (_, turn) => line(60_000 + turn, loop(turn))).join('');
    expect(anomalies(first + quiet + again)).toMatchObject([{ count: 9000, from: START + 60_000 * SECOND + 5 }]);
  });

  it('are counted in a journal that was no text', () => {
    const entries = Array.from({ length: 20_000 }, (_, turn) =>
      JSON.stringify({
        __REALTIME_TIMESTAMP: String(START + turn * SECOND),
        _HOSTNAME: 'm0',
        SYSLOG_IDENTIFIER: 'mounter',
        MESSAGE: turn < 5000 ? `synchronised ${turn} volumes as ever` : loop(turn),
      }),
    );
    expect(anomalies(`${entries.join('\n')}\n`)).toMatchObject([
      { count: 15_000, from: START + 5000 * SECOND, evidence: [{ line: 20_000 }, { line: 5001 }] },
    ]);
  });
});

describe('no anomaly is', () => {
  it.each([
    ['a line that repeats without a word of trouble', lines(500, 5, () => 'probe succeeded')],
    ['an info line that speaks of errors', lines(500, 5, () => 'I1203 20:00:00.000000 1 reflector.go:1] no error yet')],
    ['a loop that ended', lines(300, 5, loop) + lines(300, 5, (turn) => `attached ${turn}`)],
    ['a few errors', lines(12, 5, loop)],
    [
      'errors that all differ',
      lines(300, 5, (turn) => `failed: ${'abcdefghij'.repeat(3).slice(turn % 30)}${'x'.repeat(turn % 17)}`),
    ],
    ['a burst', lines(300, 0, loop)],
    ['a line every hour', lines(300, 3600, loop)],
    ['an empty log', ''],
  ])('%s', (_what, text) => {
    expect(anomalies(text)).toEqual([]);
  });

  it('what a container said long before the gather', () => {
    const text = lines(300, 5, loop);
    const end = START + 300 * 5 * SECOND;
    expect(anomalies(text, { kind: 'container', gatheredAt: end + 60 * SECOND })).toHaveLength(1);
    expect(anomalies(text, { kind: 'container', gatheredAt: end + HOUR })).toEqual([]);
    expect(anomalies(text, { kind: 'journal', gatheredAt: end + HOUR })).toHaveLength(1);
  });
});

describe('templates', () => {
  it.each([
    ['pod 3f2a1b4c-0000-4000-8000-1234567890ab at 0xffff88 took 1.5s', 'pod # at # took #s'],
    ['mlx5_core 0000:3b:00.1: query failed', 'mlx5_core #: query failed'],
    ['decade facade', 'decade facade'],
  ])('%s', (text, template) => {
    expect(templateOf(text)).toBe(template);
  });
});
