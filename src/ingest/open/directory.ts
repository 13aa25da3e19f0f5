import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { compareText } from '../../model/entity.ts';
import { messageOf } from './byte-source.ts';
import { showName } from './member-path.ts';
import { openFile } from './open-file.ts';
import type { Walk } from './walk.ts';

interface Tree {
  readonly root: string;
  readonly walk: Walk;
  readonly onRead: (bytes: number) => void;
}

/** Walks a directory in the order of its names. Links are noted: what they point to inside is read where it stands. */
export async function walkDirectory(
  directory: string,
  inside: string,
  walk: Walk,
  onRead: (bytes: number) => void,
): Promise<void> {
  await walkInner({ root: realpathSync(directory), walk, onRead }, directory, inside);
}

async function walkInner(tree: Tree, directory: string, inside: string): Promise<void> {
  const { walk } = tree;
  let entries: Dirent[];
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    walk.broken(inside || '.', { kind: 'unreadable', detail: messageOf(error) });
    return;
  }
  entries.sort((a, b) => compareText(a.name, b.name));
  for (const entry of entries) {
    if (!walk.mayGoOn()) return;
    const at = path.join(directory, entry.name);
    if (entry.isDirectory()) await walkInner(tree, at, `${inside}${showName(entry.name)}/`);
    else if (entry.isFile()) await readFile(tree, at, walk.member(inside, entry.name));
    else if (entry.isSymbolicLink()) noteLink(tree, at, inside + showName(entry.name));
    else walk.odd('devices, pipes and sockets were left out:', inside + showName(entry.name));
  }
}

async function readFile(tree: Tree, file: string, shown: string): Promise<void> {
  const place = { path: shown, inside: `${shown}!/`, depth: 1, layers: 0 };
  try {
    await openFile(file, place, tree.walk, tree.onRead);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    tree.walk.broken(shown, { kind: 'unreadable', detail: messageOf(error) });
  }
}

function noteLink(tree: Tree, link: string, shown: string): void {
  const { walk } = tree;
  try {
    const target = path.relative(tree.root, realpathSync(link));
    const outside = target.startsWith(`..${path.sep}`) || target === '..' || path.isAbsolute(target);
    walk.odd(
      outside
        ? 'symbolic links leave the directory and were not followed:'
        : 'symbolic links point to what is read in its place:',
      shown,
    );
  } catch {
    walk.odd('symbolic links point to nothing:', shown);
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
