import { describe, expect, it } from 'vitest';
import { openLines } from '../../../src/ingest/lines/open-lines.ts';
import { wrapWidth } from '../../../src/ingest/lines/wrap-joiner.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';

const TURNS = 6000;
const whole = Array.from(
  { length: TURNS },
  (_, turn) =>
    `[${(55 + turn).toFixed(6).padStart(12)}] mlx5_core 0000:3b:00.1: mlx5_query_module_id:315:(pid 2871): query_mcia_reg failed: status: 0x3`,
);

function wrapped(width: number, end = '\n'): string {
  return whole.map((line) => line.match(new RegExp(`.{1,${width}}`, 'g'))!.join(end) + end).join('');
}

function read(text: string): { readonly lines: string[]; readonly numbers: number[] } {
  const lines: string[] = [];
  const numbers: number[] = [];
  const sink = {
    region({ bytes, start, end, origins }: Parameters<Parameters<typeof openLines>[1]['region']>[0]) {
      lines.push(...Buffer.from(bytes.subarray(start, end)).toString().split('\n').slice(0, -1));
      numbers.push(...Array.from(origins?.lines ?? []));
    },
    end: () => undefined,
  };
  const reader = openLines({ path: 'sol.log', kind: 'console' }, sink, {
    limits: DEFAULT_LIMITS,
    notes: { note: () => undefined, skip: () => undefined },
    summary: () => undefined,
  });
  reader.write(Buffer.from(text));
  reader.end(false);
  return { lines, numbers };
}

describe('a console whose lines a terminal broke', () => {
  it.each([
    [80, '\n'],
    [80, '\r\n'],
    [100, '\n'],
  ])('at %d columns has its lines put together, with the number of their first piece', (width, end) => {
    const { lines, numbers } = read(wrapped(width, end));
    expect(lines).toEqual(whole);
    expect(numbers).toEqual(whole.map((_, turn) => turn * 2 + 1));
  });
});

describe('lines are left as they are', () => {
  it.each([
    ['that are short of any width', whole.join('\n')],
    ['that end where they end', `${'[    1.000000] a\n'.repeat(9)}${whole.slice(0, 9).join('\n')}\n`],
    ['of which one is longer', `${wrapped(80)}${'x'.repeat(200)}\n`],
  ])('%s', (_what, text) => {
    expect(wrapWidth(text)).toBeUndefined();
  });
});
