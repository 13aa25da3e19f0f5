import { rmSync } from 'node:fs';
import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import { explained } from './failure.ts';

/** Finds out before a long analysis whether its result can be written. Throws a `UserError` if not. */
export async function checkOutput(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const target = await targetOf(path);
  try {
    if (target.exists && !target.regular) await access(target.path, constants.W_OK);
    else await access(dirname(target.path), constants.W_OK);
  } catch (error) {
    throw explained(error, `cannot write ${path}`);
  }
}

/**
 * Writes a rendering to stdout, or to a file: beside it first and then renamed, so that nobody ever reads half a report.
 * Devices and pipes are written directly.
 */
export async function writeOutput(path: string | undefined, text: string): Promise<void> {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  const target = await targetOf(path);
  try {
    if (target.exists && !target.regular) await writeFile(target.path, text);
    else await replace(target.path, text);
  } catch (error) {
    throw explained(error, `cannot write ${path}`);
  }
}

const drafts = new Set<string>();

async function replace(path: string, text: string): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  drafts.add(draft);
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    drafts.delete(draft);
  }
}

/** Removes what is half written; for a process that is about to end. */
export function removeDrafts(): void {
  for (const draft of drafts) rmSync(draft, { force: true });
}

interface Target {
  /** Absolute, without symbolic links, so that a link to a report stays one. */
  readonly path: string;
  readonly exists: boolean;
  readonly regular: boolean;
}

async function targetOf(path: string): Promise<Target> {
  try {
    const real = await realpath(path);
    const info = await stat(real);
    if (info.isDirectory()) throw new UserError(`cannot write ${path}: is a directory`);
    return { path: real, exists: true, regular: info.isFile() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw explained(error, `cannot write ${path}`);
    return { path: resolve(path), exists: false, regular: false };
  }
}
