import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isRunning } from './atomic-file.ts';

/** A lock of another machine, or of one that nothing can be said about, is broken after this long. */
const STALE_MS = 600_000;

/**
 * Does `work` while no other process does any under the same lock. Undefined where one does: what the lock guards can be
 * done another time.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
  if (!(await take(path))) return undefined;
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string, again = true): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(`${process.pid} ${hostname()}`);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (!again || !(await isAbandoned(path))) return false;
  await rm(path, { force: true });
  return take(path, false);
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const [pid, host] = (await readFile(path, 'utf8')).split(' ');
    if (host === hostname() && Number(pid) > 0) return !isRunning(Number(pid));
    return (await age(path)) > STALE_MS;
  } catch {
    // It was released meanwhile.
    return true;
  }
}

async function age(path: string): Promise<number> {
  const here = `${path}.${process.pid}`;
  const file = await open(here, 'w');
  await file.close();
  // The file system's own clock: that of another machine may differ.
  const { mtimeMs } = await stat(here);
  await rm(here, { force: true });
  return mtimeMs - (await stat(path)).mtimeMs;
}
