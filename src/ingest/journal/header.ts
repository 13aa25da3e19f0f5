import type { PagedBytes } from './paged-bytes.ts';

const OLDEST_HEADER = 208;
/** Those of all versions until now are 208 to 272 bytes, in words of eight: a larger one is damage, not progress. */
const LARGEST_HEADER = 1024;
const KNOWN_INCOMPATIBLE = 1 | 2 | 4 | 8 | 16;
const COMPACT = 16;

/** What a journal file says of itself. Counters may lag in a file that was open when it was copied. */
export interface JournalHeader {
  readonly incompatible: number;
  readonly isCompact: boolean;
  /** 0 offline, 1 online, 2 archived. */
  readonly state: number;
  readonly fileId: string;
  readonly machineId: string;
  readonly sequenceId: string;
  readonly headerSize: number;
  /** Offset of the root of the list of all entries; 0 where there is none. */
  readonly entryArray: number;
  readonly entries: number;
  readonly headSequence: number;
  readonly tailSequence: number;
  readonly headRealtime: number;
}

/** Reads the header; a reason where the file cannot be read by it. */
export function readHeader(source: PagedBytes): JournalHeader | string {
  if (!source.seek(0, OLDEST_HEADER)) return 'cut short inside its header';
  const { bytes, words, at } = source;
  if (bytes.toString('latin1', at, at + 8) !== 'LPKSHHRH') return 'not a journal file';
  const incompatible = bytes.readUInt32LE(at + 12);
  const unknown = incompatible & ~KNOWN_INCOMPATIBLE;
  if (unknown !== 0) return `uses features of a newer systemd (incompatible flags 0x${(unknown >>> 0).toString(16)})`;
  const headerSize = number64(words, (at + 88) / 4);
  const isPossible = headerSize >= OLDEST_HEADER && headerSize <= LARGEST_HEADER && headerSize % 8 === 0;
  if (!isPossible || headerSize > source.size) return 'its header states an impossible size';
  return {
    incompatible,
    isCompact: (incompatible & COMPACT) !== 0,
    state: bytes[at + 16]!,
    fileId: bytes.toString('hex', at + 24, at + 40),
    machineId: bytes.toString('hex', at + 40, at + 56),
    sequenceId: bytes.toString('hex', at + 72, at + 88),
    headerSize,
    entryArray: number64(words, (at + 176) / 4),
    entries: number64(words, (at + 152) / 4),
    headSequence: number64(words, (at + 168) / 4),
    tailSequence: number64(words, (at + 160) / 4),
    headRealtime: number64(words, (at + 184) / 4),
  };
}

/**
 * The 64-bit number at so many words, as a double: exact up to 2^53, which no honest offset, time or sequence number exceeds.
 */
export function number64(words: Uint32Array, at: number): number {
  const high = words[at + 1]!;
  return high === 0 ? words[at]! : high * 0x1_0000_0000 + words[at]!;
}
