import type { LimitFlags } from '../limits.ts';

/** As journalctl names them, times in UTC. */
export const OUTPUT_FORMS = ['short-iso', 'short', 'cat', 'json', 'export'] as const;

export type OutputForm = (typeof OUTPUT_FORMS)[number];

/** What `inquest journal` was asked for. */
export interface JournalFlags extends LimitFlags {
  readonly unit?: readonly string[];
  readonly identifier?: readonly string[];
  readonly dmesg?: boolean;
  readonly host?: readonly string[];
  readonly boot?: string;
  readonly listBoots?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly priority?: string;
  readonly grep?: string;
  /** So many of the last entries. */
  readonly lines?: number;
  /** The last entry first. */
  readonly reverse?: boolean;
  readonly output: OutputForm;
}
