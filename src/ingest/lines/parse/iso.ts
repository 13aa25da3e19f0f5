import { dateMicros } from './civil.ts';
import { clockAt, fourDigits, SPACE, twoDigits } from './digits.ts';
import { zoneAt } from './zone.ts';

/** An ISO-like date and time, with what tells its writers apart. */
export interface IsoTime {
  /** µs since the epoch; without a zone it is taken as UTC. */
  readonly micros: number;
  readonly end: number;
  /** Digits of the fraction: 0 where there is none. */
  readonly digits: number;
  /** The character between date and time is a `T`. */
  readonly tee: boolean;
  readonly zone: 'none' | 'Z' | 'offset';
  readonly comma: boolean;
}

/** `2024-12-03T20:00:00.123999001Z`, `2024-12-03 20:05:30.009`, `2024/12/03 20:00:00`, `2024-12-03T20:00:00,1+00:00`. */
export function isoAt(line: string, at: number): IsoTime | undefined {
  const dash = line.charCodeAt(at + 4);
  if ((dash !== 45 && dash !== 47) || line.charCodeAt(at + 7) !== dash) return undefined;
  const between = line.charCodeAt(at + 10);
  if (between !== 84 && between !== SPACE) return undefined;
  const clock = clockAt(line, at + 11);
  if (clock === undefined) return undefined;
  const date = dateMicros(fourDigits(line, at), twoDigits(line, at + 5), twoDigits(line, at + 8));
  if (date === undefined) return undefined;
  const zone = zoneAt(line, clock.end) ?? spacedZone(line, clock.end);
  return {
    micros: date + clock.micros - (zone?.offset ?? 0),
    end: zone?.end ?? clock.end,
    digits: Math.max(clock.end - at - 20, 0),
    tee: between === 84,
    zone: zone === undefined ? 'none' : line.charCodeAt(zone.end - 1) === 90 ? 'Z' : 'offset',
    comma: line.charCodeAt(at + 19) === 44,
  };
}

/** Go's `time.String()`: `2024-12-03 21:15:02.1 +0100 CET`. */
function spacedZone(line: string, at: number): ReturnType<typeof zoneAt> {
  const sign = line.charCodeAt(at + 1);
  if (line.charCodeAt(at) !== SPACE || (sign !== 43 && sign !== 45)) return undefined;
  const zone = zoneAt(line, at + 1);
  return zone?.end === at + 6 ? zone : undefined;
}
