import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobQueue } from '../../src/batch/job-queue.ts';
import { PostgresArchive } from '../../src/incidents/postgres/postgres-archive.ts';
import { startPostgres, type TestServer } from '../support/postgres.ts';
import { runCli } from '../support/run-cli.ts';

const MAIN = path.join(import.meta.dirname, '../../src/cli/main.ts');
const ARCHIVES = 14;
const BROKEN = 2;
const PAGE = { skip: 0, most: 1000 };

let server: TestServer | undefined;
beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server?.stop(), 60_000);

/** Small installer logs, each different, and files that nobody can read among them. */
function archives(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'inquest-worker-'));
  for (let n = 0; n < ARCHIVES; n++) {
    const line = `time="2026-01-15T10:00:${10 + n}Z" level=fatal msg="waiting for Kubernetes API: context deadline exceeded"\n`;
    writeFileSync(path.join(folder, `ticket-${n}.log`), line);
  }
  for (let n = 0; n < BROKEN; n++)
    writeFileSync(path.join(folder, `broken-${n}.tar.gz`), Buffer.from([0x1f, 0x8b, 8, n]));
  return folder;
}

function startWorker(url: string): ChildProcess {
  return spawn(process.execPath, [MAIN, 'worker', '--archive', url, '--jobs', '1', '--until-empty', '--quiet'], {
    stdio: 'ignore',
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

async function analysed(url: string): Promise<number> {
  const store = await PostgresArchive.open(url, { create: true });
  const { total } = await store.list({}, PAGE);
  await store.close();
  return total;
}

describe('workers', () => {
  it('lose nothing and double nothing, though they are killed and the database goes away', async () => {
    const url = await server!.database();
    const put = runCli(['batch', archives(), '--archive', url, '--enqueue'], { engine: true });
    expect(put.stderr).toBe(`${ARCHIVES + BROKEN} archives put up, 0 waited already, 0 unreadable\n`);
    expect(put.status).toBe(0);

    const workers = Array.from({ length: 4 }, () => startWorker(url));
    while ((await analysed(url)) < 2) await sleep(300);
    workers[0]!.kill('SIGKILL');
    workers[1]!.kill('SIGKILL');
    await server!.restart();
    workers.push(startWorker(url), startWorker(url));
    await Promise.all(workers.map(ended));

    const store = await PostgresArchive.open(url);
    const { incidents } = await store.list({}, PAGE);
    expect(incidents.map((incident) => incident.name).sort()).toEqual(
      Array.from({ length: ARCHIVES }, (_, n) => `ticket-${n}.log`).sort(),
    );
    expect((await store.failures()).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'broken-0.tar.gz unreadable',
      'broken-1.tar.gz unreadable',
    ]);
    expect((await store.search({ words: 'deadline exceeded', filter: {}, page: PAGE })).total).toBe(ARCHIVES);
    await store.close();
    const queue = await JobQueue.open(url, () => undefined);
    expect(await queue.counts()).toMatchObject({ waiting: 0, active: 0, dead: 0 });
    await queue.close();
  }, 300_000);

  it('gives back what it is doing when it is told to end', async () => {
    const url = await server!.database();
    const folder = archives();
    runCli(['batch', `${folder}/ticket-1.log`, '--archive', url, '--enqueue'], { engine: true });
    const worker = spawn(process.execPath, [MAIN, 'worker', '--archive', url, '--jobs', '1'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const queue = await JobQueue.open(url, () => undefined);
    while ((await queue.counts()).active === 0) await sleep(50);
    worker.kill('SIGTERM');
    expect(await ended(worker)).toBe(143);
    const { waiting, active } = await queue.counts();
    expect([waiting + (await analysed(url)), active]).toEqual([1, 0]);
    await queue.close();
  }, 120_000);

  it('has a queue that takes no archive twice while it waits, and waits itself while it is full', async () => {
    const url = await server!.database();
    const queue = await JobQueue.open(url, () => undefined);
    const input = (n: number) => ({ source: `/gathers/${n}.tar`, name: `${n}.tar`, isUrl: false });
    const { signal } = new AbortController();
    expect(await queue.put(input(1), 1, signal)).toBe(true);
    expect(await queue.put(input(1), 1, signal)).toBe(false);
    const full = await JobQueue.open(url, () => undefined);
    const stop = AbortSignal.timeout(1500);
    expect(await full.put(input(2), 1, stop)).toBe(false);
    expect((await queue.counts()).waiting).toBe(1);
    await Promise.all([queue.close(), full.close()]);
  }, 60_000);

  it('needs a database', () => {
    const { status, stderr } = runCli(['worker', '--archive', 'some/folder']);
    expect([status, stderr]).toEqual([2, 'inquest: a worker needs an archive in PostgreSQL\n']);
  });
});
