/** What the engine needs to know of matchers without their schema, which takes longer to load than most logs to scan. */

/** Shorter literals cannot be found by every fourth word of a log, which is how the prefilter reads. */
export const MIN_LITERAL = 7;

export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
