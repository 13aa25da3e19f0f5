import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Value } from '../../model/resource.ts';

interface ReviverContext {
  readonly source?: string;
}

/** Text that may hold a number that a double would round. */
const MANY_DIGITS = /\d{16}|\d[eE]\+?\d{3}/;

/**
 * Parses JSON. Integers that a double would round stay text as they stand, as do numbers beyond its range; a key called
 * `__proto__` becomes an own property.
 * @throws SyntaxError
 */
export function parseJson(text: string): Value {
  return (MANY_DIGITS.test(text) ? JSON.parse(text, exact) : JSON.parse(text)) as Value;
}

function exact(_key: string, value: unknown, context?: ReviverContext): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const rounded = Number.isInteger(value) ? !Number.isSafeInteger(value) && /^-?\d+$/.test(context.source) : false;
  return rounded || !Number.isFinite(value) ? context.source : value;
}

/** Text of which positions can still be asked for. */
const MAX_KEPT = 4 * 1024 * 1024;

/**
 * Finds lines of values in JSON when asked: evidence is needed of few objects.
 * @param firstLine line in the file, from 1, of the text's first line.
 */
export function jsonLines(text: string, firstLine: number): (pointer: string) => number {
  if (text.length > MAX_KEPT || !text.includes('\n')) return () => firstLine;
  return (pointer) => firstLine + countBreaks(text, offsetOf(text, pointer));
}

function offsetOf(text: string, pointer: string): number {
  const root = parseTree(text);
  if (root === undefined) return 0;
  const steps = pointer === '' ? [] : pointer.split('/').slice(1).map(unescapeStep);
  for (let length = steps.length; length > 0; length--) {
    const path = steps.slice(0, length).map((step) => (/^\d+$/.test(step) ? [step, Number(step)] : [step]));
    const node = find(root, path);
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return root.offset;
}

type Root = Exclude<ReturnType<typeof parseTree>, undefined>;

/** A step of digits may be an index or a key: the node decides. */
function find(root: Root, path: readonly (readonly (string | number)[])[]): Root | undefined {
  let node: Root | undefined = root;
  for (const step of path) {
    const key = node?.type === 'array' ? step.at(-1) : step[0];
    if (node === undefined || key === undefined) return undefined;
    if (node.type === 'array' && typeof key !== 'number') return undefined;
    node = findNodeAtLocation(node, [key]);
  }
  return node;
}

function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

function countBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
