import { UserError } from '../../model/errors.ts';
import type { JournalEntry, JournalField } from '../../model/journal-entry.ts';
import { fieldsOf } from './entry-printer.ts';

/** The values that a field may have, by its name: every field named must have one of them. */
type Terms = ReadonlyMap<string, readonly Buffer[]>;

/**
 * What accepts entries by their fields: several values of one field are alternatives, several fields must all match, and `+`
 * stands between alternatives. Throws a `UserError` where `+` stands between nothing.
 */
export function fieldMatches(matches: readonly string[]): (entry: JournalEntry) => boolean {
  const groups = groupsOf(matches).map(termsOf);
  return (entry) => {
    const fields = entry.fields === undefined ? [...fieldsOf(entry), ...kernel(entry)] : fieldsOf(entry);
    return groups.some((terms) => hasAll(fields, terms));
  };
}

/** Text says of the kernel's lines that they are the kernel's. */
function kernel({ identifier }: JournalEntry): JournalField[] {
  return identifier === 'kernel' ? [{ name: '_TRANSPORT', value: 'kernel' }] : [];
}

function groupsOf(matches: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  for (const match of matches) {
    if (match === '+') groups.push([]);
    else groups.at(-1)!.push(match);
  }
  if (groups.some((group) => group.length === 0)) throw new UserError('+ stands between two matches, such as _PID=1');
  return groups;
}

function termsOf(group: readonly string[]): Terms {
  const terms = new Map<string, Buffer[]>();
  for (const match of group) {
    const at = match.indexOf('=');
    const name = match.slice(0, at);
    terms.set(name, [...(terms.get(name) ?? []), Buffer.from(match.slice(at + 1))]);
  }
  return terms;
}

function hasAll(fields: readonly JournalField[], terms: Terms): boolean {
  for (const [name, values] of terms) {
    const isMet = fields.some((field) => field.name === name && values.some((value) => isSame(field.value, value)));
    if (!isMet) return false;
  }
  return true;
}

function isSame(value: string | Uint8Array | null, wanted: Buffer): boolean {
  if (value === null) return false;
  return typeof value === 'string' ? wanted.toString() === value : wanted.equals(value);
}

const FACILITIES = 'kern,user,mail,daemon,auth,syslog,lpr,news,uucp,cron,authpriv,ftp'.split(',');

/** The values of SYSLOG_FACILITY for names or numbers such as `kern,local0,10`. */
export function facilityMatches(text: string): string[] {
  return text.split(',').map((name) => {
    const local = /^local([0-7])$/.exec(name)?.[1];
    const number =
      local !== undefined ? 16 + Number(local) : /^\d+$/.test(name) ? Number(name) : FACILITIES.indexOf(name);
    if (number < 0 || number > 23)
      throw new UserError(`--facility ${text}: give ${FACILITIES.join(', ')}, local0 to local7, or 0 to 23`);
    return `SYSLOG_FACILITY=${number}`;
  });
}
