import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import type { Report } from '../../model/report.ts';
import { minorOf } from '../fingerprint.ts';
import type { Incident, IncidentSummary } from '../incident.ts';
import type { SearchDocument } from '../search-document.ts';
import { onsetToGatherMs } from '../statistics.ts';
import type { Row } from './database.ts';
import { wordsOf } from './words.ts';

const decompress = promisify(gunzip);

const COLUMNS = [
  ...['id', 'digest', 'name', 'catalogue', 'at', 'version', 'minor', 'platform', 'cluster', 'status'],
  ...['onset_to_gather_ms', 'signatures', 'components', 'unexplained', 'anomalies', 'features'],
  ...['summary', 'document', 'words'],
];

export const UPSERT_INCIDENT = `insert into incidents (${COLUMNS.join(', ')})
  values (${COLUMNS.map((column, i) => `$${i + 1}${column === 'words' ? '::tsvector' : ''}`).join(', ')})
  on conflict (id) do update set ${COLUMNS.slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`;

/** The values of `UPSERT_INCIDENT`. */
export function rowOf(summary: IncidentSummary, document: SearchDocument): unknown[] {
  const { id, digest, name, catalogue, at, version, platform, cluster, verdict } = summary;
  const texts = [id, digest, name, catalogue, at, version, minorOf(version), platform, cluster, verdict.status];
  const lists = [summary.signatures, summary.components, summary.unexplained, summary.anomalies, summary.features];
  return [
    ...texts.map((text) => (text === undefined ? null : storable(text))),
    onsetToGatherMs(summary) ?? null,
    ...lists.map((list) => list.map(storable)),
    JSON.stringify(summary),
    JSON.stringify(document),
    storable(wordsOf(document)),
  ];
}

/** Replaces the causes and early signs of an incident. */
export async function putCauses(client: PoolClient, { id, causes, early }: IncidentSummary): Promise<void> {
  await client.query('delete from causes where incident = $1', [id]);
  await client.query(
    `insert into causes select $1, position, signature, title
     from unnest($2::text[], $3::text[]) with ordinality as of(signature, title, position)`,
    [id, causes.map((cause) => storable(cause.signature)), causes.map((cause) => storable(cause.title))],
  );
  await client.query('delete from early_signs where incident = $1', [id]);
  await client.query('insert into early_signs select $1, * from unnest($2::text[], $3::bigint[])', [
    id,
    early.map((sign) => storable(sign.signature)),
    early.map((sign) => sign.leadMs),
  ]);
}

export const SUMMARY_AND_REPORT = 'select summary, report from incidents join reports on incident = id where id = $1';

/** Of a row of `SUMMARY_AND_REPORT`. */
export async function summaryAndReport(row: Row): Promise<Pick<Incident, 'summary' | 'report'>> {
  const report = JSON.parse((await decompress(row['report'] as Buffer)).toString()) as Report;
  return { summary: row['summary'] as IncidentSummary, report };
}

/** PostgreSQL's texts hold no NUL. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}
