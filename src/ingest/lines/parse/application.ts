import type { LogLine } from '../../../model/log-line.ts';
import { SECOND } from '../../../model/time.ts';
import { yearlessMicros } from './civil.ts';
import { clockAt, isDigit, SPACE, twoDigits } from './digits.ts';
import { isoAt } from './iso.ts';
import { ctimeAt } from './journal.ts';
import { absolute, logLine, yearless } from './log-line.ts';

/** `I1203 20:00:00.123456    2511 prober.go:107] …`: µs since January 1 of 2000. */
export function klogTime(line: string): number | undefined {
  const severity = line.charCodeAt(0);
  if (severity !== 73 && severity !== 87 && severity !== 69 && severity !== 70) return undefined;
  if (line.charCodeAt(5) !== SPACE) return undefined;
  const date = yearlessMicros(twoDigits(line, 1), twoDigits(line, 3));
  const clock = clockAt(line, 6);
  return date === undefined || clock === undefined ? undefined : date + clock.micros;
}

export function klog(line: string): LogLine | undefined {
  const time = klogTime(line);
  return time === undefined ? undefined : logLine(line, yearless(time));
}

/** `time="2024-12-03T20:00:10Z" level=info msg="…"`; CRI-O writes a space for the T. */
export function logrusTime(line: string): number | undefined {
  return line.startsWith('time="') ? isoAt(line, 6)?.micros : undefined;
}

export function logrus(line: string): LogLine | undefined {
  const time = logrusTime(line);
  return time === undefined ? undefined : logLine(line, absolute(time));
}

/** Any text that starts with a date: oslo, capnslog, zap console, vlog, Go's log package, Python's logging. */
export function isoText(line: string): LogLine | undefined {
  const time = isoAt(line, 0);
  return time === undefined ? undefined : logLine(line, absolute(time.micros));
}

/** `Tue Dec  3 20:00:07 2024: (lab_API_0) Entering MASTER STATE`. */
export function ctimeText(line: string): LogLine | undefined {
  const time = ctimeAt(line, 0);
  return time === undefined ? undefined : logLine(line, absolute(time.micros));
}

/** The audit daemon's own log: `type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e …`. */
export function auditd(line: string): LogLine | undefined {
  if (!line.startsWith('type=') && !line.startsWith('node=')) return undefined;
  const at = line.slice(0, 320).indexOf(' msg=audit(');
  const time = at < 0 ? undefined : epoch(line, at + 11);
  return time === undefined ? undefined : logLine(line, absolute(time));
}

/** Keys that hold a JSON line's own time, in the order of trust. */
const JSON_TIMES = ['"ts":', '"time":', '"timestamp":', '"@timestamp":', '"asctime":'];
const JSON_HEAD = 4096;

export function jsonTime(line: string): number | undefined {
  // An audit event's request may quote other events: its own time stands last.
  const received = line.lastIndexOf('"requestReceivedTimestamp":');
  if (received > 0) return valueTime(line, received + 27);
  const head = line.length > JSON_HEAD ? line.slice(0, JSON_HEAD) : line;
  for (const key of JSON_TIMES) {
    const at = head.indexOf(key);
    const time = at < 0 ? undefined : valueTime(head, at + key.length);
    if (time !== undefined) return time;
  }
  return undefined;
}

function valueTime(line: string, at: number): number | undefined {
  const start = line.charCodeAt(at) === SPACE ? at + 1 : at;
  if (line.charCodeAt(start) === 34) {
    return isDigit(line.charCodeAt(start + 1)) ? (isoAt(line, start + 1)?.micros ?? epoch(line, start + 1)) : undefined;
  }
  return epoch(line, start);
}

/** Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by size. */
function epoch(line: string, at: number): number | undefined {
  let end = at;
  while (isDigit(line.charCodeAt(end)) || line.charCodeAt(end) === 46) end++;
  // zap's console writes 1.7332563315008872e+09.
  const exponent = /^e\+?\d{1,2}/.exec(line.slice(end, end + 5))?.[0].length ?? 0;
  const value = Number(line.slice(at, end + exponent));
  if (!(value >= 1e8) || value >= 1e20) return undefined;
  if (value < 1e11) return Math.round(value * SECOND);
  if (value < 1e14) return Math.round(value * 1000);
  return value < 1e17 ? Math.round(value) : Math.floor(value / 1000);
}

export function json(line: string): LogLine | undefined {
  if (line.charCodeAt(0) !== 123) return undefined;
  const time = jsonTime(line);
  return time === undefined ? undefined : logLine(line, absolute(time));
}
