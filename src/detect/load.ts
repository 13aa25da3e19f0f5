import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fastGlob from 'fast-glob';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { compareText } from '../model/entity.ts';
import { SignatureError } from '../model/errors.ts';
import { type Signature, signatureSchema } from '../model/signature.ts';

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

/**
 * Loads all `*.yaml` below the directories. A later directory overrides an earlier one by id.
 * @throws SignatureError with all problems, each as `file:line:column: message`.
 */
export async function loadCatalogue(dirs: readonly string[]): Promise<Catalogue> {
  const byId = new Map<string, LoadedSignature>();
  const hash = createHash('sha256');
  const problems: string[] = [];
  for (const dir of dirs) {
    const seen = new Map<string, string>();
    for (const name of await signatureFiles(dir)) {
      const file = join(dir, name);
      const text = await readFile(file, 'utf8');
      hash.update(name).update('\0').update(text).update('\0');
      const parsed = parseSignature(text, file);
      problems.push(...parsed.problems);
      if (parsed.signature === undefined) continue;
      const { id } = parsed.signature;
      if (seen.has(id)) problems.push(`${file}:1:1: id ${id} is already taken by ${seen.get(id)}`);
      seen.set(id, file);
      byId.set(id, { file, signature: parsed.signature });
    }
  }
  if (problems.length > 0) throw new SignatureError(problems.join('\n'));
  const loaded = [...byId.values()].sort((a, b) => compareText(a.signature.id, b.signature.id));
  return { loaded, signatures: loaded.map((entry) => entry.signature), digest: hash.digest('hex') };
}

async function signatureFiles(dir: string): Promise<string[]> {
  try {
    const names = await fastGlob('**/*.{yaml,yml}', { cwd: dir, followSymbolicLinks: false, suppressErrors: false });
    if (names.length === 0) throw new SignatureError(`${dir}: no signature files (*.yaml) here`);
    return names.sort(compareText);
  } catch (error) {
    if (error instanceof SignatureError) throw error;
    throw new SignatureError(`${dir}: cannot read signatures: ${(error as Error).message}`);
  }
}

interface Parsed {
  readonly signature?: Signature;
  readonly problems: readonly string[];
}

/** Parses and validates one signature file. */
export function parseSignature(text: string, file: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, maxAliasCount: 100 } as never);
  const at = (offset: number, message: string): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}: ${message}`;
  };
  // What follows the first syntax error is mostly its echo.
  const [broken] = document.errors;
  if (broken !== undefined) return { problems: [at(broken.pos[0], broken.message)] };
  const result = signatureSchema.safeParse(document.toJS());
  if (!result.success) {
    return { problems: flatten(result.error.issues).map((issue) => at(offsetOf(document, issue.path), issue.message)) };
  }
  const expected = basename(file).replace(/\.ya?ml$/, '');
  if (result.data.id !== expected) {
    return { problems: [at(offsetOf(document, ['id']), `id is ${result.data.id}, but the file is named ${expected}`)] };
  }
  return { signature: result.data, problems: [] };
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A union reports the issues of each alternative: keep those of the alternative that got furthest. */
function flatten(issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = issue.path;
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: where + issue.message }];
    const nested = issue.errors.map((alternative) =>
      flatten(alternative).map((p) => ({ path: [...path, ...p.path], message: p.message })),
    );
    const depth = (problems: readonly Problem[]): number => Math.max(...problems.map((p) => p.path.length));
    return nested
      .toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!
      .map((p) => ({
        path: p.path,
        message: `${where}${p.message}`,
      }));
  });
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
