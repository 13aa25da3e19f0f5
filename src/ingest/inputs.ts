import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Notes } from '../model/coverage.ts';
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
/** What a gather took from a node itself: `nodes/worker-3/dmesg`. */
const NODE_FOLDER = /\/nodes\/[^/]+\/.*$/;

/** Looks the inputs up, each once however often it is named. Throws an `InputError` naming the first that is missing. */
export function findInputs(given: readonly string[], notes: Notes): Input[] {
  const names = new Set<string>();
  const known = new Set<string>();
  return given.flatMap((input) => {
    const location = locationOf(input);
    if (known.has(location)) {
      notes.note(`${input} was given more than once: it was read once.`);
      return [];
    }
    known.add(location);
    const base = input === '-' ? 'stdin' : path.basename(path.resolve(input)) || 'root';
    let name = base;
    for (let copy = 2; names.has(name); copy++) name = `${base}#${copy}`;
    names.add(name);
    if (input === '-') return [{ given: input, type: 'stdin' as const, name, context: '' }];
    return [{ given: input, name, ...look(input) }];
  });
}

function locationOf(input: string): string {
  if (input === '-') return input;
  try {
    return realpathSync(input);
  } catch {
    // A shell's `<(…)` has a place in /dev/fd that leads nowhere. What is really missing is found by looking.
    return path.resolve(input);
  }
}

function look(input: string): Pick<Input, 'type' | 'size' | 'context'> {
  try {
    const found = statSync(input);
    const resolved = path.resolve(input);
    if (found.isDirectory()) return { type: 'directory', context: contextOf(`${resolved}/`) };
    return {
      type: 'file',
      ...(found.isFile() && { size: found.size }),
      context: contextOf(path.dirname(resolved) + path.sep),
    };
  } catch (error) {
    throw new InputError(`${input}: ${reasonOf(error)}`);
  }
}

function contextOf(directory: string): string {
  return (LAYOUT_FOLDERS.exec(directory) ?? NODE_FOLDER.exec(directory))?.[0].slice(1) ?? '';
}

/** A system error in the words that a shell uses. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file or directory';
  return code === 'EACCES' ? 'permission denied' : messageOf(error);
}
