import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { CHUNK_BYTES } from './byte-source.ts';
import { ChunkReader } from './chunk-reader.ts';
import { containerOf } from './magic.ts';
import { FileSource, MemorySource } from './simple-sources.ts';
import type { Place, Walk } from './walk.ts';
import { walkZipFile } from './zip.ts';

/**
 * Opens a file on disk and reads it to its end. Rejects where the file cannot be opened or read at all.
 * `onRead` is told the bytes as they come from the disk.
 */
export async function openFile(file: string, at: Place, walk: Walk, onRead: (bytes: number) => void): Promise<void> {
  const place = { ...at, disk: file };
  const small = readSmall(file);
  if (small !== undefined) {
    onRead(small.length);
    return walk.open(new ChunkReader(new MemorySource([small])), place, walk);
  }
  const handle = await open(file);
  const reader = new ChunkReader(new FileSource(handle, onRead));
  try {
    const magic = new Uint8Array(4);
    await handle.read(magic, 0, 4, 0);
    if (containerOf(magic) === 'zip') await walkZipFile(handle.fd, at, walk);
    else await walk.open(reader, place, walk);
  } finally {
    await reader.close();
  }
}

/**
 * The bytes of a file of one chunk at most, undefined for a larger one. A gather unpacked on disk has ten thousand
 * small files: four waits on the thread pool for each would cost more than all the work on it.
 */
function readSmall(file: string): Uint8Array | undefined {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    if (size > CHUNK_BYTES) return undefined;
    const bytes = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const count = readSync(fd, bytes, filled, size - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(fd);
  }
}
