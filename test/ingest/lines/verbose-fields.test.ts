import { expect, test } from 'vitest';
import { openVerbose } from '../../../src/ingest/lines/transcode/verbose.ts';
import type { JournalEntry } from '../../../src/model/journal-entry.ts';

/** As journalctl 252 printed an entry whose MULTI is `a`, `  b`, an empty line and `c`. */
const VERBOSE = `Tue 2024-12-03 20:00:20.123456 UTC [s=c3;i=d;b=0123456789abcdef0123456789abcdef;m=15752a1;t=628631d625f40;x=ec]
    MULTI=a
            b
          
          c
    MESSAGE=top
               indented
            _PID=1 is no field
    MESSAGE=second
            of two lines
    _PID=77
`;

test('keeps every line of every field of a verbose journal', () => {
  const entries: JournalEntry[] = [];
  const format = openVerbose({ wantsFields: true, entry: (entry) => void entries.push(entry) }, 1024);
  const bytes = Buffer.from(VERBOSE);
  format.read(bytes, bytes.length, true, 1);
  format.end();
  expect(entries).toHaveLength(1);
  const fields = entries[0]!.fields!.flatMap((group) => group.fields).filter(({ name }) => /^[A-Z]|^_P/.test(name));
  expect(fields).toEqual([
    { name: 'MULTI', value: 'a\n  b\n\nc' },
    { name: 'MESSAGE', value: 'top\n   indented\n_PID=1 is no field' },
    { name: 'MESSAGE', value: 'second\nof two lines' },
    { name: '_PID', value: '77' },
  ]);
  expect(entries[0]!.messages).toEqual(['top\n   indented\n_PID=1 is no field', 'second\nof two lines']);
});
