import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompressPayload, LZ4, XZ, ZSTD } from '../../../src/ingest/journal/payload/decompress-payload.ts';

const LIMIT = 1 << 20;

/** `printf 'MESSAGE=%s' "$(yes abcabcabd | head -c 90)" | xz --check=none --lzma2=preset=6,dict=1MiB`. */
const XZ_STREAM = Buffer.from(
  '/Td6WFoAAAD/EtlBAgAhARAAAACocI6G4ABgABVdACaRRsDRlFfkkusrqwZwBVsmpEZ5IAAAAAAAASlhDnt1XgZynnoBAAAAAABZWg==',
  'base64',
);

describe('payloads', () => {
  it('decompresses zstd with and without the size of its content', () => {
    const text = Buffer.from('MESSAGE=again and again '.repeat(500));
    expect(Buffer.from(decompressPayload(ZSTD, zstdCompressSync(text), LIMIT)!)).toEqual(text);
    expect(decompressPayload(ZSTD, zstdCompressSync(text), 1000)).toBeUndefined();
  });

  it('decompresses LZ4: literals, a match that overlaps itself, lengths that go on', () => {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(3n + 4n + 15n + 20n + 5n);
    const block = Buffer.from([0x3f, 97, 98, 99, 3, 0, 20, 0x50, 49, 50, 51, 52, 53]);
    const plain = decompressPayload(LZ4, Buffer.concat([size, block]), LIMIT);
    expect(Buffer.from(plain!).toString()).toBe(`${'abc'.repeat(14)}12345`);
    expect(decompressPayload(LZ4, Buffer.concat([size, block.subarray(0, 6)]), LIMIT)).toBeUndefined();
  });

  it('refuses an LZ4 payload that claims more than it can make', () => {
    const size = Buffer.alloc(12);
    size.writeBigUInt64LE(1n << 40n);
    expect(decompressPayload(LZ4, size, Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });

  it('decompresses XZ', () => {
    const plain = decompressPayload(XZ, XZ_STREAM, LIMIT);
    expect(Buffer.from(plain ?? []).toString()).toMatch(/^MESSAGE=abcabcabd\n/);
    expect(decompressPayload(XZ, XZ_STREAM, 20)).toBeUndefined();
  });

  it('takes any bytes without an error, and makes no more than it may', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(XZ, LZ4, ZSTD),
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(XZ_STREAM.length - 1),
        fc.nat(255),
        (flag, bytes, at, byte) => {
          const damaged = Uint8Array.from(XZ_STREAM);
          damaged[at] = byte;
          for (const input of [bytes, damaged])
            expect(decompressPayload(flag, input, 4096)?.length ?? 0).toBeLessThanOrEqual(4096);
        },
      ),
      { numRuns: 300, seed: 20241203 },
    );
  });
});
