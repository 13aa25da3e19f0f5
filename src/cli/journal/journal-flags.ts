import type { LimitFlags } from '../limits.ts';

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
  readonly output: 'short-iso' | 'json' | 'export';
}
