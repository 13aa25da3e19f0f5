import { Unsupported } from './unsupported.ts';

const SLOTS = 1 << 14;
const LONGEST = 40;
const interned: (string | undefined)[] = new Array(SLOTS).fill(undefined);

/**
 * Makes a string of ASCII bytes. Short ones come from a fixed-size table: objects of one kind repeat their keys and most of
 * their values, and a shared string costs neither a call into the runtime nor memory.
 */
export function asciiString(bytes: Buffer, start: number, end: number): string {
  return shortString(bytes, start, end) ?? bytes.toString('latin1', start, end);
}

/** As `asciiString`; undefined for what is longer than a name, or not ASCII. Looks at each byte once. */
export function shortString(bytes: Buffer, start: number, end: number): string | undefined {
  const length = end - start;
  if (length > LONGEST) return undefined;
  let hash = length;
  let all = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    hash = Math.imul(hash, 31) + byte;
    all |= byte;
  }
  if (all > 127) return undefined;
  const slot = (hash ^ (hash >>> 14)) & (SLOTS - 1);
  const known = interned[slot];
  if (known !== undefined && equals(known, bytes, start, length)) return known;
  const text = bytes.toString('latin1', start, end);
  interned[slot] = text;
  return text;
}

function equals(text: string, bytes: Buffer, start: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}

// What YAML calls non-printable, and the byte order mark, which ends a document where it starts a line.
const NOT_PRINTABLE = /[\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]/;

/** Decodes UTF-8 with replacement. @throws Unsupported for characters that YAML forbids outside quotes. */
export function printableString(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (NOT_PRINTABLE.test(text)) throw new Unsupported();
  return text;
}
