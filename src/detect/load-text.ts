import { basename } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Signature, signatureSchema } from '../model/signature.ts';

export interface Parsed {
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
