import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countNewlines } from '../../../src/model/newlines.ts';
import { SOURCE_KINDS } from '../../../src/model/source.ts';
import { readLog } from './read-log.ts';

const PIECES: readonly string[] = [
  '2024-12-03T11:59:58.120345678+00:00 stderr F {"level":"info"}\n',
  '2024-12-03T11:59:58.401200034+00:00 stderr P first half\n',
  '2024-12-03T11:59:58.401201001+00:00 stdout P other stream\n',
  '2024-12-03T11:59:58.401201001+00:00 stderr F  second half\n',
  'Dec 03 20:00:00.123789 master-2 kubenswrapper[2511]: text\n',
  '                                second line\n',
  '-- Reboot --\n',
  '__REALTIME_TIMESTAMP=1733256003000001\nMESSAGE\n\x03\0\0\0\0\0\0\0a\nb\n\n',
  '{"__REALTIME_TIMESTAMP":"1733256000123789","MESSAGE":"one\\ntwo"}\n',
  '{\n\t"__REALTIME_TIMESTAMP" : "1733256000123789",\n\t"MESSAGE" : "x"\n}\n',
  'Tue 2024-12-03 20:00:00.123789 UTC [s=0;i=4a1f;b=1;m=6b;t=62;x=fe]\n    MESSAGE=y\n        z\n',
  '[   12.345678] i40e 0000:3b:00.0 eno1: NIC Link is Up\n',
  '\0\x1b[0;31m\r\n',
  '\n',
  'no newline',
  'x'.repeat(5000),
];

const content = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES).map((piece) => Buffer.from(piece, 'latin1')),
      fc.uint8Array({ maxLength: 40 }),
    ),
    {
      maxLength: 30,
    },
  )
  .map((parts) => Buffer.concat(parts));

const kind = fc.constantFrom(...SOURCE_KINDS);

describe('whatever the bytes', () => {
  test('chunking changes neither lines nor origins nor summary', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(content, sizes, kind, (bytes, chunks, sourceKind) => {
        const source = { kind: sourceKind };
        const whole = readLog(bytes, { source });
        const parts = readLog(bytes, { source, chunks });
        expect(parts.lines).toEqual(whole.lines);
        expect(parts.summary).toEqual(whole.summary);
        expect(parts.notes).toEqual(whole.notes);
      }),
      { numRuns: 300 },
    );
  });

  test('every line is counted, and regions are aligned', () => {
    fc.assert(
      fc.property(content, kind, (bytes, sourceKind) => {
        fc.pre(!(bytes[0]! >= 0xfe) && !(bytes[0] === 0xef && bytes[1] === 0xbb));
        const log = readLog(bytes, { source: { kind: sourceKind } });
        const newlines = bytes.filter((byte) => byte === 10).length;
        expect(log.summary.lines).toBe(newlines + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0));
        expect(log.ends).toBe(1);
        expect(log.regions.every(({ isAligned }) => isAligned)).toBe(true);
        for (const { line } of log.lines) expect(line).toBeLessThanOrEqual(Math.max(log.summary.lines, 1));
      }),
      { numRuns: 300 },
    );
  });

  test('newlines are counted right from and to any byte', () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 3000, max: 12 });
    fc.assert(
      fc.property(bytes, fc.nat(20), fc.nat(20), (array, from, less) => {
        const end = Math.max(array.length - less, 0);
        const start = Math.min(from, end);
        expect(countNewlines(array, start, end)).toBe(array.subarray(start, end).filter((byte) => byte === 10).length);
      }),
    );
  });
});

describe('regions', () => {
  test('hold the bytes of the file, cut at newlines', () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `2024-12-03T20:00:00.${String(i).padStart(9, '0')}Z line ${i}`,
    );
    const log = readLog(`${lines.join('\n')}\n`, { source: { kind: 'container' }, chunks: [70_000] });
    expect(log.regions.length).toBeGreaterThan(2);
    expect(log.regions.every(({ isWhole }) => isWhole)).toBe(true);
    expect(log.lines.map(({ text }) => text)).toEqual(lines);
    expect(log.lines.at(-1)!.line).toBe(20_000);
  });

  test('hold a line beyond the limit in pieces, as one line, with one note', () => {
    const long = 'y'.repeat(3_000_000);
    const log = readLog(`first\n${long}\n${long}\nlast\n`, { chunks: [100_000] });
    expect(log.summary.lines).toBe(4);
    expect(log.lines.at(-1)).toMatchObject({ text: 'last', line: 4 });
    expect(
      log.lines
        .filter(({ line }) => line === 2)
        .map(({ text }) => text)
        .join(''),
    ).toBe(long);
    expect(log.notes).toEqual(['a.log: 2 lines longer than 1048576 bytes were matched in pieces']);
  });

  test('are not made for an empty file', () => {
    const log = readLog('');
    expect([log.regions, log.summary.lines, log.ends]).toEqual([[], 0, 1]);
  });

  test('of a log that was cut short come with a note', () => {
    expect(readLog('half a li', { truncated: true }).notes).toEqual(['a.log: cut short; read up to the cut']);
  });
});

describe('encodings', () => {
  test.each(['utf16le', 'utf16be'])('%s with a byte order mark is read', (encoding) => {
    const bytes = Buffer.from('\ufeffDec 03 20:00:00 win-1 kubelet[1]: größer\r\n', 'utf16le');
    const log = readLog(encoding === 'utf16be' ? bytes.swap16() : bytes, { chunks: [1, 2, 7] });
    expect(log.summary.format).toBe('journal-short');
    expect(Buffer.from(log.lines[0]!.text, 'latin1').toString()).toBe('Dec 03 20:00:00 win-1 kubelet[1]: größer\r');
  });

  test('the mark of UTF-8 is dropped', () => {
    const log = readLog(Buffer.from('\ufeffI1203 20:00:00.123456    2511 a.go:1] x\n'), { chunks: [1] });
    expect([log.summary.format, log.lines[0]!.text[0]]).toEqual(['klog', 'I']);
  });
});

describe('pieces that the container runtime cut', () => {
  const log = readLog(
    [
      '2024-12-03T11:59:58.100000000+00:00 stderr F before P F',
      '2024-12-03T11:59:58.400000000+00:00 stderr P {"msg":"finished',
      '2024-12-03T11:59:58.500000000+00:00 stdout P out ',
      '2024-12-03T11:59:58.600000000+00:00 stderr P  scheduled',
      '2024-12-03T11:59:58.700000000+00:00 stderr F  compaction"}',
      '2024-12-03T11:59:58.800000000+00:00 stderr F after',
      '',
    ].join('\n'),
  );

  test('are joined for each stream, with time and line of the first', () => {
    expect(log.lines.map(({ text, line }) => `${line} ${text.slice(11)}`)).toEqual([
      '1 11:59:58.100000000+00:00 stderr F before P F',
      '2 11:59:58.400000000+00:00 stderr F {"msg":"finished scheduled compaction"}',
      '6 11:59:58.800000000+00:00 stderr F after',
      '3 11:59:58.500000000+00:00 stdout F out ',
    ]);
    expect(log.summary.lines).toBe(6);
  });

  test('are joined across regions, whose later lines keep their numbers', () => {
    const full = '2024-12-03T11:59:58.100000000+00:00 stderr F line';
    const piece = '2024-12-03T11:59:58.200000000+00:00 stderr P half';
    const lines = [...Array<string>(10_000).fill(full), piece, ...Array<string>(10_000).fill(full)];
    const read = readLog(`${lines.join('\n')}\n`);
    expect(read.lines.length).toBe(20_000);
    expect(read.lines[10_000]).toMatchObject({ text: piece.replace(' P ', ' F ').concat('line'), line: 10_001 });
    expect(read.lines.at(-1)!.line).toBe(20_001);
  });
});

describe('files that hold only what a collector complained', () => {
  test.each([
    [
      'journal',
      '-- No entries --\n\noptions present and query resolved to log files for [x]\ntry without specifying options\n',
    ],
    ['journal', 'log not found\n'],
    ['journal', 'journal output not available\n'],
    ['container', 'error: You must be logged in to the server (Unauthorized)\n'],
    ['container', 'unable to retrieve container logs for cri-o://0a1b2c'],
  ] as const)('%s: %s are left out', (sourceKind, text) => {
    const log = readLog(text, { source: { kind: sourceKind } });
    expect(log.lines).toEqual([]);
    expect(log.skipped).toEqual([expect.stringMatching(/^a\.log: collector error: /)]);
  });

  test('are logs where more stands in them', () => {
    const log = readLog('error: connection refused\nI1203 20:00:00.123456    2511 a.go:1] retry\n', {
      source: { kind: 'container' },
    });
    expect([log.lines.length, log.skipped]).toEqual([2, []]);
  });
});

test('dirty bytes stay in their lines', () => {
  const bytes = Buffer.from(
    '2024-12-03T20:00:00.000000001Z \x1b[31mERROR\x1b[0m 10%\r20%\n2024-12-03T20:00:01.000000001Z nul\0inside \xff\xfe end\n',
    'latin1',
  );
  const log = readLog(bytes, { source: { kind: 'container' } });
  expect(log.lines.map(({ decoded }) => decoded.message)).toEqual(['ERROR 10%\r20%', 'nul\0inside \xff\xfe end']);
});
