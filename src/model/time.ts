/** Microseconds since the Unix epoch, UTC. Exact in a double until the year 2255. */
export type Micros = number;

/** A duration in microseconds. */
export type Duration = number;

export const SECOND: Duration = 1_000_000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
export const DAY: Duration = 24 * HOUR;

/** As syslog writes them, January first. */
export const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Sunday first. */
export const DAY_NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * How the clock of a log line is to be read.
 * - `absolute`: µs since the epoch;
 * - `yearless`: µs since January 1 of the leap year 2000; the year is chosen when the gather time is known;
 * - `monotonic`: µs since the boot of the host that wrote the line.
 */
export type Clock = 'absolute' | 'yearless' | 'monotonic';

/** A time as a line states it. */
export interface Stamp {
  readonly clock: Clock;
  readonly micros: number;
  /**
   * Of a `monotonic` stamp in a log of several boots: which of them it counts from. A later boot has the higher number; without
   * one it is 0.
   */
  readonly boot?: number;
}

export interface Interval {
  readonly from: Micros;
  readonly to: Micros;
}

const UNITS: Readonly<Record<string, Duration>> = { ms: 1000, s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** Parses `90s`, `10m`, `1h30m`, `2d`, `500ms`. Returns undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map((p) => p[0]).join('') !== text) return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit as string]!, 0);
}

/** Writes a duration the way a person says it: `45 s`, `12 min`, `23 h`, `3 d`. */
export function formatDuration(duration: Duration): string {
  const abs = Math.abs(duration);
  if (abs < SECOND) return `${Math.round(abs / 1000)} ms`;
  if (abs < 2 * MINUTE) return `${Math.round(abs / SECOND)} s`;
  if (abs < 2 * HOUR) return `${Math.round(abs / MINUTE)} min`;
  if (abs < 3 * DAY) return `${Math.round(abs / HOUR)} h`;
  return `${Math.round(abs / DAY)} d`;
}

/**
 * RFC 3339 in UTC, with microseconds only where there are any.
 * Times outside the years 1..9999 are clamped to that range: they come from hostile input.
 */
export function formatTime(at: Micros): string {
  const seconds = Math.min(Math.max(Math.floor(at / SECOND), -62_135_596_800), 253_402_300_799);
  const fraction = Math.round(at - seconds * SECOND) % SECOND;
  const base = new Date(seconds * 1000).toISOString().slice(0, 19);
  if (fraction === 0) return `${base}Z`;
  return `${base}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}Z`;
}

/**
 * Parses an RFC 3339 time as Kubernetes and journals write it (`Z`, `+00:00` or `+0000`, any fraction; a space for `T`).
 * Fractions beyond microseconds are cut. Returns undefined for anything else.
 */
export function parseTime(text: string): Micros | undefined {
  return wholeSeconds(text) ?? parseAnyTime(text);
}

/** `2024-12-03T21:55:35Z`, as all times of objects but a few are; undefined for others, and for dates that may not exist. */
function wholeSeconds(text: string): Micros | undefined {
  if (text.length !== 20 || text.charCodeAt(19) !== 90 || text.charCodeAt(10) !== 84) return undefined;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined;
  const century = twoDigits(text, 0);
  const year = century * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  const isPlain =
    century >= 10 && year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour <= 23 && minute <= 59;
  return isPlain && second <= 59 ? Date.UTC(year, month - 1, day, hour, minute, second) * 1000 : undefined;
}

/** NaN for anything else. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function parseAnyTime(text: string): Micros | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\d*(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const millis = date.getTime();
  if (Number.isNaN(millis) || date.getUTCMonth() !== Number(month) - 1) return undefined;
  const micros = fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'));
  return millis * 1000 + micros - zoneOffset(zone);
}

function zoneOffset(zone: string | undefined): Duration {
  if (zone === undefined || zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * HOUR + Number(zone.slice(-2)) * MINUTE);
}
