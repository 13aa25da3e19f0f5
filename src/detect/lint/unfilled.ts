import type { Signature } from '../../model/signature.ts';

/** Stands in proposed signatures where only a person can say something. */
export const FILL_IN = 'FILL IN';

/** Places that still read as they were proposed. */
export function unfilled(signature: Signature): string[] {
  return placesOf(signature, '').map((place) => `${place} still says "${FILL_IN}"`);
}

function placesOf(value: unknown, path: string): string[] {
  if (typeof value === 'string') return value.includes(FILL_IN) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => placesOf(item, path === '' ? key : `${path}.${key}`));
}
