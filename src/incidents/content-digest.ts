import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../model/entity.ts';
import { UserError } from '../model/errors.ts';

/** Bytes read at once: hashing waits for the disk as rarely as can be. */
const CHUNK = 4 * 1024 * 1024;

/**
 * SHA-256 of an input's content, whatever it is called and wherever it lies. Of a directory: of the paths, sizes and bytes
 * of its files, and where its links lead, in the order of the paths.
 * @throws UserError for what is neither a file nor a directory
 */
export async function contentDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  const info = await stat(path);
  if (info.isDirectory()) await addFolder(hash, path, '');
  else if (info.isFile()) await addFile(hash, path);
  else throw new UserError(`${path}: neither a file nor a directory`);
  return hash.digest('hex');
}

async function addFolder(hash: Hash, root: string, inside: string): Promise<void> {
  const entries = await readdir(join(root, inside), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
    const place = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const path = join(root, place);
    if (entry.isDirectory()) await addFolder(hash, root, place);
    else if (entry.isSymbolicLink()) hash.update(`link\0${place}\0${await readlink(path)}\0`);
    else if (entry.isFile()) {
      hash.update(`file\0${place}\0${(await lstat(path)).size}\0`);
      await addFile(hash, path);
    }
  }
}

async function addFile(hash: Hash, path: string): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) hash.update(chunk as Buffer);
}
