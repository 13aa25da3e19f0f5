import { zstdDecompressSync } from 'node:zlib';
import { lz4Block } from './lz4.ts';
import { xzStream } from './xz.ts';

/** A larger payload is left out: journald itself writes none. */
export const LARGEST_PAYLOAD = 64 * 1024 * 1024;

export const XZ = 1;
export const LZ4 = 2;
export const ZSTD = 4;

/**
 * Decompresses the payload of a DATA object whose flags name one compression. Undefined where it is damaged or would be
 * larger than `limit` bytes.
 */
export function decompressPayload(flag: number, payload: Uint8Array, limit: number): Uint8Array | undefined {
  switch (flag) {
    case XZ:
      return xzStream(payload, limit);
    case LZ4:
      return lz4(payload, limit);
    case ZSTD:
      return zstd(payload, limit);
    default:
      return undefined;
  }
}

/** The size in 64 bits, then one raw block. A block cannot make more than 255 bytes of one. */
function lz4(payload: Uint8Array, limit: number): Uint8Array | undefined {
  if (payload.length < 9) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, 8);
  const size = view.getUint32(0, true) + view.getUint32(4, true) * 0x1_0000_0000;
  if (size > limit || size > payload.length * 255) return undefined;
  const output = new Uint8Array(size);
  return lz4Block(payload.subarray(8), output) ? output : undefined;
}

const LEAST_CHUNK = 64;
const MOST_CHUNK = 128 * 1024;

/** The frame's own size spares the decoder a buffer of the usual 128 KiB for each small payload. */
function zstd(payload: Uint8Array, limit: number): Uint8Array | undefined {
  const size = zstdContentSize(payload);
  if (size > limit) return undefined;
  try {
    const chunkSize = Math.min(Math.max(size, LEAST_CHUNK), MOST_CHUNK);
    return zstdDecompressSync(payload, { chunkSize, maxOutputLength: limit });
  } catch {
    return undefined;
  }
}

/** What the frame's header says of the size of its content; a chunk's size where it says nothing. */
function zstdContentSize(payload: Uint8Array): number {
  const descriptor = payload[4] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  if (at + 8 > payload.length) return MOST_CHUNK;
  switch (descriptor >> 6) {
    case 0:
      return isSingle ? view.getUint8(at) : MOST_CHUNK;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
  }
}
