import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixture, readJournals, readText } from './read-journal.ts';

/** Made with systemd-journal-remote 252; the exports beside them are what its journalctl prints of them. */
const FIXTURES = ['regular-zstd', 'compact-zstd', 'unkeyed', 'regular-xz', 'compact-lz4'];

const directory = mkdtempSync(join(tmpdir(), 'inquest-journal-'));
afterAll(() => rmSync(directory, { recursive: true }));

function value(fields: readonly (readonly [string, string])[] | undefined, name: string): string[] {
  return (fields ?? []).filter(([key]) => key === name).map(([, text]) => text);
}

describe.each(FIXTURES)('binary journal %s', (name) => {
  const bytes = fixture(`${name}.journal`);
  const golden = readText(fixture(`${name}.export`));

  it('has the entries that journalctl exports, field by field', () => {
    const read = readJournals([{ path: 'j/system.journal', bytes }]);
    expect(read.entries).toHaveLength(29);
    expect(read.entries).toEqual(golden.entries);
    expect(read).toMatchObject({ notes: [], skipped: [] });
  });

  it('is read the same from disk, in tiny chunks, and as it streams', () => {
    const disk = join(directory, `${name}.journal`);
    writeFileSync(disk, bytes);
    expect(readJournals([{ path: 'j/system.journal', disk }]).entries).toEqual(golden.entries);
    expect(readJournals([{ path: 'j/system.journal', bytes }], { chunk: 4099 }).entries).toEqual(golden.entries);
    const streamed = readJournals([{ path: 'j/system.journal', bytes }], { limits: { maxJournal: 512 * 1024 } });
    expect(streamed.entries).toEqual(golden.entries);
    expect(streamed.notes).toEqual([
      'j/system.journal: larger than 524288 bytes, so it was read without its index and not merged',
    ]);
  });

  it('gives signatures the same lines as its export', () => {
    const read = readJournals([{ path: 'j/system.journal', bytes }], { asLines: true });
    expect(read.lines).toEqual(readText(fixture(`${name}.export`), true).lines);
    expect(read.lines[1]).toBe(
      '2024-12-03T20:00:01.000000Z master-2 kernel: mlx5_core 0000:3b:00.1: mlx5_query_module_id:315:(pid 2871): query_mcia_reg failed: status: 0x3',
    );
  });
});

describe('entries of a binary journal', () => {
  const bytes = fixture('compact-zstd.journal');
  const { entries, origins } = readJournals([{ path: 'system.journal', bytes }]);

  it('keep long, binary, multi-line and repeated messages', () => {
    expect(value(entries[21], 'MESSAGE')[0]).toHaveLength(30 + 'volume attach failed, retrying; '.length * 40);
    expect(value(entries[22], 'MESSAGE')).toEqual(['two\nlines']);
    expect(value(entries[23], 'MESSAGE')).toEqual(['\u001b[31mbad\u00ff']);
    expect(value(entries[24], 'MESSAGE').toSorted()).toEqual(['one', 'two']);
  });

  it('keep both clocks', () => {
    expect(value(entries[21], '__REALTIME_TIMESTAMP')).toEqual(['1733256130000000']);
    expect(value(entries[21], '_SOURCE_REALTIME_TIMESTAMP')).toEqual(['1733256129999000']);
    expect(value(entries[21], '__MONOTONIC_TIMESTAMP')).toEqual(['135000000']);
  });

  it('say at which byte they stand', () => {
    for (const { line, offset } of origins) {
      expect(line).toBe(0);
      // An entry is an object of type 3.
      expect(bytes[offset!]).toBe(3);
    }
  });

  it('tell the boots and how they ended', () => {
    const { summaries } = readJournals([{ path: 'system.journal', bytes }], { asLines: true });
    const boots = summaries[0]!.boots.map(({ id, ending, last }) => [id, ending, last?.text.slice(28)]);
    expect(boots).toEqual([
      ['0a1b2c3d4e5f60718293a4b5c6d7e8f9', undefined, 'master-2 systemd[1]: Started CRI-O.'],
      [
        '1a1b2c3d4e5f60718293a4b5c6d7e8f9',
        'clean',
        'master-2 systemd-shutdown[1]: Sending SIGTERM to remaining processes...',
      ],
    ]);
  });
});

it('entries that came without a boot are read', () => {
  const bytes = fixture('regular-zstd.journal');
  const { entries, origins } = readJournals([{ path: 'remote.journal', bytes }]);
  for (const { offset } of origins) bytes.fill(0, offset! + 40, offset! + 56);
  const without = readJournals([{ path: 'remote.journal', bytes }]);
  expect(without.entries.map((fields) => fields.find(([name]) => name === 'MESSAGE'))).toEqual(
    entries.map((fields) => fields.find(([name]) => name === 'MESSAGE')),
  );
  expect(without.notes).toEqual([]);
});

describe('a directory of journals', () => {
  const one = { path: 'j/system@1.journal', bytes: fixture('regular-zstd.journal') };

  it('is merged by time', () => {
    const entries = readJournals([one]).origins.map(({ offset }) => offset!);
    const without = (odd: number): Buffer => {
      const bytes = Buffer.from(one.bytes);
      entries.forEach((at, index) => void (index % 2 === odd && bytes.fill(0, at, at + 16)));
      return bytes;
    };
    expect(readJournals([{ path: 'j/odd.journal', bytes: without(1) }]).entries).toHaveLength(15);
    const halves = [
      { path: 'j/even.journal', bytes: without(0) },
      { path: 'j/odd.journal', bytes: without(1) },
    ];
    expect(readJournals(halves).entries).toEqual(readJournals([one]).entries);
  });

  it('drops what is in it twice', () => {
    expect(readJournals([one, { ...one, path: 'j/copy.journal' }]).entries).toHaveLength(29);
    // The same entries, collected by another journal: their times and hashes are the same, their numbers are not comparable.
    const other = { path: 'j/remote.journal', bytes: fixture('compact-zstd.journal') };
    expect(readJournals([one, other]).entries).toHaveLength(29);
  });

  it('drops what was in another directory before', () => {
    const { entries, notes } = readJournals([one, { ...one, path: 'k/system.journal' }]);
    expect(entries).toHaveLength(29);
    expect(notes).toEqual(['k/system.journal: 29 entries are also in a copy that was read before']);
  });
});

describe('a journal larger than what is held of it', () => {
  const ENTRIES = 6000;

  /** The host is written once, at the start; a message of a kilobyte before each entry. */
  function large(): Buffer {
    const bytes = Buffer.alloc(ENTRIES * 1400 + 4096);
    fixture('regular-zstd.journal').copy(bytes, 0, 0, 208);
    bytes.writeBigUInt64LE(208n, 88);
    bytes.writeBigUInt64LE(BigInt(ENTRIES), 152);
    let at = 208;
    const object = (type: number, size: number): number => {
      const start = at;
      bytes[at] = type;
      bytes.writeBigUInt64LE(BigInt(size), at + 8);
      at = Math.ceil((at + size) / 8) * 8;
      return start;
    };
    const data = (text: string, entries: number): number => {
      const start = object(1, 64 + text.length);
      bytes.writeBigUInt64LE(BigInt(entries), start + 56);
      bytes.write(text, start + 64, 'latin1');
      return start;
    };
    const host = data('_HOSTNAME=master-2', ENTRIES);
    for (let entry = 1; entry <= ENTRIES; entry++) {
      const message = data(`MESSAGE=${entry} ${'x'.repeat(1000)}`, 1);
      const start = object(3, 64 + 32);
      bytes.writeBigUInt64LE(BigInt(entry), start + 16);
      bytes.writeBigUInt64LE(1_733_256_000_000_000n + BigInt(entry), start + 24);
      bytes.writeBigUInt64LE(BigInt(entry), start + 32);
      bytes.fill(7, start + 40, start + 56);
      bytes.writeBigUInt64LE(BigInt(host), start + 64);
      bytes.writeBigUInt64LE(BigInt(message), start + 80);
    }
    return bytes.subarray(0, at);
  }

  it('has all its entries, with the fields that were written long before', () => {
    const limits = { maxJournal: 512 * 1024 };
    const { entries, notes } = readJournals([{ path: 'j/system.journal', bytes: large() }], { limits });
    expect(entries).toHaveLength(ENTRIES);
    expect(value(entries.at(-1), '_HOSTNAME')).toEqual(['master-2']);
    expect(value(entries.at(-1), 'MESSAGE')[0]).toMatch(/^6000 x/);
    expect(notes).toHaveLength(1);
  });
});

describe('a journal of a systemd to come', () => {
  it('is left out where it says that it cannot be read', () => {
    const bytes = Buffer.from(fixture('compact-zstd.journal'));
    bytes[12] = bytes[12]! | 64;
    expect(readJournals([{ path: 'a.journal', bytes }])).toMatchObject({
      entries: [],
      skipped: ['a.journal: binary systemd journal: uses features of a newer systemd (incompatible flags 0x40)'],
    });
  });

  it('is read where it says that it can be', () => {
    const bytes = Buffer.from(fixture('compact-zstd.journal'));
    bytes[8] = bytes[8]! | 64;
    expect(readJournals([{ path: 'a.journal', bytes }]).entries).toHaveLength(29);
  });
});
