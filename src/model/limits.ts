const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

/** Limits that real gathers never meet; each met limit becomes a coverage note. Bytes unless said otherwise. */
export interface Limits {
  /** Members of all archives together. */
  readonly maxMembers: number;
  /** Archives inside archives. */
  readonly maxNesting: number;
  /** Decompressed to compressed size, judged after the first 64 MiB. */
  readonly maxRatio: number;
  /** Decompressed bytes of all inputs. */
  readonly maxBytes: number;
  /** A longer log line is cut for matching. */
  readonly maxLine: number;
  /** A longer single resource is skipped. */
  readonly maxResource: number;
  /** A longer JSON document that is parsed as a whole is skipped. */
  readonly maxDocument: number;
  /** Binary journals inside an archive are held in memory up to this size together; a larger one is read as it streams. */
  readonly maxJournal: number;
  /** Milliseconds that one regular expression may spend on slow matches; its signature fails then. */
  readonly maxPatternTime: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxMembers: 2_000_000,
  maxNesting: 6,
  maxRatio: 2000,
  maxBytes: 200 * GiB,
  maxLine: MiB,
  maxResource: 16 * MiB,
  maxDocument: 64 * MiB,
  maxJournal: 256 * MiB,
  maxPatternTime: 3000,
};
