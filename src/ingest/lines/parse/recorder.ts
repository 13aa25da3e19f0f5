import type { LogLine } from '../../../model/log-line.ts';
import type { Stamp } from '../../../model/time.ts';
import { isDigit, SPACE } from './digits.ts';
import { isoAt } from './iso.ts';
import { bracketSecondsAt, ctimeAt, secondsAt, shortTimeAt } from './journal.ts';
import { afterSpace } from './kernel.ts';
import { absolute, logLine, yearless } from './log-line.ts';

/**
 * A console line as BMC recorders, console servers and netconsole receivers keep it, with the time when it came in:
 *
 *     2024-12-03T20:00:00Z [   12.345678] message
 *     [2024-12-03 20:00:00.123] [   12.345678] message
 *     [Tue Dec  3 20:00:00 2024] message
 *     Dec  3 20:00:00 [   12.345678] message
 *     2024-12-03T20:00:00+00:00 10.0.0.5 [   12.345678] message
 */
export function recorded(line: string): LogLine | undefined {
  const head = recordHead(line);
  if (head === undefined) return undefined;
  const end = kernelEnd(line, head.end);
  return logLine(end < 0 ? line.slice(head.end) : afterSpace(line, end), head.at);
}

/** Whether a line is the kernel's, recorded with the time when it came in. */
export function isRecordedKernel(line: string): boolean {
  const head = recordHead(line);
  return head !== undefined && kernelEnd(line, head.end) >= 0;
}

const AFTER_TIME = /^:?(?: \|)? /;
const RECEIVED_FROM = /^[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,251}[A-Za-z0-9])? (?=\[ {0,11}\d)/;

function recordHead(line: string): { readonly at: Stamp; readonly end: number } | undefined {
  const isBracketed = line.charCodeAt(0) === 91;
  const time = timeAt(line, isBracketed ? 1 : 0);
  if (time === undefined) return undefined;
  if (isBracketed && line.charCodeAt(time.end) !== 93) return undefined;
  const end = isBracketed ? time.end + 1 : time.end;
  const gap = AFTER_TIME.exec(line.slice(end, end + 4));
  return gap === null ? undefined : { at: time.at, end: end + gap[0].length };
}

/** Place after the kernel's own time, -1 where there is none. */
function kernelEnd(line: string, at: number): number {
  const start = at + (RECEIVED_FROM.exec(line.slice(at, at + 260))?.[0].length ?? 0);
  return bracketSecondsAt(line, start)?.end ?? -1;
}

function timeAt(line: string, at: number): { readonly at: Stamp; readonly end: number } | undefined {
  if (isDigit(line.charCodeAt(at))) {
    const time = isoAt(line, at) ?? epochAt(line, at);
    return time && { at: absolute(time.micros), end: time.end };
  }
  if (line.charCodeAt(at + 3) !== SPACE) return undefined;
  const short = shortTimeAt(line, at);
  if (short !== undefined) return { at: yearless(short.micros), end: short.end };
  const full = ctimeAt(line, at);
  return full && { at: absolute(full.micros), end: full.end };
}

/** `1733256000.123456`; fewer digits before the point are seconds since boot. */
function epochAt(line: string, at: number): ReturnType<typeof secondsAt> {
  return line.charCodeAt(at + 10) === 46 ? secondsAt(line, at) : undefined;
}
