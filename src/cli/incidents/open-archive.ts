import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { layoutOf } from '../../incidents/directory/layout.ts';
import { withoutPassword } from '../../incidents/postgres/shown-url.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { UserError } from '../../model/errors.ts';
import { explained } from '../failure.ts';

export interface ArchiveFlags {
  readonly archive: string;
}

export function addArchiveOption(command: Command): Command {
  return command.requiredOption(
    '-a, --archive <dir>',
    'directory of the archive, or postgres://user:password@host/database',
  );
}

/**
 * Opens the archive at a location, does `work` with it and closes it; with `create` a directory that is missing or empty
 * becomes one.
 */
export async function withArchive<T>(
  location: string,
  work: (archive: IncidentStore) => Promise<T>,
  options: { readonly create?: boolean } = {},
): Promise<T> {
  try {
    const archive = await open(location, options);
    try {
      return await work(archive);
    } finally {
      await archive.close();
    }
  } catch (error) {
    throw explained(error, shown(location));
  }
}

/** Does `work` with a folder for inputs on their way: in the archive where that is a directory, so that disks are as large as expected. */
export async function withIncoming<T>(location: string, work: (folder: string) => Promise<T>): Promise<T> {
  if (!isAddress(location)) return work(layoutOf(location).incoming);
  const folder = await mkdtemp(join(tmpdir(), 'inquest-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isAddress(location: string): boolean {
  return /^[a-z]+:\/\//.test(location);
}

function shown(location: string): string {
  return isAddress(location) ? withoutPassword(location) : location;
}

async function open(location: string, options: { readonly create?: boolean }): Promise<IncidentStore> {
  if (/^postgres(?:ql)?:\/\//.test(location)) {
    const { PostgresArchive } = await import('../../incidents/postgres/postgres-archive.ts');
    return PostgresArchive.open(location, options);
  }
  if (isAddress(location)) {
    throw new UserError(`${shown(location)}: an archive is a directory, or a database at postgres://`);
  }
  const { DirectoryArchive } = await import('../../incidents/directory/directory-archive.ts');
  return DirectoryArchive.open(location, options);
}
