import type { Fields, Value } from '../../model/resource.ts';

/**
 * Where every field and list item of one object stands: one number for each, in the order of a walk through the object
 * that names a field or item before what is inside it. A few kilobytes for a pod instead of a tree of positions.
 */
export interface LineIndex {
  /** Line of the object's first field, from 1. */
  readonly first: number;
  /** Lines after `first`. */
  readonly offsets: Uint16Array | Uint32Array;
}

export function makeLineIndex(first: number, offsets: readonly number[]): LineIndex {
  let last = 0;
  for (const offset of offsets) if (offset > last) last = offset;
  return { first, offsets: last < 0x10000 ? Uint16Array.from(offsets) : Uint32Array.from(offsets) };
}

/** The line of the value behind a JSON pointer into `root`; of the nearest parent where there is none. */
export function lineAt(root: Value, index: LineIndex, pointer: string): number {
  let entry = 0;
  let line = index.first;
  let node: Value = root;
  for (const step of pointerSteps(pointer)) {
    const found = seek(node, step, entry);
    if (found === undefined) return line;
    const [child, at] = found;
    line = index.first + (index.offsets[at] ?? 0);
    entry = at + 1;
    node = child;
  }
  return line;
}

/**
 * The index of `part`, which is what a projection left of the value behind `pointer` in `root`.
 * `lineOf` of the part's pointers then needs neither the root nor its index.
 */
export function partIndex(root: Value, index: LineIndex, pointer: string, part: Value): LineIndex {
  let whole: Value = root;
  let entry = 0;
  let line = index.first;
  for (const step of pointerSteps(pointer)) {
    const found = seek(whole, step, entry);
    if (found === undefined) return { first: line, offsets: new Uint16Array(0) };
    whole = found[0];
    line = index.first + (index.offsets[found[1]] ?? 0);
    entry = found[1] + 1;
  }
  const kept: number[] = [];
  const walk = (value: Value, left: Value | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    const within = typeof left === 'object' && left !== null ? (left as Fields) : undefined;
    for (const [key, child] of Object.entries(value)) {
      const stays = within !== undefined && Object.hasOwn(within, key);
      if (stays) kept.push(index.first + (index.offsets[entry] ?? 0) - line);
      entry++;
      walk(child as Value, stays ? within[key] : undefined);
    }
  };
  walk(whole, part);
  return makeLineIndex(line, kept);
}

function pointerSteps(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The child behind one step of a pointer, and which entry it is when the first child of `node` is entry `first`. */
function seek(node: Value, step: string, first: number): [child: Value, entry: number] | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  let entry = first;
  if (Array.isArray(node)) {
    const index = /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
    if (index < 0 || index >= node.length) return undefined;
    for (let i = 0; i < index; i++) entry += 1 + countEntries(node[i] as Value);
    return [node[index] as Value, entry];
  }
  if (!Object.hasOwn(node, step)) return undefined;
  const fields = node as Fields;
  for (const key of Object.keys(fields)) {
    if (key === step) return [fields[key] as Value, entry];
    entry += 1 + countEntries(fields[key] as Value);
  }
  return undefined;
}

function countEntries(value: Value): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const child of Object.values(value)) count += 1 + countEntries(child as Value);
  return count;
}
