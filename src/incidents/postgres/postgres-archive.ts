import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import { compareText } from '../../model/entity.ts';
import { UserError } from '../../model/errors.ts';
import {
  type Failure,
  type Incident,
  type IncidentSummary,
  incidentId,
  type NewIncident,
  type Note,
} from '../incident.ts';
import { queryStems } from '../lexemes.ts';
import { type SearchDocument, searchDocument } from '../search-document.ts';
import { weigher } from '../similarity.ts';
import { snippetsOf } from '../snippets.ts';
import type { Statistics } from '../statistics.ts';
import type {
  Candidates,
  IncidentFilter,
  IncidentPage,
  IncidentStore,
  Known,
  Page,
  SearchQuery,
  SearchResult,
} from '../store.ts';
import { summarize } from '../summarize.ts';
import { Database, type Row } from './database.ts';
import { putCauses, rowOf, SUMMARY_AND_REPORT, storable, summaryAndReport, UPSERT_INCIDENT } from './incident-rows.ts';
import { conditionOf } from './sql-filter.ts';
import { sqlStatistics } from './sql-statistics.ts';
import { RANK_WEIGHTS, wordQuery, wordsOf } from './words.ts';

const compress = promisify(gzip);

/** In an archive this large, features that a fifth of all incidents have find too many of them to be looked through. */
const LARGE = 10_000;

/** An archive in PostgreSQL (14 or newer): many processes on many machines share it. */
export class PostgresArchive implements IncidentStore {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Connects to `postgres://user:password@host/database` and brings its tables to this version; with `create` makes them
   * where there are none.
   * @throws UserError where no connection can be made, or the database holds no archive
   */
  static async open(url: string, { create = false }: { create?: boolean } = {}): Promise<PostgresArchive> {
    const database = new Database(url);
    try {
      await database.migrate(create);
      return new PostgresArchive(database);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async put(incident: NewIncident): Promise<IncidentSummary> {
    const summary = summarize(incident);
    const report = await compress(JSON.stringify(incident.report));
    await this.#database.transaction(async (client) => {
      // Notes are kept by the row that they belong to: it is changed, not made anew.
      const notes = await lockedNotes(client, summary.id);
      const document = searchDocument(summary, incident.report, notes);
      await client.query(UPSERT_INCIDENT, rowOf(summary, document));
      await client.query(
        'insert into reports values ($1, $2) on conflict (incident) do update set report = excluded.report',
        [summary.id, report],
      );
      await putCauses(client, summary);
      await client.query('delete from failures where id = $1', [summary.id]);
    });
    return summary;
  }

  async fail(failure: Omit<Failure, 'id'>): Promise<void> {
    const id = incidentId(failure.digest);
    await this.#database.query(
      `insert into failures values ($1, $2, $3)
       on conflict (id) do update set digest = excluded.digest, failure = excluded.failure`,
      [id, failure.digest, JSON.stringify({ id, ...failure } satisfies Failure)],
    );
  }

  async known(digest: string): Promise<Known> {
    const [row] = await this.#database.query(
      `select (select catalogue from incidents where id = $1 and digest = $2) as catalogue,
              (select failure from failures where id = $1 and digest = $2) as failure`,
      [incidentId(digest), digest],
    );
    return {
      ...(typeof row?.['catalogue'] === 'string' && { catalogue: row['catalogue'] }),
      ...(row?.['failure'] != null && { failure: row['failure'] as Failure }),
    };
  }

  async get(id: string): Promise<Incident | undefined> {
    const whole = await this.#idOf(id);
    if (whole === undefined) return undefined;
    const [row] = await this.#database.query(SUMMARY_AND_REPORT, [whole]);
    if (row === undefined) return undefined;
    return { ...(await summaryAndReport(row)), notes: await this.#notesOf(whole) };
  }

  /** The full id that this is, or is the beginning of. */
  async #idOf(id: string): Promise<string | undefined> {
    const start = id.toLowerCase();
    if (!/^[0-9a-f]{4,16}$/.test(start)) return undefined;
    const rows = await this.#database.query('select id from incidents where starts_with(id, $1) order by id limit 5', [
      start,
    ]);
    const fitting = rows.map((row) => row['id'] as string);
    if (fitting.length > 1) throw new UserError(`${id} is the beginning of several incidents: ${fitting.join(', ')}`);
    return fitting[0];
  }

  async list(filter: IncidentFilter, { skip, most }: Page): Promise<IncidentPage> {
    const { sql, values } = conditionOf(filter);
    const [counted] = await this.#database.query(`select count(*)::int as total from incidents where ${sql}`, values);
    const [offset, limit] = [values.length + 1, values.length + 2];
    const rows = await this.#database.query(
      `select summary from incidents where ${sql} order by at desc, id offset $${offset} limit $${limit}`,
      [...values, skip, most],
    );
    return {
      total: counted?.['total'] as number,
      incidents: rows.map((row) => row['summary'] as IncidentSummary),
    };
  }

  async failures(): Promise<Failure[]> {
    const rows = await this.#database.query('select failure from failures');
    return rows
      .map((row) => row['failure'] as Failure)
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.digest, b.digest));
  }

  async search({ words, filter, page }: SearchQuery): Promise<SearchResult> {
    const stems = queryStems(words);
    if (stems.length === 0) {
      const { total, incidents } = await this.list(filter, page);
      return { total, hits: incidents.map((incident) => ({ incident, score: 0, snippets: [] })) };
    }
    const { sql, values } = conditionOf(filter, 5);
    const rows = await this.#database.query(
      `with found as (
         select id, at, ts_rank($2::real[], words, $1::tsquery) as score from incidents
         where words @@ $1::tsquery and ${sql}
       )
       select summary, document, score, (select count(*)::int from found) as total
       from (select * from found order by score desc, at desc, id offset $3 limit $4) page
       join incidents using (id) order by score desc, page.at desc, id`,
      [wordQuery(stems), RANK_WEIGHTS, page.skip, page.most, ...values],
    );
    const hits = rows.map((row) => ({
      incident: row['summary'] as IncidentSummary,
      score: Number(row['score']) * 8,
      snippets: snippetsOf(row['document'] as SearchDocument, stems),
    }));
    return { total: (rows[0]?.['total'] as number | undefined) ?? (await this.#countFound(stems, filter)), hits };
  }

  /** A page beyond the last hit says nothing of how many there are. */
  async #countFound(stems: readonly string[], filter: IncidentFilter): Promise<number> {
    const { sql, values } = conditionOf(filter, 2);
    const [row] = await this.#database.query(
      `select count(*)::int as total from incidents where words @@ $1::tsquery and ${sql}`,
      [wordQuery(stems), ...values],
    );
    return row?.['total'] as number;
  }

  async candidates(features: readonly string[], most: number): Promise<Candidates> {
    const [counted] = await this.#database.query('select count(*)::int as total from incidents');
    const total = counted?.['total'] as number;
    const counts = await this.#database.query(
      `select feature, count(id)::int as count from unnest($1::text[]) feature
       left join incidents on features @> array[feature] group by feature`,
      [features.map(storable)],
    );
    const byFeature = new Map(counts.map((row) => [row['feature'] as string, row['count'] as number]));
    const frequencies = new Map(features.map((feature) => [feature, byFeature.get(storable(feature)) ?? 0]));
    const weigh = weigher(total, frequencies);
    const telling = features.filter((feature) => total < LARGE || frequencies.get(feature)! < total / 5);
    const asked = telling.length === 0 ? features : telling;
    const rows = await this.#database.query(
      `select summary from incidents,
         lateral (select sum(weight) as shared from unnest($1::text[], $2::float8[]) as of(feature, weight)
                  where feature = any(features)) as s
       where features && $1::text[] order by shared desc, at desc, id limit $3`,
      [asked.map(storable), asked.map(weigh), most],
    );
    return { total, frequencies, incidents: rows.map((row) => row['summary'] as IncidentSummary) };
  }

  async note(id: string, note: Note): Promise<void> {
    const whole = await this.#idOf(id);
    if (whole === undefined) throw new UserError(`${id}: no such incident in the archive`);
    await this.#database.transaction(async (client) => {
      await client.query('insert into notes (incident, note) values ($1, $2)', [whole, JSON.stringify(note)]);
      // Read once nobody else changes it: the words of an older report would stay otherwise.
      const notes = await lockedNotes(client, whole);
      const { rows } = await client.query<Row>(SUMMARY_AND_REPORT, [whole]);
      const { summary, report } = await summaryAndReport(rows[0]!);
      const document = searchDocument(summary, report, notes);
      await client.query('update incidents set document = $2, words = $3::tsvector where id = $1', [
        whole,
        JSON.stringify(document),
        storable(wordsOf(document)),
      ]);
    });
  }

  async notes(id: string): Promise<Note[]> {
    const whole = await this.#idOf(id);
    return whole === undefined ? [] : this.#notesOf(whole);
  }

  async #notesOf(id: string): Promise<Note[]> {
    const rows = await this.#database.query('select note from notes where incident = $1 order by number', [id]);
    return rows.map((row) => row['note'] as Note);
  }

  statistics(filter: IncidentFilter): Promise<Statistics> {
    return this.#database.transaction((client) => sqlStatistics(client, filter), 'isolation level repeatable read');
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

/** Nobody else adds a note, or puts the incident, before this transaction ends. */
async function lockedNotes(client: PoolClient, id: string): Promise<Note[]> {
  await client.query('select from incidents where id = $1 for update', [id]);
  const { rows } = await client.query('select note from notes where incident = $1 order by number', [id]);
  return rows.map((row) => row.note);
}
