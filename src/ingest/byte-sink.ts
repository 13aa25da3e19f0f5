import type { Notes } from '../model/coverage.ts';
import type { SourceSummary } from '../model/ingest.ts';
import type { Limits } from '../model/limits.ts';

/**
 * Takes the decompressed bytes of one member, in order. A chunk belongs to the giver and may be overwritten after `write`
 * returns. `end` is called exactly once; `truncated` says that the member was cut short.
 */
export interface ByteSink {
  /** The sink reads the file on disk by itself; so many bytes count as read, and none is written. */
  readonly ownBytes?: number;
  write(chunk: Uint8Array): void;
  end(truncated: boolean): void;
}

/** What every reader of member bytes may use. */
export interface ReadContext {
  readonly limits: Limits;
  readonly notes: Notes;
  /** Called at the end of each log. */
  summary(summary: SourceSummary): void;
}
