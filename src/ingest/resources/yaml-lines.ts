const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const HASH = 35;
const DASH = 45;
const DOT = 46;

/** Most lines end within so many bytes, those of certificates too: a call that finds the end takes longer than to look at them. */
const NEAR = 80;

/** The next line feed of `bytes[start, end)`; -1 if there is none. */
export function breakIn(bytes: Buffer, start: number, end: number): number {
  const near = Math.min(start + NEAR, end);
  for (let at = start; at < near; at++) if (bytes[at] === LF) return at;
  if (near === end) return -1;
  const far = bytes.indexOf(LF, near);
  return far < end ? far : -1;
}

/** Where a line's content starts. */
export function contentOf(view: Buffer, start: number): number {
  let at = start;
  while (view[at] === SPACE) at++;
  return at;
}

/** `---` or `...` that ends a document. */
export function isMarker(view: Buffer, start: number): boolean {
  const byte = view[start];
  return (
    (byte === DASH || byte === DOT) && view[start + 1] === byte && view[start + 2] === byte && isBlank(view[start + 3])
  );
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

/** Whether the dash at `at` starts a list item. */
export function isDash(view: Buffer, at: number): boolean {
  return isBlank(view[at + 1]);
}

/** Nothing but blanks or a comment. */
export function isIgnorable(view: Buffer, start: number): boolean {
  let at = start;
  while (view[at] === SPACE || view[at] === TAB || view[at] === CR) at++;
  return view[at] === LF || view[at] === HASH;
}

const ITEMS = Buffer.from('items:');

/** Whether a line is the key `items:` at the top of a document, with its value below. */
export function isItemsKey(view: Buffer, start: number, stop: number): boolean {
  if (view[start] !== ITEMS[0] || stop - start < ITEMS.length) return false;
  for (let i = 1; i < ITEMS.length; i++) if (view[start + i] !== ITEMS[i]) return false;
  return isIgnorable(view, start + ITEMS.length);
}

/** Whether a line is part of the item above it: deeper than the dashes, or blank, or a comment. */
export function belongsToItem(view: Buffer, start: number, column: number): boolean {
  let at = start;
  while (at < start + column && view[at] === SPACE) at++;
  const byte = view[at];
  return isBlank(byte) || byte === HASH;
}
