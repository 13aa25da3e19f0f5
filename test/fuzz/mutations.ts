import { Buffer } from 'node:buffer';
import fc from 'fast-check';

/** One change of a file. Places and lengths are shares of the file as it is then, in millionths. */
export type Mutation =
  | { readonly type: 'flip'; readonly at: number; readonly bit: number }
  | { readonly type: 'write'; readonly at: number; readonly aligned: boolean; readonly bytes: Uint8Array }
  | { readonly type: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: 'remove'; readonly at: number; readonly length: number }
  | { readonly type: 'copy'; readonly at: number; readonly from: number; readonly length: number }
  | { readonly type: 'cut'; readonly at: number };

const MILLION = 1_000_000;

/** What parsers stumble over: edges of numbers, starts of containers and documents, controls. */
const TOKENS: readonly Buffer[] = [
  ...['00', 'ff', '0000000000000000', 'ffffffffffffffff', 'ffffff7f', '0100000000000000', '0800000000000000'].map(
    (hex) => Buffer.from(hex, 'hex'),
  ),
  ...['1f8b0800', '28b52ffd', 'fd377a585a00', '425a6839', '504b0304', '504b0506', '4c504b5348485248'].map((hex) =>
    Buffer.from(hex, 'hex'),
  ),
  ...[
    '\n',
    '\r\n',
    '\0',
    '---\n',
    '...\n',
    '- ',
    '&a [*a, *a]',
    '<<: *a',
    '!!binary ',
    '|2-\n',
    '? ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
  ].map((text) => Buffer.from(text)),
  ...[
    '__proto__',
    '1e999',
    '-0',
    '9007199254740993',
    '\\ud800',
    '\u2028',
    '\u001b[2J',
    '0001-01-01T00:00:00Z',
    '-- Boot 0 --\n',
  ].map((text) => Buffer.from(text)),
];

const share = fc.nat(MILLION - 1);
/** Short ones are the more telling. */
const length = fc.oneof(fc.nat(200), fc.nat(MILLION / 4));
const bytes = fc.oneof(fc.constantFrom(...TOKENS), fc.uint8Array({ minLength: 1, maxLength: 8 }));

/** A few mutations; shrinks to the fewest and mildest that still do harm. */
export const MUTATIONS: fc.Arbitrary<Mutation[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('flip' as const), at: share, bit: fc.nat(7) }),
    fc.record({ type: fc.constant('write' as const), at: share, aligned: fc.boolean(), bytes }),
    fc.record({ type: fc.constant('insert' as const), at: share, bytes }),
    fc.record({ type: fc.constant('remove' as const), at: share, length }),
    fc.record({ type: fc.constant('copy' as const), at: share, from: share, length }),
    fc.record({ type: fc.constant('cut' as const), at: share }),
  ),
  { minLength: 1, maxLength: 6 },
);

export function mutate(original: Uint8Array, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce<Buffer>(apply, Buffer.from(original));
}

function apply(bytes: Buffer, mutation: Mutation): Buffer {
  const place = (of: number): number => Math.floor((of / MILLION) * bytes.length);
  const at = place(mutation.at);
  switch (mutation.type) {
    case 'flip':
      if (at < bytes.length) bytes[at] = bytes[at]! ^ (1 << mutation.bit);
      return bytes;
    case 'write':
      Buffer.from(mutation.bytes).copy(bytes, mutation.aligned ? at & ~7 : at);
      return bytes;
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), mutation.bytes, bytes.subarray(at)]);
    case 'remove':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + place(mutation.length))]);
    case 'copy': {
      const from = place(mutation.from);
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(from, from + place(mutation.length)),
        bytes.subarray(at),
      ]);
    }
    case 'cut':
      return bytes.subarray(0, at);
  }
}
