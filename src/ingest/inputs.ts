import { statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../model/errors.ts';
import { messageOf } from './open/byte-source.ts';

/** One input as the user named it. */
export interface Input {
  /** As given on the command line. */
  readonly given: string;
  readonly type: 'directory' | 'file' | 'stdin';
  /** Name under which its files are reported; unique among the inputs. */
  readonly name: string;
  /** Size of a file, before decompression. */
  readonly size?: number;
  /** What the input's own location says about its files: the end of its path from `namespaces/` or the like. */
  readonly context: string;
}

const LAYOUT_FOLDERS =
  /\/(?:(?:namespaces|cluster-scoped-resources|host_service_logs|audit_logs|etcd_info|sos_commands|var\/log)\/.*)$/;

/** Looks the inputs up. Throws an `InputError` naming the first that is missing or empty. */
export function findInputs(given: readonly string[]): Input[] {
  const names = new Set<string>();
  return given.map((input) => {
    const base = input === '-' ? 'stdin' : path.basename(path.resolve(input)) || 'root';
    let name = base;
    for (let copy = 2; names.has(name); copy++) name = `${base}#${copy}`;
    names.add(name);
    if (input === '-') return { given: input, type: 'stdin', name, context: '' };
    return { given: input, name, ...look(input) };
  });
}

function look(input: string): Pick<Input, 'type' | 'size' | 'context'> {
  try {
    const found = statSync(input);
    const resolved = path.resolve(input);
    if (found.isDirectory()) return { type: 'directory', context: contextOf(`${resolved}/`) };
    if (found.isFile() && found.size === 0) throw new InputError(`${input}: the file is empty`);
    return { type: 'file', size: found.size, context: contextOf(path.dirname(resolved) + path.sep) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${input}: ${reasonOf(error)}`);
  }
}

function contextOf(directory: string): string {
  return LAYOUT_FOLDERS.exec(directory)?.[0].slice(1) ?? '';
}

/** A system error in the words that a shell uses. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file or directory';
  return code === 'EACCES' ? 'permission denied' : messageOf(error);
}
