/** UTF-16 as Windows' tools write it: by its mark, or without one by the NULs that every other byte of Western text then is. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [a, b] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const pairs = Math.min(head.length, SAMPLED) >> 1;
  if (pairs < FEWEST) return undefined;
  let low = 0;
  let high = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (isText(head[at]!) && head[at + 1] === 0) low++;
    if (head[at] === 0 && isText(head[at + 1]!)) high++;
  }
  if (low === pairs) return 'utf-16le';
  return high === pairs ? 'utf-16be' : undefined;
}

const SAMPLED = 64;
const FEWEST = 16;

function isText(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13 || byte === 0x1b || byte === 0x1e;
}

/** The text of the first bytes of a file, whatever its encoding; bytes of others as Latin-1. */
export function headText(head: Uint8Array): string {
  const encoding = utf16Of(head);
  if (encoding !== undefined) return new TextDecoder(encoding).decode(head);
  return Buffer.from(head.buffer, head.byteOffset, head.length)
    .toString('latin1')
    .replace(/^\uFEFF|^ï»¿/, '');
}
