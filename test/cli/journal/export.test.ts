import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DirectOutput } from '../../../src/cli/journal/direct-output.ts';
import { entryPrinter } from '../../../src/cli/journal/entry-printer.ts';
import { JournalReader } from '../../../src/ingest/journal/journal-reader.ts';
import type { JournalEntry } from '../../../src/model/journal-entry.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { objects } from '../../ingest/journal/journal-objects.ts';
import { fixture, type JournalInput } from '../../ingest/journal/read-journal.ts';

/** Made with systemd-journal-remote 252; the exports beside them are what its journalctl prints of them. */
const FIXTURES = ['regular-zstd', 'compact-zstd', 'unkeyed', 'regular-xz', 'compact-lz4'];

const directory = mkdtempSync(join(tmpdir(), 'inquest-export-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Printed {
  readonly bytes: Buffer;
  readonly notes: readonly string[];
}

/** Prints journals, each entry by itself (`entries`) or straight from the file (`bytes`). */
function print(inputs: readonly JournalInput[], way: 'entries' | 'bytes', maxJournal = 64 * 1024 * 1024): Printed {
  const pieces: Buffer[] = [];
  const notes: string[] = [];
  const out = new DirectOutput((bytes) => pieces.push(Buffer.from(bytes)) && bytes.length);
  const printer = entryPrinter('export', out);
  const entries = {
    wantsFields: true,
    wantsOnlyFields: true,
    entry: (entry: JournalEntry) => printer(entry, undefined),
    ...(way === 'bytes' && { exporter: { out, wants: () => true } }),
  };
  const context = {
    limits: { ...DEFAULT_LIMITS, maxJournal },
    notes: { note: (text: string) => void notes.push(text), skip: (_: string, text: string) => void notes.push(text) },
    summary: () => undefined,
  };
  const reader = new JournalReader(() => ({ entries, region: () => undefined, end: () => undefined }), context);
  for (const { path, bytes, disk } of inputs) {
    reader.found(path);
    const source = { path, kind: 'journal' as const };
    const sink = reader.open({ source, done: () => undefined, ...(disk !== undefined && { disk }) });
    for (let at = 0; bytes !== undefined && at < bytes.length; at += 4099) sink.write(bytes.subarray(at, at + 4099));
    sink.end(false);
  }
  reader.flush();
  out.flush();
  return { bytes: Buffer.concat(pieces), notes };
}

describe.each(FIXTURES)('export of %s', (name) => {
  const bytes = fixture(`${name}.journal`);
  const golden = fixture(`${name}.export`);
  const path = 'j/system.journal';

  it('is what journalctl prints, byte for byte', () => {
    const disk = join(directory, `${name}.journal`);
    writeFileSync(disk, bytes);
    expect(print([{ path, bytes }], 'bytes')).toEqual({ bytes: golden, notes: [] });
    expect(print([{ path, disk }], 'bytes')).toEqual({ bytes: golden, notes: [] });
    expect(print([{ path, bytes }], 'bytes', 512 * 1024)).toEqual(print([{ path, bytes }], 'entries', 512 * 1024));
    expect(print([{ path, bytes }], 'entries')).toEqual({ bytes: golden, notes: [] });
  });

  it('is that of its entries one by one, and says as much of damage, whatever bits are wrong', () => {
    // Hash tables are most of a small journal, and nothing reads them: damage goes elsewhere.
    const small = objects(bytes).filter(({ type }) => type !== 4 && type !== 5);
    let state = 11;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 0x1_0000_0000) * below);
    };
    for (let round = 0; round < 80; round++) {
      const copy = Buffer.from(bytes);
      for (let flip = 0; flip <= round % 8; flip++) {
        const { at, size } = small[next(small.length)]!;
        const place = at + next(size);
        copy[place] = copy[place]! ^ (1 << next(8));
      }
      expect(print([{ path, bytes: copy }], 'bytes')).toEqual(print([{ path, bytes: copy }], 'entries'));
    }
  });
});

it('exports journals of one directory merged', () => {
  const inputs = ['regular-zstd', 'compact-zstd'].map((name) => ({
    path: `j/${name}.journal`,
    bytes: fixture(`${name}.journal`),
  }));
  expect(print(inputs, 'bytes')).toEqual(print(inputs, 'entries'));
});
