import { UserError } from '../../model/errors.ts';
import { DAY, type Duration, HOUR, MINUTE, type Micros, parseTime, SECOND } from '../../model/time.ts';

const WEEK = 7 * DAY;
const UNITS: readonly (readonly [pattern: RegExp, unit: Duration])[] = [
  [/^(?:usec|us|µs)$/, 1],
  [/^(?:msec|ms)$/, 1000],
  [/^(?:seconds?|secs?|s)$/, SECOND],
  [/^(?:minutes?|mins?|m)$/, MINUTE],
  [/^(?:hours?|hrs?|hr|h)$/, HOUR],
  [/^(?:days?|d)$/, DAY],
  [/^(?:weeks?|w)$/, WEEK],
];

const DAYS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };
const CLOCK = /^\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?$/;

/** Whether a time can be told only when the newest entry of the journals is known: it takes the place of now. */
export function isRelative(text: string): boolean {
  return text === 'now' || Object.hasOwn(DAYS, text) || /^[-+]/.test(text) || / ago$/.test(text) || CLOCK.test(text);
}

/**
 * A time as `journalctl --since` takes it: `2024-12-03 20:00:00`, without seconds, clock or date, with a zone or in UTC, `@seconds`,
 * `now`, `today`, `yesterday`, `-1h30m`, `2 hours ago`. Throws a `UserError` on any other; `flag` is where it was given.
 */
export function journalTime(flag: string, text: string, newest: Micros | undefined): Micros {
  const time = isRelative(text) ? (newest === undefined ? undefined : relativeTime(text, newest)) : absoluteTime(text);
  if (time !== undefined) return time;
  const help = isRelative(text) && newest === undefined ? 'no entry has a time that it could count from' : HELP;
  throw new UserError(`${flag} ${text}: ${help}`);
}

const HELP = 'give a time such as "2024-12-03 20:00:00", 2024-12-03T20:00:00Z, yesterday, 20:00 or -2h';

function absoluteTime(text: string): Micros | undefined {
  const seconds = /^@(\d{1,11}(?:\.\d{1,6})?)$/.exec(text)?.[1];
  if (seconds !== undefined) return Math.round(Number(seconds) * SECOND);
  const inUtc = text.replace(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) /, '').replace(/ UTC$/, '');
  const dated = /^\d{4}-\d\d-\d\d$/.test(inUtc) ? `${inUtc}T00:00:00` : inUtc;
  return parseTime(dated.replace(/^(\S+[T ]\d\d:\d\d)(?=$|Z|[+-])/, '$1:00'));
}

function relativeTime(text: string, newest: Micros): Micros | undefined {
  if (text === 'now') return newest;
  const midnight = Math.floor(newest / DAY) * DAY;
  if (Object.hasOwn(DAYS, text)) return midnight + DAYS[text]! * DAY;
  if (CLOCK.test(text)) return absoluteTime(`${new Date(midnight / 1000).toISOString().slice(0, 10)} ${text}`);
  const span = spanOf(text.replace(/^[-+]/, '').replace(/ ago$/, ''));
  return span === undefined ? undefined : newest + (text.startsWith('+') ? span : -span);
}

/** `1h30m`, `2 hours`, `1 day 3h`. */
function spanOf(text: string): Duration | undefined {
  if (!/^(?:\s*\d+(?:\.\d+)?\s*[a-zµ]+)+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, name] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-zµ]+)/g)) {
    const unit = UNITS.find(([pattern]) => pattern.test(name!))?.[1];
    if (unit === undefined) return undefined;
    sum += Number(amount) * unit;
  }
  return sum;
}
