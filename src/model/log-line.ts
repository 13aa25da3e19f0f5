import type { EntrySink } from './journal-entry.ts';
import type { Stamp } from './time.ts';

/** One decoded log line. Decoded only when a signature wants the line. */
export interface LogLine {
  readonly at?: Stamp;
  /** Host as the line names it (a journal's host field). */
  readonly host?: string;
  /** Syslog identifier or unit that wrote it (`kubenswrapper`, `kernel`, `crio`). */
  readonly identifier?: string;
  readonly pid?: number;
  /** The text without the outer layers (journal, container or CRI prefix). */
  readonly message: string;
}

/** Decodes lines of one source. Keeps what it must between calls (the last host, boot, CRI pieces). */
export interface LineDecoder {
  /** Name of the detected format, for coverage notes and tests. */
  readonly format: string;
  /**
   * `offset` is where the line starts in `bytes` of the region being read: with it, a line that has no time of its own
   * (a stack trace, a message's second line) gets time and writer of the line that it belongs to.
   */
  decode(line: string, offset?: number): LogLine;
}

/**
 * Whole lines of a source in one buffer: `bytes[start, end)`, each ended by `\n` (the last of a file may lack it, and
 * so does a piece of a line beyond the length limit: the next region goes on with the same line).
 * The buffer belongs to the giver and is overwritten after the call: copy what must outlive it.
 */
export interface LineRegion {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Lines of the file before this region. Without meaning where `origins` are given. */
  readonly linesBefore: number;
  /**
   * For transcoded sources (binary, export, JSON and verbose journals): the position in the original file of each
   * line of the region. Absent when the region's lines are the file's own.
   */
  readonly origins?: LineOrigins;
}

export interface LineOrigins {
  /** 1-based line in the original file; 0 where it has none (binary). */
  readonly lines: ArrayLike<number>;
  /** Byte offset in the original file, for binary sources. */
  readonly offsets?: ArrayLike<number>;
}

/** Takes the lines of one source, in order. */
export interface LineSink {
  /** Where it is given, entries of structured journals (binary, export, JSON, verbose) go there and make no lines. */
  readonly entries?: EntrySink;
  region(region: LineRegion, decoder: LineDecoder): void;
  end(): void;
}
