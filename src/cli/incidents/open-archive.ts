import type { Command } from 'commander';
import type { IncidentStore } from '../../incidents/store.ts';
import { UserError } from '../../model/errors.ts';
import { explained } from '../failure.ts';

export interface ArchiveFlags {
  readonly archive: string;
}

export function addArchiveOption(command: Command): Command {
  return command.requiredOption('-a, --archive <dir>', 'directory of the archive');
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
    throw explained(error, location);
  }
}

async function open(location: string, options: { readonly create?: boolean }): Promise<IncidentStore> {
  if (/^[a-z]+:\/\//.test(location)) throw new UserError(`${location}: an archive is a directory`);
  const { DirectoryArchive } = await import('../../incidents/directory/directory-archive.ts');
  return DirectoryArchive.open(location, options);
}
