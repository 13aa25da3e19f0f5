import { createHash } from 'node:crypto';
import type { Report } from '../../model/report.ts';
import { renderJson } from '../render-json.ts';
import { Addresses } from './addresses.ts';
import { mapStrings } from './map-strings.ts';
import { maskSecrets } from './mask-secrets.ts';
import { namesOf } from './names.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { replacer } from './text.ts';

export interface Redacted {
  readonly report: Report;
  /** Kind to pseudonym to original: what leads back. */
  readonly map: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * The report with pseudonyms for hosts, machines, domains, addresses, mail addresses, users and ids, and without secrets.
 * Structure stays: one name one pseudonym, one network one network. The same report gives the same pseudonyms, whenever
 * it was made.
 */
export function redactReport(original: Report): Redacted {
  const masked = maskSecrets(original);
  const report = {
    ...masked,
    inputs: masked.inputs.map((input) => ({ ...input, path: baseName(input.path) })),
    ...withoutAuthors(masked),
  };
  const key = createHash('sha256')
    .update(renderJson({ ...report, generatedAt: '', durationMs: 0 }))
    .digest();
  const pseudonyms = new Pseudonyms(key);
  const replace = replacer({ names: namesOf(report), pseudonyms, addresses: new Addresses(key) });
  const redacted = mapStrings(report, replace);
  return { report: { ...redacted, tool: report.tool }, map: pseudonyms.map() };
}

/** Who wrote a resolution into an archive may have signed in any way. */
function withoutAuthors({ seenBefore }: Report): Pick<Report, 'seenBefore'> {
  if (seenBefore === undefined) return {};
  return {
    seenBefore: seenBefore.map((incident) => ({
      ...incident,
      resolutions: incident.resolutions.map(({ by: _, ...resolution }) => resolution),
    })),
  };
}

/** Directories above an input name the machine of who ran the analysis. */
function baseName(path: string): string {
  return path.replace(/\/+$/, '').split(/[\\/]/).at(-1) ?? path;
}
