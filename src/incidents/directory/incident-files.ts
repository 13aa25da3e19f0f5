import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../model/report.ts';
import type { Incident, IncidentSummary, NewIncident, Note } from '../incident.ts';
import { isMissing, writeAtomically } from './atomic-file.ts';
import type { Layout } from './layout.ts';

/** `incident.json`: whatever lies beside it counts only as it is named here. */
interface Commit {
  readonly summary: IncidentSummary;
  /** SHA-256 by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Writes an incident: its files first, then what makes them count. Killed in between, the incident is not whole and is
 * analysed again. A mark before it counts says that the index does not know it, should the process end here; one after it
 * tells those who looked too early.
 */
export async function writeIncident(layout: Layout, summary: IncidentSummary, incident: NewIncident): Promise<void> {
  const folder = join(layout.incidents, summary.id);
  await mkdir(folder, { recursive: true });
  const files = new Map([
    ['report.json', `${JSON.stringify(incident.report, null, 2)}\n`],
    ...(incident.renderings ?? []),
  ]);
  for (const [name, text] of files) await writeAtomically(join(folder, name), text, layout.incoming);
  await markPending(layout, summary.id);
  const digests = Object.fromEntries([...files].map(([name, text]) => [name, sha256(text)]));
  const commit: Commit = { summary, files: digests };
  await writeAtomically(join(folder, 'incident.json'), `${JSON.stringify(commit)}\n`, layout.incoming);
  await markPending(layout, summary.id);
}

/** Every mark has a name of its own: whoever removes one removes no newer one. */
export async function markPending(layout: Layout, id: string): Promise<void> {
  await writeFile(join(layout.pending, `${id}.${randomBytes(6).toString('hex')}`), '');
}

/** Undefined where there is none, or it is not whole. */
export async function readSummary(layout: Layout, id: string): Promise<IncidentSummary | undefined> {
  return (await readWhole(layout, id))?.summary;
}

export async function readIncident(layout: Layout, id: string): Promise<Incident | undefined> {
  const whole = await readWhole(layout, id);
  if (whole === undefined) return undefined;
  const report: Report = JSON.parse(whole.text);
  return { summary: whole.summary, report, notes: await readNotes(layout, id) };
}

async function readWhole(layout: Layout, id: string): Promise<{ summary: IncidentSummary; text: string } | undefined> {
  const folder = join(layout.incidents, id);
  try {
    const { summary, files }: Commit = JSON.parse(await readFile(join(folder, 'incident.json'), 'utf8'));
    const text = await readFile(join(folder, 'report.json'), 'utf8');
    return files['report.json'] === sha256(text) ? { summary, text } : undefined;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

export async function readNotes(layout: Layout, id: string): Promise<Note[]> {
  try {
    return JSON.parse(await readFile(join(layout.notes, `${id}.json`), 'utf8'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export async function writeNotes(layout: Layout, id: string, notes: readonly Note[]): Promise<void> {
  await writeAtomically(join(layout.notes, `${id}.json`), `${JSON.stringify(notes, null, 2)}\n`, layout.incoming);
  await markPending(layout, id);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
