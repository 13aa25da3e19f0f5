import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Signature } from '../model/signature.ts';
import type { SignatureFile } from './load-files.ts';

/**
 * Signatures of one directory that have been parsed and validated before, as JSON in a file of two lines: a header with the
 * key of what they were made from and the SHA-256 of the second line; the signatures in the order of their files. A file
 * that is not exactly that is as good as none.
 */

const FORMAT = 'inquest-signatures-1';
/** Bytes; a larger file is none of ours. */
const LARGEST = 64 * 1024 * 1024;
/** Compiled catalogues that are kept in a cache folder. */
const KEPT = 8;
const OTHERS_MAY_WRITE = 0o022;

/** What stands for the text of the files and for the code that made signatures of them. */
export function keyOf(files: readonly SignatureFile[]): string {
  const hash = createHash('sha256').update(compilerText());
  for (const { name, text } of files) hash.update(name).update('\0').update(text).update('\0');
  return hash.digest('hex');
}

/** The modules that decide what becomes of a signature's text: other code gives another key, whatever its version says. */
function compilerText(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return [`./load-text.${extension}`, `../model/signature.${extension}`]
    .map((module) => readFileSync(fileURLToPath(new URL(module, import.meta.url)), 'utf8'))
    .join('\0');
}

/** The signatures of `files` as they were compiled into `path`; undefined where they are not there, or damaged. */
export function readCompiled(path: string, key: string, files: readonly SignatureFile[]): Signature[] | undefined {
  try {
    return parseCompiled(readFileSync(path, 'utf8'), key, files);
  } catch {
    return undefined;
  }
}

/** As `readCompiled` from a cache folder; what others may write to says nothing. */
export function readCache(cacheDir: string, key: string, files: readonly SignatureFile[]): Signature[] | undefined {
  try {
    return parseCompiled(readOwn(cachePath(cacheDir, key)), key, files);
  } catch {
    return undefined;
  }
}

function parseCompiled(text: string, key: string, files: readonly SignatureFile[]): Signature[] | undefined {
  const newline = text.indexOf('\n');
  const body = text.slice(newline + 1);
  if (text.slice(0, newline) !== headerOf(key, body)) return undefined;
  const signatures: Signature[] = JSON.parse(body);
  const fits = Array.isArray(signatures) && signatures.length === files.length;
  return fits && signatures.every((signature) => typeof signature?.id === 'string') ? signatures : undefined;
}

function readOwn(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { mode, size, uid } = fstatSync(file);
    const own = process.getuid === undefined || (uid === process.getuid() && (mode & OTHERS_MAY_WRITE) === 0);
    return own && size <= LARGEST ? readFileSync(file, 'utf8') : '';
  } finally {
    closeSync(file);
  }
}

function headerOf(key: string, body: string): string {
  return `${FORMAT} ${key} ${createHash('sha256').update(body).digest('hex')}`;
}

/** Writes beside it first, and then renames, so that nobody reads half of it. */
export function writeCompiled(path: string, key: string, signatures: readonly Signature[], mode = 0o644): void {
  const body = JSON.stringify(signatures);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, `${headerOf(key, body)}\n${body}`, { flag: 'wx', mode });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Where in a cache folder the signatures of a key are. */
function cachePath(cacheDir: string, key: string): string {
  return join(cacheDir, `signatures-${key.slice(0, 16)}.json`);
}

/** As `writeCompiled` into a cache folder, of which the oldest are removed. A cache that cannot be written is no fault. */
export function writeCache(cacheDir: string, key: string, signatures: readonly Signature[]): void {
  try {
    mkdirSync(cacheDir, { recursive: true, mode: 0o700 });
    writeCompiled(cachePath(cacheDir, key), key, signatures, 0o600);
    const all = readdirSync(cacheDir).filter((name) => /^signatures-[0-9a-f]{16}\.json$/.test(name));
    const paths = all.map((name) => join(cacheDir, name));
    const aged = paths.map((path) => ({ path, at: statSync(path).mtimeMs })).sort((a, b) => b.at - a.at);
    for (const { path } of aged.slice(KEPT)) rmSync(path, { force: true });
  } catch {
    // Read-only home, full disk: the next run parses again.
  }
}
