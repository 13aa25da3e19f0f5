import type { Evidence } from '../model/finding.ts';
import { locate, type Value } from '../model/resource.ts';
import type { Micros } from '../model/time.ts';

/** Longest quotation in a piece of evidence, in characters. */
const LONGEST = 1000;

/** A parsed object with its place: a `Resource` or a `Document`. */
export interface Placed {
  readonly path: string;
  readonly pointer: string;
  readonly body: Value;
  lineOf(pointer: string): number;
}

/**
 * The value at `path` of an object as evidence: `apiServerInternalIPs: 10.46.124.13` with its line and JSON pointer.
 * A missing value is shown by the object's own name, at the object's name.
 * @param shown replaces the quotation, or dates it.
 */
export function evidenceOf(
  placed: Placed,
  path = '',
  shown: { text?: string; at?: Micros | undefined } = {},
): Evidence {
  const found = locate(placed.body, path) ?? locate(placed.body, 'metadata.name');
  const pointer = found?.pointer ?? '';
  const text = shown.text ?? quote(pointer, found?.value);
  return {
    source: placed.path,
    line: placed.lineOf(pointer),
    pointer: placed.pointer + pointer,
    ...(shown.at !== undefined && { at: shown.at }),
    text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text,
    repeats: 1,
  };
}

/** `field: value`; an item of a list carries the name of its list. */
function quote(pointer: string, value: Value | undefined): string {
  const key = pointer.split('/').findLast((part) => part !== '' && !/^\d+$/.test(part));
  const shown = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  return key === undefined ? shown : `${key.replaceAll('~1', '/').replaceAll('~0', '~')}: ${shown}`;
}
