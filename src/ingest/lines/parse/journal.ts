import type { LogLine } from '../../../model/log-line.ts';
import { SECOND } from '../../../model/time.ts';
import { dateMicros, MONTHS, WEEKDAYS, yearlessMicros } from './civil.ts';
import { clockAt, digitsEnd, type Found, fourDigits, fraction, isDigit, SPACE, twoDigits } from './digits.ts';
import { isoAt } from './iso.ts';
import { absolute, monotonic, yearless } from './log-line.ts';
import { fromHost } from './writer-tag.ts';
import { zoneNameAt } from './zone.ts';

/** `Dec 03 20:00:00`, `Dec 03 20:00:00.123789`, `Dec  3 20:00:01`: µs since January 1 of 2000. */
export function shortTimeAt(line: string, at: number): Found | undefined {
  if (line.charCodeAt(at + 3) !== SPACE || line.charCodeAt(at + 6) !== SPACE) return undefined;
  const month = MONTHS.get(line.slice(at, at + 3));
  if (month === undefined) return undefined;
  const day = line.charCodeAt(at + 4) === SPACE ? line.charCodeAt(at + 5) - 48 : twoDigits(line, at + 4);
  const date = yearlessMicros(month, day);
  const clock = clockAt(line, at + 7);
  if (date === undefined || clock === undefined) return undefined;
  return { micros: date + clock.micros, end: clock.end };
}

/** `short`, `short-precise` and RFC 3164 files. */
export function journalShort(line: string): LogLine | undefined {
  const time = shortTimeAt(line, 0);
  return time === undefined || line.charCodeAt(time.end) !== SPACE
    ? undefined
    : fromHost(line, time.end + 1, yearless(time.micros));
}

/** `2024-12-03T20:00:00+0000 host id[pid]: message`, also rsyslog's file format. */
export function journalIso(line: string): LogLine | undefined {
  const time = isoAt(line, 0);
  return time === undefined || line.charCodeAt(time.end) !== SPACE
    ? undefined
    : fromHost(line, time.end + 1, absolute(time.micros));
}

/** `Tue 2024-12-03 20:00:00.123789 UTC`. */
export function fullTimeAt(line: string, at: number): Found | undefined {
  if (line.charCodeAt(at + 3) !== SPACE || !WEEKDAYS.has(line.slice(at, at + 3))) return undefined;
  const time = isoAt(line, at + 4);
  if (time === undefined || time.tee) return undefined;
  const zone = time.zone === 'none' ? zoneNameAt(line, time.end) : undefined;
  return { micros: time.micros - (zone?.offset ?? 0), end: zone?.end ?? time.end };
}

export function journalFull(line: string): LogLine | undefined {
  const time = fullTimeAt(line, 0);
  return time === undefined || line.charCodeAt(time.end) !== SPACE
    ? undefined
    : fromHost(line, time.end + 1, absolute(time.micros));
}

/** `1733256000.123789 host id[pid]: message`. */
export function journalUnix(line: string): LogLine | undefined {
  if (!isDigit(line.charCodeAt(0))) return undefined;
  const time = secondsAt(line, 0);
  if (time === undefined || line.charCodeAt(time.end) !== SPACE) return undefined;
  return fromHost(line, time.end + 1, absolute(time.micros));
}

/** `[28740.123789] host id[pid]: message`. */
export function journalMonotonic(line: string): LogLine | undefined {
  const time = bracketSecondsAt(line, 0);
  if (time === undefined || line.charCodeAt(time.end) !== SPACE) return undefined;
  return fromHost(line, time.end + 1, monotonic(time.micros));
}

/** What is left of a short form whose date, or all of its time, somebody cut off: `20:00:00 host id[pid]: message`, `host id[pid]: message`. */
export function journalUndated(line: string): LogLine | undefined {
  const host = undatedHostAt(line);
  return host < 0 ? undefined : fromHost(line, host, undefined);
}

/** Place of the host in a line that names it and a process, but no date; -1 in any other line. */
export function undatedHostAt(line: string): number {
  const match = UNDATED.exec(line.slice(0, UNDATED_HEAD));
  return match === null ? -1 : match[1]!.length;
}

const UNDATED_HEAD = 400;
const UNDATED =
  /^((?:\d{1,2} )?(?:[\d:.]{0,16} )?)(?=[A-Za-z0-9])[A-Za-z0-9._-]{1,253} (?:[A-Za-z_][\w.@/-]{0,63}\[\d{1,10}\]|kernel): /;

/** Seconds with six decimals. */
export function secondsAt(line: string, at: number): Found | undefined {
  const point = digitsEnd(line, at);
  if (point === at || point - at > 11 || line.charCodeAt(point) !== 46) return undefined;
  const end = digitsEnd(line, point + 1);
  if (end - point !== 7) return undefined;
  return { micros: Number(line.slice(at, point)) * SECOND + fraction(line, point + 1, end), end };
}

/** `[   12.345678]`, also with the caller that some kernels add: `[    0.000000][    T0]`. */
export function bracketSecondsAt(line: string, at: number): Found | undefined {
  if (line.charCodeAt(at) !== 91) return undefined;
  let digits = at + 1;
  while (line.charCodeAt(digits) === SPACE && digits < at + 12) digits++;
  const time = secondsAt(line, digits);
  if (time === undefined) return undefined;
  const close = line.charCodeAt(time.end) === SPACE ? deltaEnd(line, time.end) : time.end;
  if (line.charCodeAt(close) !== 93) return undefined;
  const callerEnd = line.charCodeAt(close + 1) === 91 ? line.indexOf(']', close + 2) : -1;
  const hasCaller = callerEnd > 0 && callerEnd - close < 16;
  return { micros: time.micros, end: (hasCaller ? callerEnd : close) + 1 };
}

/** `short-delta` and `dmesg -d` say how long after the line before: `[    4.101427 <    0.050969 >]`, `[    4.101427 <    0.050969>]`; a `*` marks another boot. */
function deltaEnd(line: string, at: number): number {
  return at + (/^ +(?:< *\d{1,11}\.\d{6}[ *]?>)?/.exec(line.slice(at, at + 32))?.[0].length ?? 0);
}

/** `Tue Dec  3 20:00:07 2024`, also with a fraction after the seconds. */
export function ctimeAt(line: string, at: number): Found | undefined {
  if (line.charCodeAt(at + 3) !== SPACE || line.charCodeAt(at + 7) !== SPACE) return undefined;
  if (!WEEKDAYS.has(line.slice(at, at + 3))) return undefined;
  const month = MONTHS.get(line.slice(at + 4, at + 7));
  const day = line.charCodeAt(at + 8) === SPACE ? line.charCodeAt(at + 9) - 48 : twoDigits(line, at + 8);
  const clock = clockAt(line, at + 11);
  if (month === undefined || clock === undefined) return undefined;
  const date = dateMicros(fourDigits(line, clock.end + 1), month, day);
  return date === undefined ? undefined : { micros: date + clock.micros, end: clock.end + 5 };
}
