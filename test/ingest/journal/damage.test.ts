import { describe, expect, it } from 'vitest';
import { HEADER, objects } from './journal-objects.ts';
import { fixture, type ReadJournal, readJournals } from './read-journal.ts';

const NAMES = ['regular-zstd', 'compact-zstd', 'regular-xz', 'compact-lz4', 'unkeyed'];

/** A small generator of the same numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/** Far more than a journal of a megabyte may need, on a busy machine too. */
const MOST_MS = 5000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads a journal within bounds of time and of memory outside the heap, where buffers lie. */
function read(bytes: Uint8Array): ReadJournal {
  const start = performance.now();
  const before = process.memoryUsage().arrayBuffers;
  const found = readJournals([{ path: 'a.journal', bytes }]);
  expect(performance.now() - start).toBeLessThan(MOST_MS);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MOST_BYTES);
  return found;
}

describe.each(NAMES)('damage to %s', (name) => {
  const bytes = fixture(`${name}.journal`);
  const all = objects(bytes);
  // Hash tables are most of a small journal, and nothing reads them: damage goes elsewhere.
  const small = all.filter(({ type }) => type !== 4 && type !== 5);

  it('is told from a file that is whole', () => {
    expect(all.filter(({ type }) => type === 3)).toHaveLength(29);
  });

  it('of single bits never ends the reading, nor multiplies entries', () => {
    const next = numbers(7);
    for (let round = 0; round < 60; round++) {
      const copy = Buffer.from(bytes);
      for (let flips = 0; flips <= round % 4; flips++) {
        const { at, size } = round % 5 === 0 ? { at: 0, size: HEADER } : small[next(small.length)]!;
        const place = at + next(size);
        copy[place] = copy[place]! ^ (1 << next(8));
      }
      expect(read(copy).entries.length).toBeLessThanOrEqual(29);
    }
  });

  it('by cuts at every object leaves the entries before the cut, and says how many are gone', () => {
    const entries = all.filter(({ type }) => type === 3);
    for (const { at } of small) {
      const cut = read(bytes.subarray(0, at));
      const before = entries.filter((entry) => entry.at + entry.size <= at).length;
      expect(cut.entries).toHaveLength(before);
      if (before < 29) {
        expect(cut.notes).toContain(`a.journal: ${29 - before} journal entries could not be read (${before} were)`);
      }
    }
  });

  it('by cuts at any byte of the header leaves nothing to read', () => {
    for (let length = 8; length < 208; length += 25) {
      expect(read(bytes.subarray(0, length)).skipped).toEqual([
        'a.journal: binary systemd journal: cut short inside its header',
      ]);
    }
  });

  it('to the root of the index is made good by searching', () => {
    for (const root of [0n, 8n, 12_345n, BigInt(bytes.length), 1n << 62n]) {
      const copy = Buffer.from(bytes);
      copy.writeBigUInt64LE(root, 176);
      const found = read(copy);
      expect(found.entries).toHaveLength(29);
      expect(found.notes).toContain('a.journal: the index is damaged: 29 entries were found without it');
    }
  });

  it('that makes the header speak of no entry is told', () => {
    const shifted = Buffer.concat([bytes.subarray(0, 96), bytes.subarray(96 + 127)]);
    const { entries, notes, skipped } = read(shifted);
    expect(entries).toEqual([]);
    expect([...notes, ...skipped].join()).toMatch(/header/);

    const emptied = Buffer.from(bytes);
    emptied.fill(0, 152, 184);
    const found = read(emptied);
    expect(found.entries).toHaveLength(29);
    expect(found.notes).toContain('a.journal: the index is damaged: 29 entries were found without it');
  });

  it('to one entry loses that one', () => {
    const { at } = all.filter(({ type }) => type === 3)[10]!;
    const copy = Buffer.from(bytes);
    copy.fill(0, at, at + 16);
    expect(read(copy).entries).toHaveLength(28);
  });

  it('that makes the index go round in circles ends', () => {
    const root = Number(bytes.readBigUInt64LE(176));
    const arrays = all.filter(({ at, type }, index) => type === 6 && (at === root || index % 9 === 0));
    expect(arrays.length).toBeGreaterThan(3);
    for (const { at } of arrays) {
      for (const target of arrays) {
        const copy = Buffer.from(bytes);
        copy.writeBigUInt64LE(BigInt(target.at), at + 16);
        expect(read(copy).entries.length).toBeLessThanOrEqual(29);
      }
    }
  });

  it('that makes every offset lie loses fields, not the reading', () => {
    const next = numbers(11);
    const compact = (bytes[12]! & 16) !== 0;
    for (let round = 0; round < 10; round++) {
      const copy = Buffer.from(bytes);
      for (const { at, size, type } of all) {
        if (type !== 3) continue;
        const place = at + 64 + next(Math.floor((size - 64) / 16)) * 16;
        copy.writeUInt32LE(next(compact ? bytes.length : 0xffff_ffff), place);
      }
      const found = read(copy);
      expect(found.entries).toHaveLength(29);
      expect(found.notes.join()).toMatch(/\d+ fields of journal entries could not be read/);
    }
  });

  it('that repeats an object or swaps two is no repetition of entries', () => {
    const next = numbers(13);
    for (let round = 0; round < 20; round++) {
      const copy = Buffer.from(bytes);
      const from = small[next(small.length)]!;
      const to = small[next(small.length)]!;
      bytes.copy(copy, to.at, from.at, from.at + Math.min(from.size, to.size));
      const found = read(copy);
      const cursors = found.entries.map((fields) => fields.map((field) => field.join('=')).join());
      expect(cursors.length).toBeLessThanOrEqual(30);
    }
  });
});

describe('a file of hostile objects', () => {
  /** Entry arrays inside one another, each with the rest of the file as its items. */
  it('takes time in proportion to its size', () => {
    const bytes = Buffer.alloc(2 * 1024 * 1024);
    bytes.write('LPKSHHRH', 0, 'latin1');
    bytes.writeBigUInt64LE(BigInt(HEADER), 88);
    bytes.writeBigUInt64LE(BigInt(HEADER), 176);
    bytes.writeBigUInt64LE(1_000_000n, 152);
    for (let at = HEADER; at + 24 <= bytes.length; at += 24) {
      bytes[at] = 6;
      bytes.writeBigUInt64LE(BigInt(bytes.length - at), at + 8);
      bytes.writeBigUInt64LE(BigInt(at + 24), at + 16);
    }
    const start = performance.now();
    expect(read(bytes).entries).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('of one byte value only is no journal', () => {
    for (const value of [1, 3, 6, 255]) {
      const bytes = Buffer.alloc(100_000, value);
      fixture('compact-zstd.journal').copy(bytes, 0, 0, HEADER);
      expect(read(bytes).entries).toEqual([]);
    }
  });
});
