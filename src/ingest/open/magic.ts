import { hasValidChecksum } from './tar-header.ts';

export type Compression = 'gzip' | 'xz' | 'zstd' | 'bzip2';
export type Container = Compression | 'tar' | 'zip';

/** Bytes of a file's head that sniffing and classifying look at. */
export const HEAD_BYTES = 4096;

const MAGICS: readonly (readonly [Container, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  // A frame to be skipped, which `pzstd` begins with.
  ['zstd', [0x50, 0x2a, 0x4d, 0x18]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
];

const MAGIC_STARTS: ReadonlySet<number | undefined> = new Set([...MAGICS.map(([, magic]) => magic[0]), 0x42]);

const USTAR_AT = 257;
const USTAR = 'ustar';

/** A bzip2 stream starts with `BZh`, a level, and the magic of its first block or, where it is empty, of its end. */
const BZIP2 = ['314159265359', '177245385090'];

/** Which container the bytes are, told by their magic and never by a name; undefined for a plain file. */
export function containerOf(head: Uint8Array): Container | undefined {
  if (MAGIC_STARTS.has(head[0])) {
    for (const [container, magic] of MAGICS) {
      if (magic.every((byte, at) => head[at] === byte)) return container;
    }
    if (head[0] === 0x42 && head[1] === 0x5a && head[2] === 0x68) {
      if (BZIP2.includes(Buffer.from(head.subarray(4, 10)).toString('hex'))) return 'bzip2';
    }
  }
  if (head.length < 512 || head[0] === 0) return undefined;
  return hasValidChecksum(head) || saysUstar(head) ? 'tar' : undefined;
}

/** The magic of all but the oldest dialects: an archive whose first header is damaged is one still. */
function saysUstar(head: Uint8Array): boolean {
  for (let i = 0; i < USTAR.length; i++) if (head[USTAR_AT + i] !== USTAR.charCodeAt(i)) return false;
  const [a, b, c] = head.subarray(USTAR_AT + USTAR.length, USTAR_AT + USTAR.length + 3);
  return (a === 0 && b === 0x30 && c === 0x30) || (a === 0x20 && b === 0x20 && c === 0);
}
