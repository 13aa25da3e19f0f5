import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { isMissing, sweepDrafts, writeAtomically } from './atomic-file.ts';
import { type Layout, layoutOf, MARKER } from './layout.ts';
import { markAll } from './segment-set.ts';

/**
 * Finds an archive in a directory; with `create` makes one of a missing or empty directory.
 * @throws UserError for a directory that is none
 */
export async function openLayout(root: string, create: boolean): Promise<Layout> {
  const layout = layoutOf(root);
  if (!(await isArchive(layout))) {
    if (!create) throw new UserError(`${root}: not an archive of incidents; inquest batch makes one`);
    await createArchive(layout);
  }
  await restoreIndex(layout);
  if (create) await sweepDrafts(layout.incoming);
  return layout;
}

async function isArchive(layout: Layout): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(layout.marker, 'utf8');
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  const marker = parsed(text);
  if (marker?.format !== MARKER.format) return false;
  if (marker.version === MARKER.version) return true;
  throw new UserError(`${layout.root}: an archive of another version of inquest (${String(marker.version)})`);
}

function parsed(text: string): { format?: unknown; version?: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function createArchive(layout: Layout): Promise<void> {
  await mkdir(layout.root, { recursive: true });
  const { marker, root, ...folders } = layout;
  const own = Object.values(folders).map((folder) => basename(folder));
  const foreign = (await readdir(root)).filter((name) => !own.includes(name));
  if (foreign.length > 0) throw new UserError(`${root}: is neither empty nor an archive of incidents`);
  const { index: _, ...others } = folders;
  for (const folder of Object.values(others)) await mkdir(folder, { recursive: true });
  await writeAtomically(marker, `${JSON.stringify(MARKER)}\n`, layout.incoming);
}

/** The index may be deleted at any time: it is made anew from the incidents. */
async function restoreIndex(layout: Layout): Promise<void> {
  try {
    await readdir(layout.index);
  } catch (error) {
    if (!isMissing(error)) throw error;
    for (const folder of [layout.incidents, layout.notes, layout.failures, layout.pending, layout.incoming]) {
      await mkdir(folder, { recursive: true });
    }
    await markAll(layout);
    await mkdir(layout.index, { recursive: true });
  }
}
