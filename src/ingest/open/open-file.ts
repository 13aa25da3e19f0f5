import { closeSync, createReadStream, fstatSync, openSync, type ReadStream, readSync } from 'node:fs';
import { CHUNK_BYTES } from './byte-source.ts';
import { ChunkReader } from './chunk-reader.ts';
import { containerOf } from './magic.ts';
import { THREADED_FROM } from './prepare-thread.ts';
import { FileSource, IterableSource, MemorySource } from './simple-sources.ts';
import { canInflateSync } from './sync-inflate.ts';
import { ThreadedInflate } from './threaded-inflate.ts';
import type { Place, Walk } from './walk.ts';
import { walkZipFile } from './zip.ts';

/**
 * Opens a file on disk and reads it to its end. Rejects where the file cannot be opened or read at all.
 * `onRead` is told the bytes as they come from the disk.
 */
export async function openFile(file: string, at: Place, walk: Walk, onRead: (bytes: number) => void): Promise<void> {
  const place = { ...at, disk: file };
  const fd = openSync(file, 'r');
  const found = fstatSync(fd);
  // Closing a pipe and opening it again would lose its writer.
  if (found.isFIFO()) return openPipe(createReadStream(file, { fd }), at, walk, onRead);
  if (found.size <= CHUNK_BYTES) {
    const small = readSmall(fd, found.size);
    onRead(small.length);
    return walk.open(new ChunkReader(new MemorySource([small])), place, walk);
  }
  const reader = new ChunkReader(new FileSource(fd, onRead));
  try {
    const magic = new Uint8Array(4);
    readSync(fd, magic, 0, 4, 0);
    const container = containerOf(magic);
    if (container === 'zip') await walkZipFile(fd, at, walk, onRead);
    else {
      const isThread = container === 'gzip' && walk.jobs > 1 && found.size >= THREADED_FROM && canInflateSync();
      if (!isThread || !(await openOnThread(file, at, walk, onRead))) await walk.open(reader, place, walk);
    }
  } finally {
    await reader.close();
  }
}

/** False where there is no thread to be had: nothing was read then. */
async function openOnThread(file: string, at: Place, walk: Walk, onRead: (bytes: number) => void): Promise<boolean> {
  const source = new ThreadedInflate(file, walk.limits.maxRatio, onRead);
  const reader = new ChunkReader(source);
  try {
    if (!(await source.begins())) return false;
    await walk.open(reader, { ...at, layers: at.layers + 1 }, walk);
    return true;
  } finally {
    await reader.close();
  }
}

/** A named pipe, such as a shell's `<(zcat …)`, is read as it comes: what has gone by cannot be looked up on disk. */
async function openPipe(pipe: ReadStream, place: Place, walk: Walk, onRead: (bytes: number) => void): Promise<void> {
  const reader = new ChunkReader(new IterableSource(pipe as AsyncIterable<Uint8Array | string>, onRead));
  try {
    await walk.open(reader, place, walk);
  } finally {
    await reader.close();
  }
}

/**
 * The bytes of a file of one chunk at most, which is closed. A gather unpacked on disk has ten thousand small files: four waits
 * on the thread pool for each would cost more than all the work on it.
 */
function readSmall(fd: number, size: number): Uint8Array {
  try {
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
