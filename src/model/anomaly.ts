import type { Evidence } from './finding.ts';
import type { Duration, Micros } from './time.ts';

/** A line that comes again and again until its log ends, and that no signature names. Never a cause. */
export interface Anomaly {
  readonly source: string;
  readonly host?: string;
  /** The message with its numbers, ids and addresses masked by `#`. */
  readonly template: string;
  /** Logs that end in it; the rest tells of the one that it fills most. */
  readonly logs: number;
  /** How often, since it began. */
  readonly count: number;
  /** Share of the last lines of the log, 0..1. */
  readonly share: number;
  /** Between one and the next, of late. */
  readonly medianSpacing?: Duration;
  /** Median deviation from the median spacing, as a share of it. */
  readonly jitter?: number;
  readonly from?: Micros;
  readonly until?: Micros;
  /** The last one, and the first one unless it began in the last lines. */
  readonly evidence: readonly Evidence[];
}
