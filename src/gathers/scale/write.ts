import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { Micros } from '../../model/time.ts';
import type { PlannedFile } from './plan.ts';

/** Writes the files as a tar.gz, one after the other, holding no more than a chunk of any of them. */
export async function writeArchive(files: readonly PlannedFile[], path: string, modified: Micros): Promise<void> {
  const archive = pack();
  const done = pipeline(archive, createGzip({ level: 1 }), createWriteStream(path));
  const fed = (async () => {
    for (const file of files) await addFile(archive, file, new Date(modified / 1000));
    archive.finalize();
  })();
  await Promise.all([done, fed]);
}

async function addFile(archive: Pack, file: PlannedFile, mtime: Date): Promise<void> {
  const entry = archive.entry({ name: file.path, size: file.size, mtime, mode: 0o644 });
  for (const chunk of file.chunks()) {
    if (chunk.length === 0) continue;
    if (!entry.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) await once(entry, 'drain');
  }
  const closed = once(entry, 'close');
  entry.end(null);
  await closed;
}
