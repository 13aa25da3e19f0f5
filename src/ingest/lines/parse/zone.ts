import { HOUR, MINUTE } from '../../../model/time.ts';
import { SPACE, twoDigits } from './digits.ts';

export interface Zone {
  /** µs to subtract from the local time. */
  readonly offset: number;
  readonly end: number;
}

/** Hours east of Greenwich of abbreviations that mean one thing only; any other is read as UTC. */
const NAMED: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['CET', 1],
  ['CEST', 2],
  ['EET', 2],
  ['EEST', 3],
  ['MSK', 3],
  ['JST', 9],
  ['KST', 9],
  ['EST', -5],
  ['EDT', -4],
  ['CDT', -5],
  ['MDT', -6],
  ['MST', -7],
  ['PDT', -7],
  ['PST', -8],
]);

/** What `CEST` or `+0200` stand for, in µs east of Greenwich; undefined for a name of none or of several zones. */
export function zoneOffset(name: string): number | undefined {
  const hours = NAMED.get(name);
  if (hours !== undefined) return hours * HOUR;
  const numeric = zoneAt(name, 0);
  return numeric?.end === name.length ? numeric.offset : undefined;
}

/** `Z`, `+00:00`, `+0000` or `+00` directly at `at`. */
export function zoneAt(line: string, at: number): Zone | undefined {
  const code = line.charCodeAt(at);
  if (code === 90) return { offset: 0, end: at + 1 };
  if (code !== 43 && code !== 45) return undefined;
  const hours = twoDigits(line, at + 1);
  if (hours < 0 || hours > 18) return undefined;
  const colon = line.charCodeAt(at + 3) === 58 ? 1 : 0;
  const minutes = twoDigits(line, at + 3 + colon);
  const east = hours * HOUR + Math.max(minutes, 0) * MINUTE;
  return { offset: code === 45 ? -east : east, end: minutes < 0 ? at + 3 : at + 5 + colon };
}

/** A zone after a space: ` UTC`, ` CEST`, ` +0100`, ` -03`. Capitals that name no known zone are taken as one, at UTC. */
export function zoneNameAt(line: string, at: number): Zone | undefined {
  if (line.charCodeAt(at) !== SPACE) return undefined;
  const numeric = zoneAt(line, at + 1);
  if (numeric !== undefined && isBreak(line, numeric.end)) return numeric;
  let end = at + 1;
  while (line.charCodeAt(end) >= 65 && line.charCodeAt(end) <= 90) end++;
  const length = end - at - 1;
  if (length < 2 || length > 5 || !isBreak(line, end)) return undefined;
  return { offset: (NAMED.get(line.slice(at + 1, end)) ?? 0) * HOUR, end };
}

function isBreak(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  // journalctl ends its header's times with a comma and with a full stop.
  return at >= line.length || code === SPACE || code === 44 || code === 46;
}
