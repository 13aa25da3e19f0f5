/** One 512-byte header of a tar archive. */
export interface TarHeader {
  readonly name: string;
  /** Bytes of data after the header, without padding. */
  readonly size: number;
  /** The type flag; `0` for regular files, whatever the dialect wrote. */
  readonly type: string;
  /** Seconds since the epoch. */
  readonly mtime: number;
}

const CHECKSUM_AT = 148;
const CHECKSUM_END = 156;

/** Whether the first 512 bytes are a header, as far as its checksum tells. */
export function hasValidChecksum(block: Uint8Array): boolean {
  const stated = octal(block, CHECKSUM_AT, CHECKSUM_END);
  if (stated === undefined || stated === 0) return false;
  const sum = checksum(block);
  return stated === sum || stated === sum - 256 * negatives(block);
}

/** Of unsigned bytes, the field itself taken as blanks. Four at a time: a gather has thousands of headers. */
function checksum(block: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < 512; at += 4) sum += block[at]! + block[at + 1]! + block[at + 2]! + block[at + 3]!;
  for (let at = CHECKSUM_AT; at < CHECKSUM_END; at++) sum += 0x20 - block[at]!;
  return sum;
}

/** Bytes outside the field that the oldest archivers, which summed signed bytes, took for negative. */
function negatives(block: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < 512; at++) if (block[at]! > 127 && (at < CHECKSUM_AT || at >= CHECKSUM_END)) count++;
  return count;
}

export function isZeroBlock(block: Uint8Array): boolean {
  for (let at = 0; at < block.length; at++) if (block[at] !== 0) return false;
  return true;
}

/** Reads a header block; undefined where it is none. */
export function parseTarHeader(block: Uint8Array): TarHeader | undefined {
  if (!hasValidChecksum(block)) return undefined;
  const size = numeric(block, 124, 136);
  if (size === undefined || size < 0 || size > Number.MAX_SAFE_INTEGER - 1024) return undefined;
  const flag = block[156] as number;
  const type = flag === 0 || flag === 0x37 ? '0' : String.fromCharCode(flag);
  const name = text(block, 0, 100);
  // GNU's own dialect ("ustar  ") keeps other things where POSIX has the prefix.
  const posix = block[262] === 0 && text(block, 257, 262) === 'ustar';
  const prefix = posix ? text(block, 345, 500) : '';
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type,
    mtime: numeric(block, 136, 148) ?? 0,
  };
}

/** Reads the records of an extended header (`length key=value\n`). Stops at the first malformed one. */
export function parsePax(data: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < data.length) {
    const space = data.indexOf(0x20, at);
    if (space < 0 || space - at > 10) break;
    const length = Number(latin1(data, at, space));
    if (!Number.isSafeInteger(length) || length <= space - at + 1 || at + length > data.length) break;
    const equals = data.indexOf(0x3d, space);
    if (equals < 0 || equals >= at + length) break;
    records.set(latin1(data, space + 1, equals), utf8(data.subarray(equals + 1, at + length - 1)));
    at += length;
  }
  return records;
}

/** A name that a GNU long-name member carries: up to its first NUL. */
export function longName(data: Uint8Array): string {
  return text(data, 0, data.length);
}

function numeric(block: Uint8Array, from: number, to: number): number | undefined {
  const first = block[from] as number;
  if ((first & 0x80) === 0) return octal(block, from, to);
  // Base-256: a big-endian two's complement number; negative ones make no sense for sizes.
  if (first !== 0x80) return undefined;
  let value = 0;
  for (let at = from + 1; at < to; at++) value = value * 256 + (block[at] as number);
  return Number.isSafeInteger(value) ? value : undefined;
}

function octal(block: Uint8Array, from: number, to: number): number | undefined {
  let value = 0;
  let at = from;
  while (at < to && block[at] === 0x20) at++;
  for (; at < to; at++) {
    const byte = block[at] as number;
    if (byte === 0 || byte === 0x20) break;
    if (byte < 0x30 || byte > 0x37) return undefined;
    value = value * 8 + (byte - 0x30);
  }
  return value;
}

function text(block: Uint8Array, from: number, to: number): string {
  const nul = block.indexOf(0, from);
  return utf8(block.subarray(from, nul < 0 || nul > to ? to : nul));
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
