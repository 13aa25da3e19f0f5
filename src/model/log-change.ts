import type { Evidence } from './finding.ts';
import type { Micros } from './time.ts';

/** What a log did around the onset that no signature knows. Never a cause. */
export interface LogChange {
  readonly kind: 'rate' | 'first' | 'silence';
  readonly source: string;
  readonly host?: string;
  /** The message with its numbers, ids and addresses masked by `#`. */
  readonly template?: string;
  readonly logs: number;
  readonly count: number;
  readonly from?: Micros;
  readonly until?: Micros;
  readonly perHourBefore?: number;
  readonly perHourAfter?: number;
  readonly evidence: readonly Evidence[];
}
