import { stat } from 'node:fs/promises';
import type { Report } from '../../model/report.ts';
import { withArchive } from './open-archive.ts';

/** The report with what the archive holds of its like; the input's own incident is not meant. */
export async function withSeenBefore(report: Report, location: string, inputs: readonly string[]): Promise<Report> {
  const { findSimilar, SEEN_BEFORE } = await import('../../archive/find-similar.ts');
  const { contentDigest } = await import('../../incidents/content-digest.ts');
  const { incidentId } = await import('../../incidents/incident.ts');
  const readable = await Promise.all(inputs.map(isReadable));
  const digests = await Promise.all(inputs.filter((_, i) => readable[i]).map(contentDigest));
  const except = new Set(digests.map(incidentId));
  const seenBefore = await withArchive(location, (archive) => findSimilar(archive, report, { ...SEEN_BEFORE, except }));
  return { ...report, seenBefore };
}

/** Pipes and the like can be read only once. */
async function isReadable(input: string): Promise<boolean> {
  const info = await stat(input).catch(() => undefined);
  return info !== undefined && (info.isFile() || info.isDirectory());
}
