import { UserError } from '../model/errors.ts';
import { type Report, reportSchema } from '../model/report.ts';

/**
 * Reads a saved JSON report. `name` says in errors where the text came from.
 * Fields that this version does not know are kept, so that rendering it as JSON again loses nothing.
 * Throws a `UserError` that names the first offending field.
 */
export function parseReport(text: string, name = 'report'): Report {
  const value = parseJson(text, name);
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version !== 1) {
    throw new UserError(`${name}: schemaVersion ${version} is not one that this version of inquest reads (1)`);
  }
  const result = reportSchema.safeParse(value);
  if (result.success) return value as Report;
  const [issue] = result.error.issues;
  throw new UserError(`${name}: not an inquest report: ${fieldPath(issue?.path ?? [])}: ${issue?.message}`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UserError(`${name}: not JSON: ${(error as SyntaxError).message}`);
  }
}

/** `rootCauses[0].confidence` */
function fieldPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the whole document';
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
}
