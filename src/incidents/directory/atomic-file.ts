import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Writes a draft in another folder of the same file system and renames it, so that nobody reads half of a file, not even
 * after a power cut. What is left of a draft where the process is killed carries its id: see `sweepDrafts`.
 */
export async function writeAtomically(path: string, content: string | Uint8Array, drafts: string): Promise<void> {
  const draft = draftIn(drafts);
  try {
    const file = await open(draft, 'wx', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** A new name in the folder of drafts. */
export function draftIn(drafts: string): string {
  return join(drafts, `${process.pid}.${randomBytes(6).toString('hex')}.${hostname()}`);
}

/** Removes the drafts of this machine's processes that are gone. */
export async function sweepDrafts(drafts: string): Promise<void> {
  for (const name of await readdir(drafts)) {
    const [, pid, host] = /^(\d+)\.[0-9a-f]+\.(.*)$/.exec(name) ?? [];
    if (host === hostname() && !isRunning(Number(pid))) await rm(join(drafts, name), { recursive: true, force: true });
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a file system error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
