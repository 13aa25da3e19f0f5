import type { BitReader } from './bit-reader.ts';
import { type HuffmanTable, huffmanTable, MAX_CODE_BITS } from './huffman.ts';

/** Symbols coded with one table before the next selector applies. */
const GROUP_SYMBOLS = 50;
const RUN_A = 0;
const RUN_B = 1;

/** Bytes that are no bzip2, or damaged. */
export class Bzip2Error extends Error {
  override readonly name = 'Bzip2Error';
}

/**
 * Decodes one block after its magic and checksum.
 * Throws `EndOfBits` where the data is cut and `Bzip2Error` where it is damaged.
 */
export function decodeBlock(bits: BitReader, maxBytes: number): Uint8Array {
  if (bits.read(1) === 1) throw new Bzip2Error('randomised block');
  const origin = bits.read(24);
  const used = readUsedBytes(bits);
  const tableCount = bits.read(3);
  if (tableCount < 2 || tableCount > 6) throw new Bzip2Error('bad number of code tables');
  const selectors = readSelectors(bits, tableCount);
  const tables: HuffmanTable[] = [];
  for (let table = 0; table < tableCount; table++) tables.push(readTable(bits, used.length + 2));
  const transformed = readSymbols(bits, used, selectors, tables, maxBytes);
  if (origin >= transformed.length) throw new Bzip2Error('bad origin');
  return expandRuns(invertTransform(transformed, origin));
}

function readUsedBytes(bits: BitReader): number[] {
  const rows = bits.read(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row++) {
    if ((rows & (0x8000 >> row)) === 0) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column++) if (columns & (0x8000 >> column)) used.push(row * 16 + column);
  }
  if (used.length === 0) throw new Bzip2Error('no byte is used');
  return used;
}

function readSelectors(bits: BitReader, tableCount: number): Uint8Array {
  const count = bits.read(15);
  if (count === 0) throw new Bzip2Error('no selectors');
  const order = [0, 1, 2, 3, 4, 5];
  const selectors = new Uint8Array(count);
  for (let at = 0; at < count; at++) {
    let index = 0;
    while (bits.read(1) === 1) if (++index >= tableCount) throw new Bzip2Error('bad selector');
    selectors[at] = moveToFront(order, index);
  }
  return selectors;
}

function readTable(bits: BitReader, symbols: number): HuffmanTable {
  const lengths = new Uint8Array(symbols);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > MAX_CODE_BITS) throw new Bzip2Error('bad code length');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return huffmanTable(lengths);
}

function readSymbols(
  bits: BitReader,
  used: readonly number[],
  selectors: Uint8Array,
  tables: readonly HuffmanTable[],
  maxBytes: number,
): Uint8Array {
  const out = new Uint8Array(maxBytes);
  const order = [...used];
  const endSymbol = used.length + 1;
  let length = 0;
  let run = 0;
  let place = 1;
  let table: HuffmanTable | undefined;
  for (let count = 0; ; count++) {
    if (count % GROUP_SYMBOLS === 0) table = tables[selectors[count / GROUP_SYMBOLS] ?? -1];
    if (table === undefined) throw new Bzip2Error('more symbols than selectors');
    const symbol = readSymbol(bits, table);
    if (symbol === RUN_A || symbol === RUN_B) {
      // A run's length is written in bijective base 2.
      run += place * (symbol + 1);
      place *= 2;
      if (run > maxBytes) throw new Bzip2Error('block too long');
      continue;
    }
    if (length + run > maxBytes) throw new Bzip2Error('block too long');
    out.fill(order[0] as number, length, length + run);
    length += run;
    run = 0;
    place = 1;
    if (symbol === endSymbol) return out.subarray(0, length);
    if (length >= maxBytes) throw new Bzip2Error('block too long');
    out[length++] = moveToFront(order, symbol - 1);
  }
}

function readSymbol(bits: BitReader, table: HuffmanTable): number {
  const next = bits.peek(MAX_CODE_BITS);
  for (let length = table.shortest; length <= MAX_CODE_BITS; length++) {
    const above = (next >>> (MAX_CODE_BITS - length)) - (table.first[length] as number);
    if (above >= 0 && above < (table.count[length] as number)) {
      bits.read(length);
      return table.symbols[(table.offset[length] as number) + above] as number;
    }
  }
  throw new Bzip2Error('bad code');
}

function moveToFront(order: number[], index: number): number {
  const value = order[index];
  if (value === undefined) throw new Bzip2Error('bad symbol');
  for (let at = index; at > 0; at--) order[at] = order[at - 1] as number;
  order[0] = value;
  return value;
}

/** Undoes the Burrows-Wheeler transform by following each byte to its successor. */
function invertTransform(last: Uint8Array, origin: number): Uint8Array {
  const starts = new Uint32Array(257);
  for (const byte of last) starts[byte + 1] = (starts[byte + 1] as number) + 1;
  for (let byte = 0; byte < 256; byte++) starts[byte + 1] = (starts[byte + 1] as number) + (starts[byte] as number);
  const successor = new Uint32Array(last.length);
  for (let at = 0; at < last.length; at++) {
    const byte = last[at] as number;
    const rank = starts[byte] as number;
    successor[rank] = at;
    starts[byte] = rank + 1;
  }
  const out = new Uint8Array(last.length);
  let at = successor[origin] as number;
  for (let written = 0; written < out.length; written++) {
    out[written] = last[at] as number;
    at = successor[at] as number;
  }
  return out;
}

/** Four equal bytes are followed by a count of how many more there are. */
function expandRuns(packed: Uint8Array): Uint8Array {
  let length = 0;
  forEachRun(packed, (_byte, count) => {
    length += count;
  });
  const out = new Uint8Array(length);
  let at = 0;
  forEachRun(packed, (byte, count) => {
    out.fill(byte, at, at + count);
    at += count;
  });
  return out;
}

function forEachRun(packed: Uint8Array, take: (byte: number, count: number) => void): void {
  let at = 0;
  while (at < packed.length) {
    const byte = packed[at] as number;
    let equal = 1;
    while (equal < 4 && packed[at + equal] === byte) equal++;
    at += equal;
    take(byte, equal === 4 && at < packed.length ? equal + (packed[at++] as number) : equal);
  }
}
