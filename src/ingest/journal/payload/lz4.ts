/**
 * Decompresses one raw LZ4 block into `output`. True where the block fills it exactly.
 */
export function lz4Block(input: Uint8Array, output: Uint8Array): boolean {
  let from = 0;
  let to = 0;
  while (from < input.length) {
    const token = input[from++]!;
    let literals = token >> 4;
    if (literals === 15) {
      const [length, next] = extended(input, from);
      literals += length;
      from = next;
    }
    if (from + literals > input.length || to + literals > output.length) return false;
    output.set(input.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    // The last sequence has literals only.
    if (from === input.length) break;
    const distance = input[from]! | ((input[from + 1] ?? 0) << 8);
    from += 2;
    let length = token & 15;
    if (length === 15) {
      const [more, next] = extended(input, from);
      length += more;
      from = next;
    }
    length += 4;
    if (distance === 0 || distance > to || to + length > output.length) return false;
    copyMatch(output, to, distance, length);
    to += length;
  }
  return to === output.length;
}

/** A length that goes on: bytes are added until one is below 255. */
function extended(input: Uint8Array, from: number): [length: number, next: number] {
  let length = 0;
  let at = from;
  for (;;) {
    const byte = input[at++];
    if (byte === undefined) return [Number.POSITIVE_INFINITY, at];
    length += byte;
    if (byte < 255) return [length, at];
  }
}

/** Repeats what was written `distance` bytes before; the two may overlap. */
export function copyMatch(output: Uint8Array, to: number, distance: number, length: number): void {
  if (distance >= length) output.copyWithin(to, to - distance, to - distance + length);
  else for (let at = to; at < to + length; at++) output[at] = output[at - distance]!;
}
