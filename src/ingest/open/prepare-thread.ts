import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { containerOf } from './magic.ts';
import { canInflateSync } from './sync-inflate.ts';
import { startInflater } from './threaded-inflate.ts';

/** Bytes of a gzip file from which on a thread of its own is worth its start. */
export const THREADED_FROM = 4 * 1024 * 1024;

/** Starts the thread that one of the files will be decompressed on, if any is; whatever is wrong with them shows later. */
export function prepareThread(files: readonly string[]): void {
  if (files.some((file) => isLargeGzip(file)) && canInflateSync()) startInflater();
}

function isLargeGzip(file: string): boolean {
  try {
    const found = statSync(file);
    if (!found.isFile() || found.size < THREADED_FROM) return false;
    const fd = openSync(file, 'r');
    try {
      const magic = new Uint8Array(4);
      readSync(fd, magic, 0, 4, 0);
      return containerOf(magic) === 'gzip';
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}
