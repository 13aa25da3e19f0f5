export const MAX_CODE_BITS = 20;

/** A canonical Huffman code, by code length. */
export interface HuffmanTable {
  /** The first code of each length. */
  readonly first: Uint32Array;
  readonly count: Uint32Array;
  /** Where the symbols of each length start in `symbols`. */
  readonly offset: Uint32Array;
  readonly symbols: Uint16Array;
  /** The shortest code length in use. */
  readonly shortest: number;
}

/** Builds the table of a canonical code from each symbol's code length (1 to `MAX_CODE_BITS`). */
export function huffmanTable(lengths: Uint8Array): HuffmanTable {
  const first = new Uint32Array(MAX_CODE_BITS + 1);
  const count = new Uint32Array(MAX_CODE_BITS + 1);
  const offset = new Uint32Array(MAX_CODE_BITS + 1);
  const symbols = new Uint16Array(lengths.length);
  for (const length of lengths) count[length] = (count[length] as number) + 1;
  let code = 0;
  let at = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    code = (code << 1) >>> 0;
    first[length] = code;
    offset[length] = at;
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) symbols[at++] = symbol;
    code += count[length] as number;
  }
  return { first, count, offset, symbols, shortest: count.findIndex((symbolCount) => symbolCount > 0) };
}
