import { describe, expect, it } from 'vitest';
import { errorLines } from '../../../src/detect/novelty/error-lines.ts';
import { Detection } from '../../../src/detect/run.ts';
import type { LineDecoder, LineRegion } from '../../../src/model/log-line.ts';

const decoder: LineDecoder = { format: 'test', decode: (message) => ({ message }) };
const ERRORS = [
  'E0105 10:00:00.000000 1 x.go:1] klog',
  'time="2026-01-05T10:00:00Z" level=error msg="logrus, level=error twice"',
  '{"level":"error","msg":"zap"}',
  '2026-01-05T10:00:00Z ERROR java',
];
const OTHERS = [
  'I0105 10:00:00.000000 1 x.go:1] E0 of nothing',
  `${'x'.repeat(400)} level=error too far from the start`,
  'an ERROR that no logger wrote',
];

describe('errorLines', () => {
  it.each([0, 1, 2, 3])('finds the same by the places that the scan for literals has found, %i bytes on', (shift) => {
    const head = 'x'.repeat(shift);
    const text = [head, ...OTHERS, ...ERRORS, ...OTHERS, ...ERRORS].join('\n');
    const bytes = Buffer.from(`${text}\n`);
    const region: LineRegion = { bytes, start: shift, end: bytes.length, linesBefore: 0 };
    const marks: number[] = [];
    const sink = new Detection([], []).log({ path: 'a', kind: 'container' }, marks);
    sink.region(region, decoder);
    const found = errorLines(region, 100, marks);
    expect(found.map((line) => line.text)).toEqual([...ERRORS, ...ERRORS]);
    expect(found).toEqual(errorLines(region, 100));
    expect(found.every(({ at, text: line }) => bytes.toString('latin1', at, at + line.length) === line)).toBe(true);
  });

  it('takes none of an earlier region', () => {
    const marks: number[] = [];
    const sink = new Detection([], []).log({ path: 'a', kind: 'journal' }, marks);
    for (const text of ['level=error one\n', 'level=info none\n']) {
      const bytes = Buffer.from(text);
      sink.region({ bytes, start: 0, end: bytes.length, linesBefore: 0 }, decoder);
    }
    expect(marks).toEqual([]);
  });
});
