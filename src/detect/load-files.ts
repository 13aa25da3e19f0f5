import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compareText } from '../model/entity.ts';
import { SignatureError } from '../model/errors.ts';

export interface SignatureFile {
  /** Relative to its directory, with `/` between its parts. */
  readonly name: string;
  readonly text: string;
}

/**
 * All `*.yaml` and `*.yml` below a directory, by name; hidden ones and symbolic links are left out.
 * @throws SignatureError where the directory cannot be read or holds none.
 */
export function readSignatureFiles(dir: string): SignatureFile[] {
  const names = signatureNames(dir);
  if (names.length === 0) throw new SignatureError(`${dir}: no signature files (*.yaml) here`);
  // Read one after the other: for files this small, waiting for a thread costs more than reading.
  const start = startOf(dir);
  return names.map((name) => ({ name, text: readFileSync(start + name, 'utf8') }));
}

/** What the names of the files in a directory stand behind. Made once: to join two paths takes longer than to read a signature. */
export function startOf(dir: string): string {
  return join(dir, 'x').slice(0, -1);
}

function signatureNames(dir: string): string[] {
  try {
    const starts = new Map<string, string>();
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map(({ parentPath, name }) => {
        const start = starts.get(parentPath) ?? startOf(relative(dir, parentPath));
        starts.set(parentPath, start);
        return (start + name).split(sep).join('/');
      })
      .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
      .sort(compareText);
  } catch (error) {
    throw new SignatureError(`${dir}: cannot read signatures: ${(error as Error).message}`);
  }
}
