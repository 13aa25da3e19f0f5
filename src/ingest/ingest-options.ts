import type { Limits } from '../model/limits.ts';
import type { Duration } from '../model/time.ts';

export interface IngestOptions {
  /** Kinds of objects to emit, `Event` among them where events are wanted. Others are counted, not parsed. */
  readonly kinds: ReadonlySet<string>;
  /** Kinds among them of which only objects that detectors read are wanted, of `SPARSE_KINDS`. None where left out. */
  readonly sparse?: ReadonlySet<string>;
  /** Objects and documents are counted, not read. */
  readonly logsOnly?: boolean;
  readonly limits: Limits;
  /** Threads to work on: with more than one, large archives are decompressed beside this one. Default 1. */
  readonly jobs?: number;
  /** Zone of logs that name none, in µs east of Greenwich. UTC where it is left out. */
  readonly assumedOffset?: Duration;
  /** What the input `-` reads. */
  readonly stdin?: NodeJS.ReadableStream;
  /** Told now and then how far reading has come. `bytes` and `total` count the inputs as they are on disk. */
  progress?(progress: Progress): void;
}

export interface Progress {
  readonly bytes: number;
  readonly files: number;
  /** Absent where the size is not known beforehand: directories and standard input. */
  readonly total?: number;
  readonly current: string;
}
