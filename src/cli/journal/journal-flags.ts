import type { LimitFlags } from '../limits.ts';

/** What `inquest journal` was asked for. */
export interface JournalFlags extends LimitFlags {
  readonly unit?: readonly string[];
  readonly host?: readonly string[];
  readonly boot?: string;
  readonly listBoots?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly priority?: string;
  readonly grep?: string;
  readonly output: 'short-iso' | 'json' | 'export';
}
