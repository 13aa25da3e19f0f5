import { readText, type Value } from '../../model/resource.ts';
import { type Micros, parseTime } from '../../model/time.ts';

/** The RFC 3339 time at a field path; undefined where there is none. */
export function timeAt(root: Value | undefined, path: string): Micros | undefined {
  const text = readText(root, path);
  return text === undefined ? undefined : parseTime(text);
}

export function newest(times: readonly (Micros | undefined)[]): Micros | undefined {
  return times.reduce((max, at) => (max === undefined || (at !== undefined && at > max) ? at : max), undefined);
}

export function oldest(times: readonly (Micros | undefined)[]): Micros | undefined {
  return times.reduce((min, at) => (min === undefined || (at !== undefined && at < min) ? at : min), undefined);
}
