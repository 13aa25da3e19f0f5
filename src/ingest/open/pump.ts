import type { ByteSink } from '../byte-sink.ts';
import type { ChunkReader } from './chunk-reader.ts';
import type { Walk } from './walk.ts';

/** Hands the next `size` bytes to the sink. Returns how many of them there were; the caller ends the sink. */
export async function pump(reader: ChunkReader, size: number, sink: ByteSink, walk: Walk): Promise<number> {
  let left = size;
  while (left > 0) {
    if (reader.available === 0 && !(await reader.more())) break;
    const chunk = reader.take(Math.min(left, walk.room));
    left -= chunk.length;
    walk.bytes(chunk.length);
    sink.write(chunk);
    if (!walk.mayGoOn()) break;
  }
  return size - left;
}

/** Hands all that is left in a reader to the sink that the visitor chooses, and ends it. */
export async function pumpFile(
  reader: ChunkReader,
  head: Uint8Array,
  place: { readonly path: string; readonly mtime?: number; readonly disk?: string },
  walk: Walk,
): Promise<void> {
  const path = walk.unique(place.path);
  const { mtime, disk } = place;
  const sink = walk.visit({ path, ...(mtime !== undefined && { mtime }), ...(disk !== undefined && { disk }) }, head);
  if (sink.ownBytes === undefined) await pump(reader, Number.POSITIVE_INFINITY, sink, walk);
  else walk.bytesOnDisk(sink.ownBytes);
  sink.end(reader.failure !== undefined || !walk.mayGoOn());
  if (reader.failure !== undefined) walk.broken(path, reader.failure);
}
