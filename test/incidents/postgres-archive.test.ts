import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresArchive } from '../../src/incidents/postgres/postgres-archive.ts';
import { newIncident } from '../support/incident-report.ts';
import { startPostgres, type TestServer } from '../support/postgres.ts';
import { describeStore } from './contract.ts';

let server: TestServer | undefined;
beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server?.stop(), 60_000);

const PAGE = { skip: 0, most: 10 };

describeStore('PostgreSQL', async () => {
  const url = await server!.database();
  return {
    store: await PostgresArchive.open(url, { create: true }),
    reopen: () => PostgresArchive.open(url),
  };
});

describe('an archive in PostgreSQL', () => {
  it('is made only where that is asked for', async () => {
    const url = await server!.database();
    await expect(PostgresArchive.open(url)).rejects.toThrow('this database holds no archive of incidents');
    const archive = await PostgresArchive.open(url, { create: true });
    await archive.close();
    await (await PostgresArchive.open(url)).close();
  });

  it('is made once where several make it at the same time', async () => {
    const url = await server!.database();
    const archives = await Promise.all([1, 2, 3, 4].map(() => PostgresArchive.open(url, { create: true })));
    await Promise.all(archives.map((archive) => archive.close()));
    const client = new Client(url);
    await client.connect();
    expect((await client.query('select version from inquest.migrations')).rows).toEqual([{ version: 1 }]);
    await client.query('insert into inquest.migrations values (99, now())');
    await client.end();
    await expect(PostgresArchive.open(url)).rejects.toThrow('newer version of inquest (99)');
  });

  it('says what is wrong in one line that holds no password', async () => {
    const url = await server!.database();
    const { port } = new URL(url);
    for (const [bad, reason] of [
      [url.replace('for-tests', 'guessed'), /password authentication failed/],
      [`${url}_not_there`, /does not exist/],
      [url.replace(`:${port}/`, ':1/'), /ECONNREFUSED|cannot connect/],
    ] as const) {
      const error: Error = await PostgresArchive.open(bad).then(
        () => new Error('no error'),
        (thrown: Error) => thrown,
      );
      expect(error.name).toBe('UserError');
      expect(error.message).toMatch(reason);
      expect(error.message).not.toMatch(/guessed|for-tests|\n/);
    }
  });

  it('holds what no text of PostgreSQL may hold', async () => {
    const archive = await PostgresArchive.open(await server!.database(), { create: true });
    const evil = `a\0b \ud800 '; drop table incidents; -- \\' :* & | ${'x'.repeat(5000)}`;
    const incident = newIncident({ name: evil, findings: [{ signature: 'a', title: evil }], causes: ['a'] });
    const { id } = await archive.put(incident);
    expect((await archive.get(id))?.report).toEqual(JSON.parse(JSON.stringify(incident.report)));
    await archive.note(id, { at: '2026-01-01T00:00:00Z', text: evil, resolution: true });
    expect((await archive.search({ words: 'drop table', filter: {}, page: PAGE })).total).toBe(1);
    await archive.close();
  });

  it('works on after the server was restarted', async () => {
    const url = await server!.database();
    const archive = await PostgresArchive.open(url, { create: true });
    await archive.put(newIncident({ name: 'before' }));
    await server!.restart();
    // The connection that was open may fail once; it is replaced.
    await archive.list({}, PAGE).catch(() => undefined);
    await archive.put(newIncident({ name: 'after' }));
    expect((await archive.list({}, PAGE)).total).toBe(2);
    await archive.close();
  });
});
