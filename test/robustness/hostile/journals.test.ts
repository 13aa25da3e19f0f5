import { describe, expect, it } from 'vitest';
import { type JournalObject, objects } from '../../ingest/journal/journal-objects.ts';
import { fixture } from '../../ingest/journal/read-journal.ts';
import { hostileFolder } from './hostile-folder.ts';
import { runCommand, runHostile, said } from './run-hostile.ts';

const ENTRY = 3;
const ENTRY_ARRAY = 6;
/** Of the fixture, as journalctl counts them. */
const ENTRIES = 29;

const sound = fixture('regular-zstd.journal');
const all = objects(sound);
const folder = hostileFolder();

function changed(change: (bytes: Buffer, objects: readonly JournalObject[]) => void): Buffer {
  const copy = Buffer.from(sound);
  change(copy, all);
  return copy;
}

/** Of what is printed as JSON, one line each. */
function entries(stdout: string): number {
  return stdout.split('\n').filter((line) => line !== '').length;
}

describe('a binary journal', () => {
  const cases: [string, Buffer, least: number, note: RegExp | undefined][] = [
    [
      'whose index goes round in circles',
      changed((bytes, found) => {
        const arrays = found.filter(({ type }) => type === ENTRY_ARRAY);
        for (const { at } of arrays) bytes.writeBigUInt64LE(BigInt(arrays[0]!.at), at + 16);
      }),
      1,
      undefined,
    ],
    [
      'whose index leads outside',
      changed((bytes) => bytes.writeBigUInt64LE(1n << 62n, 176)),
      ENTRIES,
      /the index is damaged: 29 entries were found without it/,
    ],
    [
      'whose entries point outside',
      changed((bytes, found) => {
        for (const { at, type } of found) if (type === ENTRY) bytes.writeUInt32LE(0xffff_fff0, at + 64);
      }),
      ENTRIES,
      /fields of journal entries could not be read/,
    ],
    [
      'that says it holds more than any disk',
      changed((bytes) => bytes.writeBigUInt64LE(0xffff_ffff_ffff_fff0n, 152)),
      ENTRIES,
      undefined,
    ],
    [
      'cut in its middle',
      sound.subarray(0, all.filter(({ type }) => type === ENTRY)[10]!.at),
      10,
      /19 journal entries could not be read \(10 were\)/,
    ],
  ];

  it.each(cases)('%s is read as far as it goes, and says so', (name, bytes, least, note) => {
    const file = folder.file(`${name.replaceAll(' ', '-')}.journal`, bytes);
    const printed = runCommand(['journal', '-o', 'json', file]);
    expect(printed.status).toBe(0);
    expect(entries(printed.stdout)).toBeGreaterThanOrEqual(least);
    expect(entries(printed.stdout)).toBeLessThanOrEqual(ENTRIES);
    const analysed = said(runHostile([file]).report);
    if (note === undefined) return;
    expect(printed.stderr).toMatch(note);
    expect(analysed).toMatch(note);
  });

  it('of garbage alone is named, and nothing is printed', () => {
    const garbage = Buffer.alloc(200_000, 0x06);
    sound.copy(garbage, 0, 0, 264);
    const file = folder.file('garbage.journal', garbage);
    expect(entries(runCommand(['journal', '-o', 'json', file]).stdout)).toBe(0);
    expect(said(runHostile([file]).report)).toMatch(/garbage\.journal/);
  });
});

it('what a journal prints does nothing to the terminal', () => {
  const file = folder.file(
    'console.log',
    '[    0.000000] Linux version 5.14.0\n[    1.000000] evil \u001b]0;title\u0007\u001b[2J \u202etxt.exe\n',
  );
  const { stdout } = runCommand(['journal', file]);
  expect(stdout).toContain('evil');
  expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});
