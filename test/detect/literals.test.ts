import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prefilter } from '../../src/detect/literals.ts';

function places(literals: readonly string[], text: string, ignoreCase = false, shift = 0): string[] {
  const prefilter = new Prefilter(literals.map((literal) => ({ text: literal, ignoreCase })));
  const padded = new Uint8Array(Buffer.concat([Buffer.alloc(shift, 0x78), Buffer.from(text)]));
  const found: string[] = [];
  prefilter.scan(padded, shift, padded.length, (literal, offset) =>
    found.push(`${literals[literal]}@${offset - shift}`),
  );
  return found.sort();
}

function placesByIndexOf(literals: readonly string[], text: string): string[] {
  const bytes = Buffer.from(text);
  const found: string[] = [];
  for (const literal of new Set(literals)) {
    for (let at = bytes.indexOf(literal); at >= 0; at = bytes.indexOf(literal, at + 1)) found.push(`${literal}@${at}`);
  }
  return found.sort();
}

describe('Prefilter', () => {
  it('finds a literal at each alignment', () => {
    for (const lead of ['', 'x', 'xx', 'xxx', 'xxxx']) {
      expect(places(['slow fdatasync'], `${lead}slow fdatasync`)).toEqual([`slow fdatasync@${lead.length}`]);
    }
  });

  it('finds a literal of the shortest length that is allowed, and refuses a shorter one', () => {
    expect(places(['1234567'], 'a1234567b')).toEqual(['1234567@1']);
    expect(() => new Prefilter([{ text: '123456', ignoreCase: false }])).toThrow(RangeError);
  });

  it('tells case apart unless asked not to', () => {
    expect(places(['Timeout reached'], 'timeout reached')).toEqual([]);
    expect(places(['Timeout reached'], 'TIMEOUT Reached', true)).toEqual(['Timeout reached@0']);
  });

  it('does not reach over the ends of the region', () => {
    const prefilter = new Prefilter([{ text: 'needle-in-hay', ignoreCase: false }]);
    const bytes = new TextEncoder().encode('needle-in-hay needle-in-hay');
    const found: number[] = [];
    prefilter.scan(bytes, 1, bytes.length - 1, (_, offset) => found.push(offset));
    expect(found).toEqual([]);
  });

  it('finds the bytes of literals beyond ASCII', () => {
    expect(places(['Gerät nicht'], 'das Gerät nicht gefunden')).toEqual(['Gerät nicht@4']);
  });

  it('agrees with indexOf on any text at any alignment of the buffer', () => {
    const alphabet = fc.constantFrom('a', 'b', 'B', ' ', ':', '\n');
    const literal = fc.string({ unit: alphabet, minLength: 7, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.uniqueArray(literal, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(7), { maxLength: 12 }),
        fc.nat(3),
        (literals, order, shift) => {
          const text = order.map((n) => (n < literals.length ? literals[n] : 'ab:'.slice(0, n % 4))).join('a');
          expect(places(literals, text, false, shift)).toEqual(placesByIndexOf(literals, text));
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});
