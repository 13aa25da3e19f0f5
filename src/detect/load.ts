import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { compareText } from '../model/entity.ts';
import { SignatureError } from '../model/errors.ts';
import type { Signature } from '../model/signature.ts';
import { keyOf, readCache, readCompiled, writeCache } from './load-compiled.ts';
import { readSignatureFiles, type SignatureFile, startOf } from './load-files.ts';

export interface LoadedSignature {
  readonly file: string;
  readonly signature: Signature;
}

/** The signatures of one analysis, sorted by id. */
export interface Catalogue {
  readonly loaded: readonly LoadedSignature[];
  readonly signatures: readonly Signature[];
  /** SHA-256 over the files' text: two catalogues with the same digest give the same findings. */
  readonly digest: string;
}

export interface LoadOptions {
  /** A file that `compileSignatures` wrote for one of the directories. */
  readonly compiled?: string;
  /** Folder where compiled signatures are kept from run to run; none without it. */
  readonly cacheDir?: string;
}

/**
 * Loads all `*.yaml` below the directories. A later directory overrides an earlier one by id.
 * @throws SignatureError with all problems, each as `file:line:column: message`.
 */
export async function loadCatalogue(dirs: readonly string[], options: LoadOptions = {}): Promise<Catalogue> {
  const byId = new Map<string, LoadedSignature>();
  const hash = createHash('sha256');
  const problems: string[] = [];
  for (const dir of dirs) {
    const files = readSignatureFiles(dir);
    for (const { name, text } of files) hash.update(name).update('\0').update(text).update('\0');
    const read = await signaturesOf(dir, files, options);
    problems.push(...read.problems);
    for (const entry of read.loaded) byId.set(entry.signature.id, entry);
  }
  if (problems.length > 0) throw new SignatureError(problems.join('\n'));
  const loaded = [...byId.values()].sort((a, b) => compareText(a.signature.id, b.signature.id));
  return { loaded, signatures: loaded.map((entry) => entry.signature), digest: hash.digest('hex') };
}

/**
 * The signatures of one directory, to be written where `LoadOptions.compiled` finds them, and the key to write them under.
 * @throws SignatureError
 */
export async function compileSignatures(dir: string): Promise<{ key: string; signatures: Signature[] }> {
  const files = readSignatureFiles(dir);
  const { loaded, problems } = await parseAll(dir, files);
  if (problems.length > 0) throw new SignatureError(problems.join('\n'));
  return { key: keyOf(files), signatures: loaded.map((entry) => entry.signature) };
}

interface Read {
  readonly loaded: readonly LoadedSignature[];
  readonly problems: readonly string[];
}

/** Parsing and validating takes longer than scanning a hundred megabytes: it is done once for the same text. */
async function signaturesOf(dir: string, files: readonly SignatureFile[], options: LoadOptions): Promise<Read> {
  const { compiled, cacheDir } = options;
  const key = compiled === undefined && cacheDir === undefined ? '' : keyOf(files);
  const known =
    (compiled === undefined ? undefined : readCompiled(compiled, key, files)) ??
    (cacheDir === undefined ? undefined : readCache(cacheDir, key, files));
  if (known !== undefined) {
    const start = startOf(dir);
    return { loaded: known.map((signature, i) => ({ file: start + files[i]!.name, signature })), problems: [] };
  }
  const parsed = await parseAll(dir, files);
  if (cacheDir !== undefined && parsed.problems.length === 0) {
    writeCache(
      cacheDir,
      key,
      parsed.loaded.map((entry) => entry.signature),
    );
  }
  return parsed;
}

/** The parsers are loaded only where something is to be parsed. */
async function parseAll(dir: string, files: readonly SignatureFile[]): Promise<Read> {
  const { parseSignature } = await import('./load-text.ts');
  const seen = new Map<string, string>();
  const loaded: LoadedSignature[] = [];
  const problems: string[] = [];
  for (const { name, text } of files) {
    const file = join(dir, name);
    const parsed = parseSignature(text, file);
    problems.push(...parsed.problems);
    if (parsed.signature === undefined) continue;
    const { id } = parsed.signature;
    if (seen.has(id)) problems.push(`${file}:1:1: id ${id} is already taken by ${seen.get(id)}`);
    seen.set(id, file);
    loaded.push({ file, signature: parsed.signature });
  }
  return { loaded, problems };
}
