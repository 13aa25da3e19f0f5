import picomatch from 'picomatch';
import { UserError } from '../../model/errors.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import { facilityMatches, fieldMatches } from './field-matches.ts';
import type { JournalFlags } from './journal-flags.ts';
import { isRelative, journalTime } from './journal-time.ts';
import type { Overview } from './overview.ts';

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
/** A pattern sees so much of a message. */
const MATCHED = 64 * 1024;

export type EntryFilter = (entry: JournalEntry) => boolean;

/** Whether a filter counts from the end of the journals, or asks for boots, which text shows only between its lines. */
export function needsOverview(flags: JournalFlags): boolean {
  return flags.boot !== undefined || [flags.since, flags.until].some((time) => time !== undefined && isRelative(time));
}

/** Whether any entry may be left out. */
export function filters(flags: JournalFlags): boolean {
  const { unit, identifier, dmesg, host, boot, since, until, priority, grep, facility, matches } = flags;
  return [unit, identifier, dmesg, host, boot, since, until, priority, grep, facility, matches].some(
    (flag) => flag !== undefined,
  );
}

/** Throws a `UserError` on a filter that cannot be understood. */
export function entryFilter(flags: JournalFlags, overview: Overview): EntryFilter {
  const filters: EntryFilter[] = [];
  const { unit, identifier, host, boot, priority, grep } = flags;
  if (unit !== undefined) {
    filters.push(unitFilter(unit));
  }
  if (identifier !== undefined) {
    const identifiers = new Set(identifier);
    filters.push((entry) => identifiers.has(entry.identifier ?? ''));
  }
  if (flags.dmesg === true) {
    filters.push((entry) => (entry.transport ?? entry.identifier) === 'kernel');
  }
  if (host !== undefined) {
    const hosts = new Set(host);
    filters.push((entry) => hosts.has(entry.host ?? '') || hosts.has((entry.host ?? '').split('.', 1)[0]!));
  }
  const isOfBoot = boot === undefined ? undefined : bootFilter(boot, overview.boots);
  if (isOfBoot !== undefined) filters.push(isOfBoot);
  const since = flags.since === undefined ? undefined : journalTime('--since', flags.since, overview.newest);
  const until = flags.until === undefined ? undefined : journalTime('--until', flags.until, overview.newest);
  if (since !== undefined) filters.push((entry) => entry.realtime !== undefined && entry.realtime >= since);
  if (until !== undefined) filters.push((entry) => entry.realtime !== undefined && entry.realtime <= until);
  if (priority !== undefined) {
    const [least, most] = levelsOf(priority);
    filters.push((entry) => entry.priority !== undefined && entry.priority >= least && entry.priority <= most);
  }
  if (grep !== undefined) filters.push(grepFilter(grep, flags.caseSensitive));
  if (flags.facility !== undefined) filters.push(fieldMatches(facilityMatches(flags.facility)));
  if (flags.matches !== undefined) filters.push(fieldMatches(flags.matches));
  if (filters.length === 1) return filters[0]!;
  return (entry) => filters.every((accepts) => accepts(entry));
}

/** An id or the start of one, and an offset from it. */
const BOOT = /^([0-9a-f]{4,32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})([+-]\d{1,3})?$/i;

/** journalctl's way: an id or its start, 0 or -1 from the end, 1 from the start, an id and an offset from it. */
function bootFilter(boot: string, boots: readonly string[]): EntryFilter | undefined {
  if (boot === 'all') return undefined;
  const isOffset = /^[+-]?\d{1,3}$/.test(boot);
  const match = isOffset ? ['', undefined, boot] : BOOT.exec(boot);
  if (match === null) throw new UserError(`--boot ${boot}: give an id, 0 or -1 from the last one, or 1 from the first`);
  const start = match[1]?.replaceAll('-', '').toLowerCase();
  const offset = match[2];
  if (start !== undefined && offset === undefined) return (entry) => entry.bootId?.startsWith(start) === true;
  const wanted = bootAt(boots, start, Number(offset));
  if (wanted === undefined) {
    const shown = `${boots.length} ${boots.length === 1 ? 'boot' : 'boots'}`;
    throw new UserError(`--boot ${boot}: the journals show ${shown}; --list-boots prints them`);
  }
  return (entry) => (entry.bootId ?? entry.unnamedBoot) === wanted;
}

function bootAt(boots: readonly string[], start: string | undefined, offset: number): string | undefined {
  if (start === undefined) return boots.at(offset - 1);
  const index = boots.findIndex((id) => id.startsWith(start));
  return index < 0 || index + offset < 0 ? undefined : boots[index + offset];
}

/** By unit, with or without `.service`, or by identifier; `*` and `?` stand for any text. */
function unitFilter(units: readonly string[]): EntryFilter {
  const names = new Set(units.flatMap((name) => [name, `${name}.service`, name.replace(/\.service$/, '')]));
  const globs = [...names]
    .filter((name) => /[*?[]/.test(name))
    .map((name) => picomatch(name, { dot: true, nonegate: true }));
  const matches = (name: string | undefined): boolean =>
    name !== undefined && (names.has(name) || globs.some((glob) => glob(name)));
  return (entry) => matches(entry.unit) || matches(entry.identifier);
}

/** `err`, which is all that is worse too, or a range such as `warning..err`. */
function levelsOf(text: string): readonly [number, number] {
  const [first = '', last] = text.split('..', 2);
  if (last === undefined) return [0, levelOf(first)];
  const levels = [levelOf(first), levelOf(last)];
  return [Math.min(...levels), Math.max(...levels)];
}

function levelOf(text: string): number {
  const names: Readonly<Record<string, string>> = { error: 'err', warn: 'warning', critical: 'crit', panic: 'emerg' };
  const level = /^[0-7]$/.test(text) ? Number(text) : LEVELS.indexOf(Object.hasOwn(names, text) ? names[text]! : text);
  if (level < 0) throw new UserError(`--priority ${text}: give one of ${LEVELS.join(', ')}, or 0 to 7`);
  return level;
}

/** Classes that journalctl's expressions have and ours write otherwise. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

function grepFilter(pattern: string, isCaseSensitive = pattern !== pattern.toLowerCase()): EntryFilter {
  let expression: RegExp;
  try {
    const source = pattern
      .replace(/^\(\?i\)/, '')
      .replace(/\[:(\w+):\]/g, (text, name: string) => (Object.hasOwn(CLASSES, name) ? CLASSES[name]! : text));
    expression = new RegExp(source, pattern.startsWith('(?i)') || !isCaseSensitive ? 'i' : '');
  } catch (error) {
    throw new UserError(`--grep ${pattern}: ${(error as Error).message}`);
  }
  return (entry) =>
    entry.messages.some((message) => {
      const text = typeof message === 'string' ? message : Buffer.from(message.subarray(0, MATCHED)).toString();
      return expression.test(text.slice(0, MATCHED));
    });
}
