import { textOf } from '../../../ingest/journal/printable.ts';
import type { JournalEntry, JournalField } from '../../../model/journal-entry.ts';
import { visible } from '../../../report/text-safety.ts';
import type { DirectOutput } from '../direct-output.ts';
import { fieldsOf, type PrintEntry, timeOf } from '../entry-printer.ts';
import { fieldText, verboseTime } from './clock-times.ts';

/** A line with time and cursor, then each field in a line of its own. */
export function verbosePrinter(out: DirectOutput): PrintEntry {
  return (entry, stamp) => {
    const at = entry.sourceTime ?? entry.realtime;
    const time = at === undefined ? timeOf(entry, stamp) : verboseTime(at);
    out.text(`${time} [${visible(cursorOf(entry))}]\n`);
    for (const field of fieldsOf(entry)) if (!field.name.startsWith('__')) printField(out, field);
  };
}

/** Of an entry without one, what is known of it: whoever reads verbose forms knows them by it. */
function cursorOf({ fields, bootId, monotonic, realtime }: JournalEntry): string {
  const parts = [
    ['b', bootId],
    ['m', monotonic?.toString(16)],
    ['t', realtime?.toString(16)],
  ] as const;
  const known = parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return fieldText(fields, '__CURSOR') ?? ['s=0;i=0', ...known].join(';');
}

function printField(out: DirectOutput, { name, value }: JournalField): void {
  if (value === null) return;
  const text = (typeof value === 'string' ? value : textOf(value)).replace(/\n$/, '');
  const indent = ' '.repeat('    ='.length + name.length);
  const lines = text.split('\n').map((line) => line.split('\t').map(visible).join('\t'));
  out.text(`    ${visible(name)}=${lines.join(`\n${indent}`)}\n`);
}
