import type { FailureKind } from '../incidents/incident.ts';
import type { Limits } from '../model/limits.ts';
import type { Duration } from '../model/time.ts';
import type { Format } from '../report/render.ts';

/** One analysis, as it is sent to the process that does it. */
export interface AnalysisJob {
  readonly path: string;
  /** What the report calls the input; its path where this is left out. */
  readonly shownAs?: string;
  readonly settings: AnalysisSettings;
}

/** What is the same for all analyses of a batch. */
export interface AnalysisSettings {
  readonly signatureDirs: readonly string[];
  readonly compiled: string;
  readonly cacheDir?: string;
  readonly limits: Partial<Limits>;
  readonly threads: number;
  readonly assumedOffset?: Duration;
  /** Renderings to make beside the JSON report. */
  readonly renderings: readonly Format[];
}

/** What a process says of its analysis. */
export type AnalysisMessage =
  | { readonly type: 'progress'; readonly bytes: number; readonly total?: number }
  | { readonly type: 'done'; readonly report: string; readonly renderings: readonly (readonly [string, string])[] }
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly reason: string };

/** What one analysis may take. */
export interface ProcessLimits {
  readonly maxMs: number;
  /** Bytes of memory of the process. */
  readonly maxMemory: number;
}
