import { textOf } from '../../../ingest/journal/printable.ts';
import type { FieldGroup, JournalEntry } from '../../../model/journal-entry.ts';
import { DAY_NAMES, formatTime, type Micros, MONTH_NAMES, SECOND } from '../../../model/time.ts';

/** How journalctl writes the time of an entry that is on the wall clock, in UTC. */
export type WriteTime = (at: Micros) => string;

/** `Dec 03 20:00:00`. */
export const syslogTime: WriteTime = (at) => {
  const text = formatTime(secondOf(at));
  return `${MONTH_NAMES[Number(text.slice(5, 7)) - 1]} ${text.slice(8, 10)} ${text.slice(11, 19)}`;
};

/** `Dec 03 20:00:00.123456`. */
export const preciseTime: WriteTime = (at) => `${syslogTime(at)}.${decimals(at)}`;

/** `2024-12-03T20:00:00.123456+0000`. */
export const precise8601: WriteTime = (at) => `${formatTime(secondOf(at)).slice(0, 19)}.${decimals(at)}+0000`;

/** `Tue 2024-12-03 20:00:00 UTC`. */
export const fullTime: WriteTime = (at) => `${dated(at)} UTC`;

/** `Tue 2024-12-03 20:00:00.123456 UTC`. */
export const verboseTime: WriteTime = (at) => `${dated(at)}.${decimals(at)} UTC`;

/** `1733256000.123456`. */
export const unixTime: WriteTime = (at) => secondsText(at, 10);

/** Seconds with all six decimals, their whole part as wide as this. */
export function secondsText(micros: number, width: number): string {
  return `${String(Math.floor(micros / SECOND)).padStart(width)}.${decimals(micros)}`;
}

/** Since boot: what the sender claims, as journalctl has it, or the time of receipt. */
export function monotonicOf(entry: JournalEntry): number | undefined {
  const claimed = fieldText(entry.fields, '_SOURCE_MONOTONIC_TIMESTAMP');
  return claimed !== undefined && /^\d{1,15}$/.test(claimed) ? Number(claimed) : entry.monotonic;
}

/** The first value of a field. */
export function fieldText(groups: readonly FieldGroup[] | undefined, name: string): string | undefined {
  for (const { fields } of groups ?? []) {
    const value = fields.find((field) => field.name === name)?.value;
    if (value !== undefined && value !== null) return typeof value === 'string' ? value : textOf(value);
  }
  return undefined;
}

function dated(at: Micros): string {
  const text = formatTime(secondOf(at));
  return `${DAY_NAMES[new Date(at / 1000).getUTCDay()]} ${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

function secondOf(at: Micros): Micros {
  return Math.floor(at / SECOND) * SECOND;
}

function decimals(micros: number): string {
  return String(micros - Math.floor(micros / SECOND) * SECOND).padStart(6, '0');
}
