import { clockMicros } from './civil.ts';

/** What was found at a place of a line, and where it ends. */
export interface Found {
  readonly micros: number;
  readonly end: number;
}

export const ZERO = 48;
export const SPACE = 32;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Two decimal digits, or -1. */
export function twoDigits(line: string, at: number): number {
  const tens = line.charCodeAt(at) - ZERO;
  const ones = line.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

export function fourDigits(line: string, at: number): number {
  const high = twoDigits(line, at);
  const low = twoDigits(line, at + 2);
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}

/** End of a run of digits that starts at `at`. */
export function digitsEnd(line: string, at: number): number {
  let end = at;
  while (isDigit(line.charCodeAt(end))) end++;
  return end;
}

/** Microseconds of a fraction whose first digit is at `at`; what is finer is cut. */
export function fraction(line: string, at: number, end: number): number {
  let micros = 0;
  for (let i = 0; i < 6; i++) micros = micros * 10 + (at + i < end ? line.charCodeAt(at + i) - ZERO : 0);
  return micros;
}

/** `20:00:04`, with or without a fraction after `.` or `,`. */
export function clockAt(line: string, at: number): Found | undefined {
  if (line.charCodeAt(at + 2) !== 58 || line.charCodeAt(at + 5) !== 58) return undefined;
  const hour = twoDigits(line, at);
  const minute = twoDigits(line, at + 3);
  const second = twoDigits(line, at + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return undefined;
  const micros = clockMicros(hour, minute, second);
  const mark = line.charCodeAt(at + 8);
  if ((mark !== 46 && mark !== 44) || !isDigit(line.charCodeAt(at + 9))) return { micros, end: at + 8 };
  const end = digitsEnd(line, at + 9);
  return { micros: micros + fraction(line, at + 9, end), end };
}
