import { textOf } from '../../../ingest/journal/printable.ts';
import type { JournalEntry } from '../../../model/journal-entry.ts';
import { visible } from '../../../report/text-safety.ts';
import type { DirectOutput } from '../direct-output.ts';
import { fieldsOf, type PrintEntry } from '../entry-printer.ts';

/** What is remembered of values that were printed; beyond, one may be printed again. */
const REMEMBERED = 64 * 1024 * 1024;

/** Each value of a field once, when it is first met. */
export function valuePrinter(name: string, out: DirectOutput): PrintEntry {
  return printOnce(out, (entry) =>
    fieldsOf(entry).flatMap((field) => {
      if (field.name !== name || field.value === null) return [];
      return typeof field.value === 'string' ? field.value : textOf(field.value);
    }),
  );
}

/** The name of each field once, when it is first met. */
export function namePrinter(out: DirectOutput): PrintEntry {
  return printOnce(out, (entry) =>
    fieldsOf(entry)
      .map((field) => field.name)
      .filter((name) => !name.startsWith('__')),
  );
}

function printOnce(out: DirectOutput, textsOf: (entry: JournalEntry) => readonly string[]): PrintEntry {
  const printed = new Set<string>();
  let length = 0;
  return (entry) => {
    for (const text of textsOf(entry)) {
      if (printed.has(text)) continue;
      length += text.length;
      if (length < REMEMBERED) printed.add(text);
      out.text(`${visible(text)}\n`);
    }
  };
}
