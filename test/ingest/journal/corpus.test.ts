import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { ingest } from '../../../src/ingest/ingest.ts';
import type { JournalEntry } from '../../../src/model/journal-entry.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { type Fields, readText } from './read-journal.ts';

const CORPUS = '../shared/corpus';
const DERIVED = `${CORPUS}/derived-journalctl-252`;
const FLUENT = `${CORPUS}/fluent-plugin-systemd+fluent-plugin-systemd/test/fixture`;
const KDE = `${CORPUS}/KDE+kjournald/autotests/journal.tar.gz`;
const VELOCIRAPTOR = `${CORPUS}/Velocidex+velociraptor/artifacts/testdata/files/system.journal.zip`;

interface Read {
  /** Entries by the file that they stand in. */
  readonly byFile: ReadonlyMap<string, readonly Fields[]>;
  readonly all: readonly Fields[];
  readonly notes: readonly string[];
}

async function read(path: string): Promise<Read> {
  const byFile = new Map<string, Fields[]>();
  const all: Fields[] = [];
  const bytes = (value: string | Uint8Array | null): string => Buffer.from(value ?? '').toString('latin1');
  const ingested = await ingest(
    [path],
    { kinds: new Set(), limits: DEFAULT_LIMITS },
    {
      log: (source) => ({
        entries: {
          wantsFields: true,
          entry(entry: JournalEntry) {
            const fields = entry
              .fields!.flatMap((group) => group.fields)
              .map(({ name, value }) => [name, bytes(value)] as const);
            byFile.set(source.path, [...(byFile.get(source.path) ?? []), fields]);
            all.push(fields);
          },
        },
        region: () => undefined,
        end: () => undefined,
      }),
      resource: () => undefined,
      document: () => undefined,
    },
  );
  return { byFile, all, notes: ingested.notes };
}

function golden(name: string): readonly Fields[] {
  return readText(gunzipSync(readFileSync(`${DERIVED}/${name}.export.gz`))).entries;
}

function ending(read: Read, end: string): readonly Fields[] {
  return [...read.byFile].find(([path]) => path.endsWith(end))?.[1] ?? [];
}

describe.skipIf(!existsSync(DERIVED))('journals of the corpus (skipped where ../shared/corpus is absent)', () => {
  let zip: Read;
  beforeAll(async () => {
    zip = await read(VELOCIRAPTOR);
  });

  test('goldens are there', () => {
    expect(readdirSync(DERIVED).filter((file) => file.endsWith('.export.gz')).length).toBeGreaterThan(5);
  });

  test('an Arch journal of 2013 with XZ', async () => {
    const found = await read(`${FLUENT}/test.journal`);
    expect(found.all).toEqual(golden('fluent-test.journal'));
    expect(found.all).toHaveLength(461);
  });

  test('the same with an object overwritten', async () => {
    const found = await read(`${FLUENT}/corrupt/test.badmsg.journal`);
    expect(found.all).toEqual(golden('fluent-corrupt-badmsg'));
    expect(found.notes).toEqual(['test.badmsg.journal: 1 fields of journal entries could not be read']);
  });

  test('a directory of eleven journals and three boots, in one order', async () => {
    const found = await read(KDE);
    expect(found.all).toHaveLength(2202);
    expect(found.all).toEqual(golden('kde-dir'));
    expect(ending(found, '/system.journal')).toEqual(golden('kde-system.journal'));
  });

  test('Ubuntu journals with LZ4 and with ZSTD in compact form', () => {
    expect(ending(zip, '2004.journal')).toEqual(golden('velo-2004'));
    expect(ending(zip, '2404.journal')).toEqual(golden('velo-2404'));
  });

  test('journals cut short, which journalctl does not open', () => {
    expect(ending(zip, 'compact.journal')).toHaveLength(380);
    expect(ending(zip, 'system.journal')).toHaveLength(1);
    expect(zip.notes.filter((note) => note.includes('could not be read')).toSorted()).toEqual([
      expect.stringMatching(/compact\.journal: 1861 journal entries could not be read \(380 were\)$/),
      expect.stringMatching(/system\.journal: 2813 journal entries could not be read \(1 were\)$/),
    ]);
  });
});
