/** Exit codes, as the report contract states them. */
export const EXIT = {
  /** Analysed, nothing at or above `--fail-on`. */
  ok: 0,
  /** Analysed, something at or above `--fail-on`; signatures that fail their lint or tests. */
  found: 1,
  /** Could not analyse: bad usage, unreadable input, invalid signature. */
  failed: 2,
} as const;
