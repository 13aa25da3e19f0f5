import type { LimitFlags } from '../limits.ts';

/** As journalctl names them, times in UTC. */
export const OUTPUT_FORMS = [
  'short-iso',
  'short',
  'short-precise',
  'short-iso-precise',
  'short-full',
  'short-monotonic',
  'short-delta',
  'short-unix',
  'with-unit',
  'cat',
  'verbose',
  'json',
  'json-pretty',
  'json-sse',
  'json-seq',
  'export',
] as const;

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
  /** Whether `grep` tells upper from lower case; unless given, it does if it holds a capital. */
  readonly caseSensitive?: boolean;
  readonly facility?: string;
  /** `FIELD=value`, and `+` between alternatives. */
  readonly matches?: readonly string[];
  /** So many of the last entries. */
  readonly lines?: number;
  /** The last entry first. */
  readonly reverse?: boolean;
  readonly output: OutputForm;
  /** The only fields to print, in forms that print fields. */
  readonly outputFields?: readonly string[];
  /** Print the values of this field instead. */
  readonly field?: string;
  /** Print the names of fields instead. */
  readonly fields?: boolean;
  /** False to leave the host out. */
  readonly hostname?: boolean;
  readonly quiet?: boolean;
}

/** `_PID=1`, as journalctl takes it between its options; a file of such a name is given as `./_PID=1`. */
export function isMatch(argument: string): boolean {
  return argument === '+' || /^[A-Z_][A-Z0-9_]{0,63}=/.test(argument);
}
