/** Bytes of the header of a journal, before its first object. */
export const HEADER = 264;

export interface JournalObject {
  readonly at: number;
  readonly type: number;
  readonly size: number;
}

/** The objects of a sound journal in the order of the file, by its specification: type, flags, size, at every eighth byte. */
export function objects(bytes: Buffer): JournalObject[] {
  const found: JournalObject[] = [];
  for (let at = HEADER; at + 16 <= bytes.length; ) {
    const size = Number(bytes.readBigUInt64LE(at + 8));
    if (bytes[at] === 0 || size < 16) break;
    found.push({ at, type: bytes[at]!, size });
    at = Math.ceil((at + size) / 8) * 8;
  }
  return found;
}
