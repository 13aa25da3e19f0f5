import { Pool, type PoolClient } from 'pg';
import { UserError } from '../../model/errors.ts';
import { MIGRATIONS } from './migrations.ts';
import { withoutPassword } from './shown-url.ts';

/** All tables of an archive are in this schema; those of the queue are in another. */
export const SCHEMA = 'inquest';

/** Any number that no other program is likely to lock: two processes must not migrate at once. */
const MIGRATION_LOCK = 0x1a9e57;
const UNDEFINED_TABLE = '42P01';
const UNDEFINED_SCHEMA = '3F000';

export type Row = Readonly<Record<string, unknown>>;

/** A pool of connections to one archive. Problems of the connection become a `UserError` without the password. */
export class Database {
  readonly #pool: Pool;
  readonly #shown: string;

  constructor(url: string, most = 4) {
    this.#shown = withoutPassword(url);
    this.#pool = new Pool({
      connectionString: url,
      max: most,
      application_name: 'inquest',
      connectionTimeoutMillis: 10_000,
      options: `-c search_path=${SCHEMA}`,
    });
    // A connection that breaks while nobody uses it is replaced when somebody does.
    this.#pool.on('error', () => undefined);
  }

  async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    try {
      return (await this.#pool.query(text, values as unknown[])).rows;
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Runs `work` in a transaction: all of it happens, or nothing. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>, mode = ''): Promise<T> {
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw this.#explained(error);
    }
    // Without it, a server that goes away between two statements would end the process.
    const broken = (): void => undefined;
    client.on('error', broken);
    let failure: Error | undefined;
    try {
      await client.query(`begin ${mode}`);
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      failure = error as Error;
      await client.query('rollback').catch(() => undefined);
      throw this.#explained(error);
    } finally {
      client.off('error', broken);
      client.release(failure !== undefined && !(failure instanceof UserError));
    }
  }

  /**
   * Brings the tables to this version; with `create` makes them where there are none.
   * @throws UserError where there is no archive, or one of a newer version
   */
  async migrate(create: boolean): Promise<void> {
    const version = await this.#version();
    if (version === undefined && !create) {
      throw new UserError(`${this.#shown}: this database holds no archive of incidents; inquest batch makes one`);
    }
    if (version !== undefined && version > MIGRATIONS.length) {
      throw new UserError(`${this.#shown}: the archive is of a newer version of inquest (${version})`);
    }
    if (version === MIGRATIONS.length) return;
    await this.transaction(async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      await client.query(`create schema if not exists ${SCHEMA}`);
      await client.query(
        'create table if not exists migrations (version integer primary key, at timestamptz not null)',
      );
      const [row] = (await client.query('select coalesce(max(version), 0) as version from migrations')).rows;
      for (let next = Number(row.version); next < MIGRATIONS.length; next++) {
        await client.query(MIGRATIONS[next]!);
        await client.query('insert into migrations values ($1, now())', [next + 1]);
      }
    });
  }

  async #version(): Promise<number | undefined> {
    try {
      const { rows } = await this.#pool.query('select max(version) as version from migrations');
      return rows[0]?.version ?? undefined;
    } catch (error) {
      const { code } = error as { readonly code?: string };
      if (code === UNDEFINED_TABLE || code === UNDEFINED_SCHEMA) return undefined;
      throw this.#explained(error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  #explained(error: unknown): unknown {
    if (error instanceof UserError || !(error instanceof Error)) return error;
    return isConnectionProblem(error) ? new UserError(`${this.#shown}: ${reasonOf(error)}`, { cause: error }) : error;
  }
}

/** SQLSTATE classes of connections, authorisation, missing databases, lack of resources, and a server that goes down. */
const CONNECTION_CLASSES = /^(?:08|28|3D|53|57P)/;
const CONNECTION_WORDS =
  /terminated|timeout exceeded|ECONN|ENOTFOUND|EHOSTUNREACH|EPIPE|not queryable|SASL|invalid URL/i;

function isConnectionProblem(error: Error): boolean {
  const { code = '' } = error as { readonly code?: string };
  return CONNECTION_CLASSES.test(code) || CONNECTION_WORDS.test(`${code} ${error.message}`);
}

function reasonOf(error: Error): string {
  const { code } = error as { readonly code?: string };
  // Where all addresses of a host refuse, the error has no words of its own.
  return error.message === '' ? `cannot connect (${code ?? 'no answer'})` : error.message.split('\n')[0]!;
}
