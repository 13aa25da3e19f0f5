import { isUtf8 } from 'node:buffer';

const TAB = 9;
const NEWLINE = 10;
const SPACE = 0x20;
const DELETE = 0x7f;
/** Control characters beyond ASCII. */
const HIGH_CONTROL = /[\x80-\x9f]/;

/** Text without control characters other than tabs and, where they are allowed, newlines. */
export function isPrintable(bytes: Uint8Array, withNewlines: boolean): boolean {
  let isAscii = true;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte < SPACE ? byte !== TAB && !(withNewlines && byte === NEWLINE) : byte === DELETE) return false;
    if (byte > DELETE) isAscii = false;
  }
  return isAscii || (isUtf8(bytes) && !HIGH_CONTROL.test(textOf(bytes)));
}

/** Bytes as UTF-8. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

/**
 * Whether the bytes from `start`, a multiple of four, to `end` are ASCII from space to tilde; `words` are the same bytes, four
 * each, of which the last few may be missing. False says nothing.
 */
export function isPlainAscii(bytes: Uint8Array, words: Uint32Array, start: number, end: number): boolean {
  const stop = end >>> 2;
  for (let word = start >>> 2; word < stop; word++) {
    const four = words[word]!;
    if ((four & 0x80808080) !== 0 || hasZero(four ^ 0x7f7f7f7f) || isAnyBelowSpace(four)) return false;
  }
  for (let at = stop * 4; at < end; at++) if (bytes[at]! < SPACE || bytes[at]! >= DELETE) return false;
  return true;
}

/** Of four bytes below 128. */
function hasZero(four: number): boolean {
  return ((four - 0x01010101) & 0x80808080) !== 0;
}

/** Of four bytes below 128. */
function isAnyBelowSpace(four: number): boolean {
  return ((four - 0x20202020) & 0x80808080) !== 0;
}
