import { UserError } from '../../model/errors.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import { type Micros, parseDuration, parseTime } from '../../model/time.ts';
import type { JournalFlags } from './journal-flags.ts';

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
/** A pattern sees so much of a message. */
const MATCHED = 64 * 1024;

/** What was found out about the inputs before: needed for times and boots that count from the end. */
export interface Overview {
  readonly newest: Micros | undefined;
  /** Ids of the boots, the last one last. */
  readonly boots: readonly string[];
}

export type EntryFilter = (entry: JournalEntry) => boolean;

/** Whether a filter counts from the end of the journals, or asks for boots, which text shows only between its lines. */
export function needsOverview(flags: JournalFlags): boolean {
  return flags.boot !== undefined || [flags.since, flags.until].some((time) => time?.startsWith('-'));
}

/** Whether any entry may be left out. */
export function filters(flags: JournalFlags): boolean {
  const { unit, host, boot, since, until, priority, grep } = flags;
  return [unit, host, boot, since, until, priority, grep].some((flag) => flag !== undefined);
}

/** Throws a `UserError` on a filter that cannot be understood. */
export function entryFilter(flags: JournalFlags, overview: Overview): EntryFilter {
  const filters: EntryFilter[] = [];
  const { unit, host, boot, priority, grep } = flags;
  if (unit !== undefined) {
    const units = new Set(unit.flatMap((name) => [name, `${name}.service`, name.replace(/\.service$/, '')]));
    filters.push((entry) => units.has(entry.unit ?? '') || units.has(entry.identifier ?? ''));
  }
  if (host !== undefined) {
    const hosts = new Set(host);
    filters.push((entry) => hosts.has(entry.host ?? '') || hosts.has((entry.host ?? '').split('.', 1)[0]!));
  }
  if (boot !== undefined) filters.push(bootFilter(boot, overview.boots));
  const since = flags.since === undefined ? undefined : timeOf('--since', flags.since, overview);
  const until = flags.until === undefined ? undefined : timeOf('--until', flags.until, overview);
  if (since !== undefined) filters.push((entry) => entry.realtime !== undefined && entry.realtime >= since);
  if (until !== undefined) filters.push((entry) => entry.realtime !== undefined && entry.realtime <= until);
  if (priority !== undefined) {
    const level = levelOf(priority);
    filters.push((entry) => entry.priority !== undefined && entry.priority <= level);
  }
  if (grep !== undefined) filters.push(grepFilter(grep));
  if (filters.length === 1) return filters[0]!;
  return (entry) => filters.every((accepts) => accepts(entry));
}

function isNumber(boot: string): boolean {
  return /^(?:0|-\d{1,4})$/.test(boot);
}

function bootFilter(boot: string, boots: readonly string[]): EntryFilter {
  if (!isNumber(boot)) {
    const start = boot.replaceAll('-', '').toLowerCase();
    if (!/^[0-9a-f]{4,32}$/.test(start)) throw new UserError(`--boot ${boot}: give an id, or 0 or a negative number`);
    return (entry) => entry.bootId?.startsWith(start) === true;
  }
  const id = boots.at(Number(boot) - 1);
  if (id === undefined) throw new UserError(`--boot ${boot}: the journals show ${boots.length} boots with an id`);
  return (entry) => entry.bootId === id;
}

/** RFC 3339, the same with a space or without seconds or zone (UTC), a date, or a duration before the end. */
function timeOf(flag: string, text: string, { newest }: Overview): Micros {
  if (text.startsWith('-')) {
    const duration = parseDuration(text.slice(1));
    if (duration !== undefined && newest !== undefined) return newest - duration;
  }
  const full = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text.replace(/^(\S+[T ]\d\d:\d\d)$/, '$1:00');
  const time = parseTime(full);
  if (time === undefined) throw new UserError(`${flag} ${text}: give a time such as 2024-12-03T20:00:00Z, or -2h`);
  return time;
}

function levelOf(text: string): number {
  const names: Readonly<Record<string, string>> = { error: 'err', warn: 'warning', critical: 'crit', panic: 'emerg' };
  const level = /^[0-7]$/.test(text) ? Number(text) : LEVELS.indexOf(Object.hasOwn(names, text) ? names[text]! : text);
  if (level < 0) throw new UserError(`--priority ${text}: give one of ${LEVELS.join(', ')}, or 0 to 7`);
  return level;
}

function grepFilter(pattern: string): EntryFilter {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, pattern === pattern.toLowerCase() ? 'i' : '');
  } catch (error) {
    throw new UserError(`--grep ${pattern}: ${(error as Error).message}`);
  }
  return (entry) =>
    entry.messages.some((message) => {
      const text = typeof message === 'string' ? message : Buffer.from(message.subarray(0, MATCHED)).toString();
      return expression.test(text.slice(0, MATCHED));
    });
}
