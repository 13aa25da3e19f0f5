import { ChunkReader } from './chunk-reader.ts';
import { decompress } from './decompress.ts';
import { type Compression, containerOf, HEAD_BYTES } from './magic.ts';
import { pumpFile } from './pump.ts';
import { OwnedSource } from './simple-sources.ts';
import { walkTar } from './tar.ts';
import type { Place, Walk } from './walk.ts';
import { walkZipStream } from './zip.ts';

/** Opens whatever a stream holds, told by its magic: a plain file, an archive, or compressed bytes of either. */
export async function openStream(reader: ChunkReader, found: Place, walk: Walk): Promise<void> {
  const head = await reader.peek(HEAD_BYTES);
  const container = containerOf(head);
  if (container === undefined) return pumpFile(reader, head, found, walk);
  // What is inside a container does not stand on disk as it is.
  const { disk: _, ...place } = found;
  if (place.depth > walk.limits.maxNesting || place.layers > walk.limits.maxNesting) {
    walk.truncated = true;
    walk.notes.skip(place.path, `nested deeper than ${walk.limits.maxNesting} archives`);
    return;
  }
  if (container === 'tar') return walkTar(reader, place, walk);
  const owned = reader.isLent ? new ChunkReader(new OwnedSource(reader)) : reader;
  if (container === 'zip') return walkZipStream(owned, place, walk);
  return openCompressed(container, owned, place, walk);
}

async function openCompressed(format: Compression, input: ChunkReader, place: Place, walk: Walk): Promise<void> {
  const reader = new ChunkReader(decompress(format, input, walk.limits.maxRatio));
  try {
    await openStream(reader, { ...place, layers: place.layers + 1 }, walk);
  } finally {
    await reader.close();
  }
}
