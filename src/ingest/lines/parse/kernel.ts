import type { LogLine } from '../../../model/log-line.ts';
import { SPACE } from './digits.ts';
import { isoAt } from './iso.ts';
import { bracketSecondsAt, ctimeAt } from './journal.ts';
import { absolute, logLine, monotonic } from './log-line.ts';

/** `[   12.345678] message`, with or without `<6>` or `kern  :info  : ` before it. */
export function dmesg(line: string): LogLine | undefined {
  const at = afterLevel(line);
  const time = bracketSecondsAt(line, at);
  return time === undefined ? undefined : logLine(afterSpace(line, time.end), monotonic(time.micros));
}

const KMSG = /^(?:\d[\w.+-]{0,64},)?\d{1,4},\d{1,12},(\d{1,15}),[^;]{1,64};/;

/** What `/dev/kmsg` and netconsole's extended form have: `6,1234,55118403,-;message`, also with the kernel's release before. */
export function kmsg(line: string): LogLine | undefined {
  const match = KMSG.exec(line.slice(0, 256));
  return match === null ? undefined : logLine(line.slice(match[0].length), monotonic(Number(match[1])));
}

function afterLevel(line: string): number {
  const first = line.charCodeAt(0);
  if (first === 91) return 0;
  if (first === 60) {
    const close = line.indexOf('>');
    return close > 0 && close < 6 ? close + 1 : 0;
  }
  // `dmesg -x`: facility and level are padded, each followed by a colon.
  const bracket = line.indexOf(': [');
  return bracket > 0 && bracket < 24 && line.indexOf(':') < bracket ? bracket + 2 : 0;
}

/** `[Tue Dec  3 20:00:01 2024] message`. */
export function dmesgCtime(line: string): LogLine | undefined {
  if (line.charCodeAt(0) !== 91) return undefined;
  const time = ctimeAt(line, 1);
  if (time === undefined || line.charCodeAt(time.end) !== 93) return undefined;
  return logLine(afterSpace(line, time.end + 1), absolute(time.micros));
}

/** `2024-12-03T20:00:00,123456+00:00 message`. */
export function dmesgIso(line: string): LogLine | undefined {
  const time = isoAt(line, 0);
  if (time === undefined || !time.comma || !time.tee || time.zone !== 'offset') return undefined;
  return logLine(afterSpace(line, time.end), absolute(time.micros));
}

export function afterSpace(line: string, at: number): string {
  return line.slice(line.charCodeAt(at) === SPACE ? at + 1 : at);
}
