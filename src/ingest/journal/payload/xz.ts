import { LzmaDecoder } from './lzma-decoder.ts';

const STREAM_HEADER = 12;
const LZMA2 = 0x21;
const GUESS = 4096;

/**
 * Decompresses one `.xz` stream of a single block as journald writes it: LZMA2 and no other filter. Checksums are not
 * looked at. Undefined where the stream is anything else, damaged, or larger than `limit` bytes.
 */
export function xzStream(input: Uint8Array, limit: number): Uint8Array | undefined {
  const block = blockStart(input);
  if (block === undefined) return undefined;
  const decoder = new LzmaDecoder(Math.min(limit, GUESS));
  return lzma2(input, block, decoder, limit) ? decoder.output.subarray(0, decoder.position) : undefined;
}

/** Where the block's data starts. */
function blockStart(input: Uint8Array): number | undefined {
  const isXz = input.length > STREAM_HEADER + 8 && input[0] === 0xfd && input[1] === 0x37 && input[5] === 0;
  if (!isXz) return undefined;
  const length = (input[STREAM_HEADER]! + 1) * 4;
  const flags = input[STREAM_HEADER + 1]!;
  const isSingleFilter = input[STREAM_HEADER] !== 0 && (flags & 0x3f) === 0;
  if (!isSingleFilter) return undefined;
  let at = STREAM_HEADER + 2;
  if ((flags & 0x40) !== 0) at = afterNumber(input, at);
  if ((flags & 0x80) !== 0) at = afterNumber(input, at);
  return input[at] === LZMA2 && input[at + 1] === 1 ? STREAM_HEADER + length : undefined;
}

/** Numbers take seven bits a byte, at most nine bytes. */
function afterNumber(input: Uint8Array, at: number): number {
  for (let next = at; next < at + 9; next++) if ((input[next] ?? 0) < 0x80) return next + 1;
  return input.length;
}

function lzma2(input: Uint8Array, start: number, decoder: LzmaDecoder, limit: number): boolean {
  let at = start;
  let isReady = false;
  for (;;) {
    const control = input[at];
    if (control === undefined) return false;
    if (control === 0) return true;
    if (control >= 0xe0 || control === 1) decoder.resetDictionary();
    const isCompressed = control >= 0x80;
    const length = isCompressed
      ? ((control & 0x1f) << 16) + ((input[at + 1]! << 8) | input[at + 2]!) + 1
      : ((input[at + 1]! << 8) | input[at + 2]!) + 1;
    if (!(decoder.position + length <= limit)) return false;
    decoder.room(length);
    if (!isCompressed) {
      if (control > 2 || at + 3 + length > input.length) return false;
      decoder.output.set(input.subarray(at + 3, at + 3 + length), decoder.position);
      decoder.position += length;
      at += 3 + length;
      continue;
    }
    const size = ((input[at + 3]! << 8) | input[at + 4]!) + 1;
    at += 5;
    if (control >= 0xc0) {
      if (!decoder.properties(input[at++] ?? 255)) return false;
      isReady = true;
    }
    if (!isReady) return false;
    if (control >= 0xa0) decoder.resetState();
    if (at + size > input.length || !decoder.chunk(input, at, at + size, length)) return false;
    at += size;
  }
}
