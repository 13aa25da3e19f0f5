import { mkdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

const OTHERS_MAY_WRITE = 0o022;

/**
 * Lets Node keep the modules that are loaded from now on in compiled form, from run to run. Compiled code is not checked
 * against its source: a folder that others may write to is not used. What cannot be kept is compiled anew.
 */
export function enableCompileCache(): void {
  try {
    const base = cacheFolder();
    if (base === undefined) return;
    const folder = join(base, 'code');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & OTHERS_MAY_WRITE) === 0);
    if (isOwn) module.enableCompileCache(folder);
  } catch {
    // A read-only home is no reason to stop.
  }
}
