import type { PoolClient } from 'pg';
import { type CauseCount, type Count, LEAST_TOGETHER, ONSET_BUCKETS_MS, type Statistics } from '../statistics.ts';
import type { IncidentFilter } from '../store.ts';
import { conditionOf } from './sql-filter.ts';

type Select = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/** By count, then by value, as every list of the statistics. */
function byCount(value: string): string {
  return `order by count(*) desc, ${value} collate "C"`;
}

/** What `statisticsOf` says of the incidents that pass the filter, counted where they are. */
export async function sqlStatistics(client: PoolClient, filter: IncidentFilter): Promise<Statistics> {
  const { sql, values } = conditionOf(filter);
  const select: Select = async (query) =>
    (await client.query(`with chosen as (select * from incidents where ${sql}) ${query}`, values as unknown[])).rows;
  const [totals] = await select(
    `select count(*)::int as incidents,
       count(*) filter (where unexplained <> '{}')::int as with_symptoms,
       count(*) filter (where status in ('failed', 'degraded')
         and not exists (select from causes where incident = id))::int as without_cause
     from chosen`,
  );
  return {
    incidents: totals!['incidents'] as number,
    verdicts: await countsOf(select, 'status'),
    versions: await countsOf(select, 'minor'),
    platforms: await countsOf(select, 'platform'),
    months: await monthsOf(select),
    causes: await causeCounts(select),
    onsetToGather: await spreadOf(select),
    early: await earlyCounts(select),
    hits: await countsIn(select, 'signatures'),
    together: await pairsOf(select),
    unexplained: {
      withoutCause: totals!['without_cause'] as number,
      withSymptoms: totals!['with_symptoms'] as number,
      symptoms: await countsIn(select, 'unexplained'),
      templates: await countsIn(select, 'anomalies'),
    },
  };
}

async function countsOf(select: Select, column: 'status' | 'minor' | 'platform'): Promise<Count[]> {
  const rows = await select(
    `select ${column} as value, count(*)::int as count from chosen where ${column} is not null
     group by ${column} ${byCount(column)}`,
  );
  return rows as unknown as Count[];
}

async function countsIn(select: Select, column: 'signatures' | 'unexplained' | 'anomalies'): Promise<Count[]> {
  const rows = await select(
    `select value, count(*)::int as count from chosen, unnest(${column}) value group by value ${byCount('value')}`,
  );
  return rows as unknown as Count[];
}

async function monthsOf(select: Select): Promise<Count[]> {
  const rows = await select(
    'select substr(at, 1, 7) as value, count(*)::int as count from chosen group by 1 order by substr(at, 1, 7) collate "C"',
  );
  return rows as unknown as Count[];
}

/** One row for each incident and cause: a cause that an incident names twice counts once. */
const CAUSED = `, caused as (
  select distinct on (id, signature) id, signature, title, position, at, minor, platform
  from chosen join causes on incident = id order by id, signature, position
)`;

async function causeCounts(select: Select): Promise<CauseCount[]> {
  const causes = await select(
    `${CAUSED} select signature, count(*)::int as count, count(*) filter (where position = 1)::int as first,
       (array_agg(title order by at desc, id))[1] as title
     from caused group by signature order by count desc, signature collate "C"`,
  );
  const by = async (value: string, order: string): Promise<(signature: string) => Count[]> => {
    const rows = await select(
      `${CAUSED} select signature, ${value} as value, count(*)::int as count from caused
       where ${value} is not null group by signature, ${value} ${order}`,
    );
    const groups = Map.groupBy(rows, (row) => row['signature'] as string);
    return (signature) =>
      (groups.get(signature) ?? []).map((row) => ({ value: row['value'] as string, count: row['count'] as number }));
  };
  const versions = await by('minor', byCount('minor'));
  const platforms = await by('platform', byCount('platform'));
  const months = await by('substr(at, 1, 7)', 'order by substr(at, 1, 7) collate "C"');
  return causes.map((row) => {
    const signature = row['signature'] as string;
    return {
      signature,
      title: row['title'] as string,
      count: row['count'] as number,
      first: row['first'] as number,
      versions: versions(signature),
      platforms: platforms(signature),
      months: months(signature),
    };
  });
}

async function spreadOf(select: Select): Promise<Statistics['onsetToGather']> {
  const bounds = [0, ...ONSET_BUCKETS_MS];
  const buckets = bounds.map((from, i) => {
    const below = bounds[i + 1];
    const upper = below === undefined ? '' : ` and onset_to_gather_ms < ${below}`;
    return `count(*) filter (where onset_to_gather_ms >= ${from}${upper})::int as bucket_${i}`;
  });
  const [row] = await select(
    `select count(onset_to_gather_ms)::int as count,
       percentile_disc(0.5) within group (order by onset_to_gather_ms)::float8 as median,
       percentile_disc(0.9) within group (order by onset_to_gather_ms)::float8 as p90, ${buckets.join(', ')}
     from chosen`,
  );
  return {
    count: row!['count'] as number,
    ...(row!['median'] != null && { medianMs: row!['median'] as number }),
    ...(row!['p90'] != null && { p90Ms: row!['p90'] as number }),
    buckets: bounds.map((_, i) => ({
      ...(bounds[i + 1] !== undefined && { belowMs: bounds[i + 1]! }),
      count: row![`bucket_${i}`] as number,
    })),
  };
}

async function earlyCounts(select: Select): Promise<Statistics['early']> {
  const rows = await select(
    `select signature, count(*)::int as count,
       percentile_disc(0.5) within group (order by lead_ms)::float8 as "medianLeadMs"
     from chosen join early_signs on incident = id group by signature order by count desc, signature collate "C"`,
  );
  return rows as unknown as Statistics['early'];
}

/** Signatures that are in the same incidents: as many of them, with the same sum of hashes. */
async function pairsOf(select: Select): Promise<Statistics['together']> {
  const groups = await select(
    `select array_agg(signature order by signature collate "C") as signatures, count
     from (
       select signature, count(*)::int as count, sum(hashtextextended(id, 0)::numeric) as places
       from chosen, unnest(signatures) signature group by signature
     ) found
     where count >= ${LEAST_TOGETHER} group by count, places having count(*) > 1
     order by count desc, min(signature collate "C")`,
  );
  return groups.flatMap((row) => {
    const sorted = row['signatures'] as string[];
    const count = row['count'] as number;
    return sorted.flatMap((a, i) => sorted.slice(i + 1).map((b) => ({ a, b, count })));
  });
}
