import type { LineFormat } from '../formats.ts';

const SPACE = 32;

/** Where the host name of a line starts, judged by its bytes alone; -1 where the line has none. */
export type HostPosition = (bytes: Uint8Array, start: number, end: number) => number;

const short: HostPosition = (bytes, start, end) => {
  if (end - start < 18 || bytes[start + 3] !== SPACE || bytes[start + 6] !== SPACE || bytes[start + 9] !== 58)
    return -1;
  return bytes[start + 15] === SPACE ? start + 16 : afterSpaces(bytes, start + 15, end, 1);
};

const iso: HostPosition = (bytes, start, end) => {
  if (end - start < 22 || bytes[start + 4] !== 45 || bytes[start + 10] !== 84 || bytes[start + 13] !== 58) return -1;
  return afterSpaces(bytes, start + 19, end, 1);
};

const full: HostPosition = (bytes, start, end) => {
  if (end - start < 26 || bytes[start + 3] !== SPACE || bytes[start + 8] !== 45 || bytes[start + 17] !== 58) return -1;
  return afterSpaces(bytes, start + 23, end, 2);
};

const unix: HostPosition = (bytes, start, end) =>
  bytes[start]! >= 48 && bytes[start]! <= 57 ? afterSpaces(bytes, start, end, 1) : -1;

const monotonic: HostPosition = (bytes, start, end) => {
  if (bytes[start] !== 91) return -1;
  let at = start + 1;
  while (at < end && at < start + 40 && bytes[at] !== 93) at++;
  return bytes[at + 1] === SPACE ? at + 2 : -1;
};

const undated: HostPosition = (bytes, start, end) => {
  let at = start;
  for (let words = 0; words < 2 && at < end && bytes[at]! >= 48 && bytes[at]! <= 58; words++) {
    const next = afterSpaces(bytes, at, end, 1);
    // A host may start with a digit, too.
    if (next < 0 || !isClock(bytes, at, next - 1)) break;
    at = next;
  }
  return bytes[at]! > SPACE ? at : -1;
};

function isClock(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! > 58 || bytes[at]! < 46) return false;
  return true;
}

const first: HostPosition = (bytes, start) => (bytes[start]! > SPACE ? start : -1);

/** The place after so many spaces, if they come soon. */
function afterSpaces(bytes: Uint8Array, from: number, end: number, spaces: number): number {
  const limit = Math.min(end, from + 32);
  let left = spaces;
  for (let at = from; at < limit; at++) if (bytes[at] === SPACE && --left === 0) return at + 1;
  return -1;
}

const POSITIONS: Partial<Record<LineFormat, HostPosition>> = {
  'journal-short': short,
  'journal-short-precise': short,
  syslog: short,
  'journal-short-iso': iso,
  'journal-short-iso-precise': iso,
  'journal-short-full': full,
  'journal-short-unix': unix,
  'journal-short-monotonic': monotonic,
  'journal-undated': undated,
  windows: first,
};

export function hostPosition(format: LineFormat): HostPosition | undefined {
  return POSITIONS[format];
}

/** End of the host name that starts at `at`: its space, or -1 where it is no host (`haproxy[12]: …`). */
export function hostEnd(bytes: Uint8Array, at: number, end: number): number {
  let space = at;
  while (space < end && bytes[space] !== SPACE) space++;
  return space === at || space === end || bytes[space - 1] === 58 ? -1 : space;
}
