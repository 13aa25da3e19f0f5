import { hasValidChecksum } from './tar-header.ts';

export type Compression = 'gzip' | 'xz' | 'zstd' | 'bzip2';
export type Container = Compression | 'tar' | 'zip';

/** Bytes of a file's head that sniffing and classifying look at. */
export const HEAD_BYTES = 4096;

const MAGICS: readonly (readonly [Container, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
];

/** A bzip2 stream starts with `BZh`, a level, and the magic of its first block or, where it is empty, of its end. */
const BZIP2 = ['314159265359', '177245385090'];

/** Which container the bytes are, told by their magic and never by a name; undefined for a plain file. */
export function containerOf(head: Uint8Array): Container | undefined {
  for (const [container, magic] of MAGICS) {
    if (magic.every((byte, at) => head[at] === byte)) return container;
  }
  if (head[0] === 0x42 && head[1] === 0x5a && head[2] === 0x68) {
    if (BZIP2.includes(Buffer.from(head.subarray(4, 10)).toString('hex'))) return 'bzip2';
  }
  if (head.length < 512 || head[0] === 0) return undefined;
  const block = head.subarray(0, 512);
  return hasValidChecksum(block) || saysUstar(block) ? 'tar' : undefined;
}

/** The magic of all but the oldest dialects: an archive whose first header is damaged is one still. */
function saysUstar(block: Uint8Array): boolean {
  const magic = Buffer.from(block.subarray(257, 265)).toString('latin1');
  return magic === 'ustar\u000000' || magic === 'ustar  \u0000';
}
