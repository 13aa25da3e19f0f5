import { DAY, DAY_NAMES, HOUR, MINUTE, type Micros, MONTH_NAMES, SECOND } from '../../../model/time.ts';

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const MONTHS: ReadonlyMap<string, number> = new Map(MONTH_NAMES.map((name, at) => [name, at + 1]));

export const WEEKDAYS: ReadonlySet<string> = new Set(DAY_NAMES);

/** The leap year that yearless stamps are counted in: it has every day that any year can have. */
export const YEARLESS = 2000;

export function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function validDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= (month === 2 && isLeap(year) ? 29 : DAYS_IN_MONTH[month - 1]!);
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar. */
export function dayNumber(year: number, month: number, day: number): number {
  // Years are counted from March, so that the leap day is the last of its year.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Midnight of a date, or undefined where the calendar has no such day. */
export function dateMicros(year: number, month: number, day: number): Micros | undefined {
  return validDate(year, month, day) ? dayNumber(year, month, day) * DAY : undefined;
}

const YEARLESS_START = dayNumber(YEARLESS, 1, 1) * DAY;

/** Midnight of a day of a year that is not told: µs since January 1 of 2000. */
export function yearlessMicros(month: number, day: number): number | undefined {
  const at = dateMicros(YEARLESS, month, day);
  return at === undefined ? undefined : at - YEARLESS_START;
}

/** A yearless time put into `year`; undefined for February 29 of a common year. */
export function inYear(yearless: number, year: number): Micros | undefined {
  const dayOfYear = Math.floor(yearless / DAY);
  const isLeapDay = dayOfYear === 59;
  if (isLeapDay && !isLeap(year)) return undefined;
  const days = dayOfYear > 59 && !isLeap(year) ? dayOfYear - 1 : dayOfYear;
  return dayNumber(year, 1, 1) * DAY + days * DAY + (yearless - dayOfYear * DAY);
}

export function clockMicros(hour: number, minute: number, second: number): number {
  return hour * HOUR + minute * MINUTE + second * SECOND;
}
