import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Surroundings } from '../../src/detect/surroundings.ts';

/** Reads the text in regions of the given numbers of lines, and asks for what stands around one line. */
function around(text: string, wanted: number, sizes: readonly number[]): { before: string[]; after: string[] } {
  const lines = text.split('\n').map((line, i, all) => (i < all.length - 1 ? `${line}\n` : line));
  const surroundings = new Surroundings();
  let found: ReturnType<Surroundings['around']> | undefined;
  for (let at = 0, region = 0; at < lines.length; region++) {
    const part = lines.slice(at, at + (sizes[region % sizes.length] ?? 1));
    // Regions stand anywhere in a buffer that is overwritten afterwards.
    const head = 'x\nyz\n';
    const bytes = Buffer.from(`${head}${part.join('')}\nrest\n`, 'latin1');
    const given = {
      bytes,
      start: head.length,
      end: head.length + part.join('').length,
      linesBefore: at,
    };
    if (given.end > given.start) {
      surroundings.enter(given);
      if (wanted >= at && wanted < at + part.length) {
        const start = head.length + part.slice(0, wanted - at).join('').length;
        found = surroundings.around(given, start, start + lines[wanted]!.replace('\n', '').length);
      }
      surroundings.leave(given);
    }
    bytes.fill(0);
    at += part.length;
  }
  return { before: [...(found?.before ?? [])], after: [...(found?.after ?? [])] };
}

describe('Surroundings', () => {
  it('keeps two lines before and after', () => {
    expect(around('a\nb\nc\nd\ne\nf\n', 3, [10])).toEqual({ before: ['b', 'c'], after: ['e', 'f'] });
    expect(around('a\nb\nc', 0, [10])).toEqual({ before: [], after: ['b', 'c'] });
    expect(around('a\nb\nc', 2, [10])).toEqual({ before: ['a', 'b'], after: [] });
    expect(around('\n\nx\n\n\n', 2, [10])).toEqual({ before: ['', ''], after: ['', ''] });
  });

  it('cuts long lines', () => {
    const { before, after } = around(`${'a'.repeat(9000)}\nb\n${'c'.repeat(9000)}\n`, 1, [1]);
    expect([before[0]?.length, after[0]?.length]).toEqual([400, 400]);
  });

  it('does not depend on where the regions end', () => {
    const line = fc.stringMatching(/^[a-c]{0,4}$/);
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.nat(11),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
        (lines, at, sizes) => {
          const wanted = at % lines.length;
          const last = lines.length - 1;
          // The end of the last line ends the file: an empty one after it is no line.
          fc.pre(lines[last] !== '' && wanted <= last);
          expect(around(lines.join('\n'), wanted, sizes)).toEqual({
            before: lines.slice(Math.max(0, wanted - 2), wanted),
            after: lines.slice(wanted + 1, wanted + 3),
          });
        },
      ),
    );
  });
});
