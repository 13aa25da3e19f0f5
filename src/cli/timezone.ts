import { InvalidArgumentError } from 'commander';
import { type Duration, HOUR, MINUTE } from '../model/time.ts';

/** `+02:00`, `-0330`, `+9`, `UTC`: µs east of Greenwich. Throws commander's `InvalidArgumentError`. */
export function timezone(text: string): Duration {
  if (/^(?:UTC|GMT|Z)$/i.test(text)) return 0;
  const match = /^([+-])(\d{1,2})(?::?([0-5]\d))?$/.exec(text);
  const hours = Number(match?.[2]);
  if (match === null || hours > 14) throw new InvalidArgumentError('Give an offset from UTC such as +02:00 or -0500.');
  const east = hours * HOUR + Number(match[3] ?? 0) * MINUTE;
  return match[1] === '-' ? -east : east;
}
