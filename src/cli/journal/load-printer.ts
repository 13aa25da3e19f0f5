import type { JournalEntry } from '../../model/journal-entry.ts';
import type { DirectOutput } from './direct-output.ts';
import { entryPrinter, fieldsOf, isCommonForm, type PrintEntry } from './entry-printer.ts';
import type { JournalFlags, OutputForm } from './journal-flags.ts';

/** What prints entries as the options say. Forms that few ask for are loaded when somebody does. */
export async function loadPrinter(flags: JournalFlags, out: DirectOutput): Promise<PrintEntry> {
  const print = await formPrinter(flags, out);
  const names = flags.outputFields === undefined ? undefined : new Set(flags.outputFields);
  if (names === undefined) return print;
  return (entry, stamp) => print(withFields(entry, names, flags.output), stamp);
}

async function formPrinter(flags: JournalFlags, out: DirectOutput): Promise<PrintEntry> {
  const { output, field, fields, hostname } = flags;
  if (field !== undefined) return (await import('./forms/field-values.ts')).valuePrinter(field, out);
  if (fields === true) return (await import('./forms/field-values.ts')).namePrinter(out);
  const isHostLeftOut = output === 'short-iso' && hostname === false;
  if (isCommonForm(output) && !isHostLeftOut) return entryPrinter(output, out);
  switch (output) {
    case 'json-pretty':
      return (await import('./forms/json-forms.ts')).prettyPrinter(out);
    case 'json-sse':
      return (await import('./forms/json-forms.ts')).eventPrinter(out);
    case 'json-seq':
      return (await import('./forms/json-forms.ts')).sequencePrinter(out);
    case 'verbose':
      return withBoots(flags, (await import('./forms/verbose-form.ts')).verbosePrinter(out), out);
    default: {
      const { shortPrinter } = await import('./forms/short-forms.ts');
      const print = shortPrinter(output, hostname !== false, out);
      return output === 'short-iso' ? print : withBoots(flags, print, out);
    }
  }
}

/** A line where the next boot of a host begins; not in reverse, where entries are turned round after they were printed. */
function withBoots({ reverse, quiet }: JournalFlags, print: PrintEntry, out: DirectOutput): PrintEntry {
  if (reverse === true || quiet === true) return print;
  const boots = new Map<string | undefined, string>();
  return (entry, stamp) => {
    const { host, bootId } = entry;
    if (bootId !== undefined && entry.messages.length > 0) {
      const before = boots.get(host);
      if (before !== bootId) boots.set(host, bootId);
      if (before !== undefined && before !== bootId) out.text(`-- Boot ${bootId} --\n`);
    }
    print(entry, stamp);
  };
}

/** Of what tells an entry from all others, everything. */
const ALWAYS = new Set(['__CURSOR', '__REALTIME_TIMESTAMP', '__MONOTONIC_TIMESTAMP', '_BOOT_ID']);

function withFields(entry: JournalEntry, names: ReadonlySet<string>, output: OutputForm): JournalEntry {
  const all = fieldsOf(entry);
  const fields = [{ fields: all.filter(({ name }) => ALWAYS.has(name) || names.has(name)) }];
  if (output !== 'cat') return { ...entry, fields };
  return { ...entry, messages: all.flatMap(({ name, value }) => (names.has(name) && value !== null ? [value] : [])) };
}

/** Forms that print what makes up the line of an entry, and no other field of it. */
const OF_LINES: ReadonlySet<OutputForm> = new Set([
  'short-iso',
  'short',
  'short-precise',
  'short-iso-precise',
  'short-full',
  'short-unix',
  'cat',
]);

/** Whether entries are to come with all their fields, which costs time. */
export function wantsFields(flags: JournalFlags): boolean {
  return !OF_LINES.has(flags.output) || looksAtFields(flags);
}

/** Whether entries of binary journals may be exported without a look at their fields. */
export function isWholeExport(flags: JournalFlags): boolean {
  return flags.output === 'export' && !looksAtFields(flags);
}

function looksAtFields({ outputFields, field, fields, matches, facility }: JournalFlags): boolean {
  return [outputFields, field, fields, matches, facility].some((flag) => flag !== undefined);
}
