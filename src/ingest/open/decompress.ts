import type { ByteSource } from './byte-source.ts';
import { Bzip2Source } from './bzip2-source.ts';
import { ChunkReader } from './chunk-reader.ts';
import { InflateSource } from './inflate-source.ts';
import type { Compression } from './magic.ts';
import { RatioGuard } from './ratio-guard.ts';
import { XzSource } from './xz-source.ts';
import { ZstdFrames } from './zstd-frames.ts';

/** The decompressed bytes of a reader. */
export function decompress(format: Compression, input: ChunkReader, maxRatio: number): ByteSource {
  const guard = new RatioGuard(maxRatio);
  if (format === 'xz') return new XzSource(input, guard);
  if (format === 'bzip2') return new Bzip2Source(input, guard);
  const frames = format === 'zstd' ? new ChunkReader(new ZstdFrames(input)) : input;
  return new InflateSource(format, frames, guard);
}
