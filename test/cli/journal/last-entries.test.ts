import { describe, expect, it } from 'vitest';
import { LastEntries } from '../../../src/cli/journal/last-entries.ts';

const MIB = 1024 * 1024;

function reversed(kept: LastEntries): string[] {
  const entries: string[] = [];
  kept.takeReversed((entry) => entries.push(Buffer.from(entry).toString()));
  return entries;
}

describe('the last entries', () => {
  it('come back the last one first, whole where they came in pieces', () => {
    const kept = new LastEntries(4 * MIB);
    kept.add(Buffer.from('one\n'));
    kept.endEntry();
    kept.add(Buffer.from('tw'));
    kept.add(Buffer.from('o\n'));
    kept.endEntry();
    expect(reversed(kept)).toEqual(['two\n', 'one\n']);
    expect(reversed(kept)).toEqual([]);
  });

  it('give up the first ones beyond the memory allowed, and tell how many', () => {
    const kept = new LastEntries(2 * MIB);
    const entries = Array.from({ length: 5000 }, (_, i) => String(i).padEnd(1000, '.'));
    for (const entry of entries) {
      kept.add(Buffer.from(entry));
      kept.endEntry();
    }
    const dropped = kept.dropped;
    expect(dropped).toBeGreaterThanOrEqual(5000 - (2 * MIB) / 1000);
    expect(dropped).toBeLessThan(5000 - MIB / 1000);
    expect(reversed(kept)).toEqual(entries.slice(dropped).toReversed());
    expect(kept.dropped).toBe(0);
  });

  it('keep an entry that is larger than that', () => {
    const kept = new LastEntries(MIB);
    for (const text of ['a', 'b'.repeat(3 * MIB)]) {
      kept.add(Buffer.from(text));
      kept.endEntry();
    }
    expect(kept.dropped).toBe(1);
    expect(reversed(kept)).toEqual(['b'.repeat(3 * MIB)]);
  });
});
