import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectoryArchive } from '../../src/incidents/directory/directory-archive.ts';
import { digestOf, newIncident, type Sketch } from '../support/incident-report.ts';
import { HOSTILE, reportFixture } from '../support/report-fixture.ts';
import { startServer } from '../support/serve.ts';

const DISK: Sketch = {
  name: `ticket ${HOSTILE}`,
  gatheredAt: '2025-11-02T10:00:00Z',
  version: '4.18.3',
  findings: [{ signature: 'etcd-slow-disk', title: `etcd is slow ${HOSTILE}` }],
  causes: ['etcd-slow-disk'],
};
const ID = digestOf(DISK).slice(0, 16);

let root: string;
let server: ChildProcess;
let port: number;

beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'inquest-serve-')), 'archive');
  const archive = await DirectoryArchive.open(root, { create: true });
  await archive.put(newIncident(DISK));
  await archive.put({ ...newIncident({ name: 'fixture' }), report: reportFixture() });
  await archive.close();
  ({ server, port } = await startServer(root, ['--max-upload', '100K']));
});
afterAll(() => server.kill('SIGKILL'));

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path, method, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode!, headers: response.headers, body: text });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

const here = () => ({ origin: `http://127.0.0.1:${port}` });

describe('inquest serve', () => {
  it('lists, searches and filters, inert whatever a report says', async () => {
    const all = await ask('/');
    expect(all.status).toBe(200);
    expect(all.body).toContain('2 incidents</h2>');
    expect(all.body).not.toMatch(/<script>|<script src="(?!\/assets\/)|<img|<style|style=|\son\w+=/);
    expect(all.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect((await ask('/?q=slow&version=4.18')).body).toContain('1 incident found</h2>');
    expect((await ask('/?q=slow&version=4.17')).body).toContain('No incident found</h2>');
    const wrong = await ask(`/?since=${encodeURIComponent('<b>soon')}`);
    expect([wrong.status, wrong.body.includes('since:&lt;b&gt;soon is no time')]).toEqual([400, true]);
  });

  it('shows an incident, its report under the policy of the report, and statistics', async () => {
    expect((await ask(`/incidents/${ID}`)).body).toContain('<a class="button" href="/incidents/');
    const report = await ask(`/incidents/${ID}/report`);
    expect(report.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'sha256-.*frame-ancestors 'none'$/,
    );
    expect(JSON.parse((await ask(`/incidents/${ID}/report.json`)).body).schemaVersion).toBe(1);
    expect((await ask('/statistics')).body).toContain('<svg class="chart"');
    expect((await ask('/assets/site.js')).headers['content-type']).toContain('text/javascript');
  });

  it.each([
    '/incidents/../archive.json',
    '/incidents/%2e%2e%2f%2e%2e/report',
    '/incidents/0000000000000000',
    '/assets/../../package.json',
    '/assets/%2e%2e/site.js',
    '//evil.example/',
    '/archive.json',
  ])('has nothing at %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1:1', 'localhost.evil.example:80'])(
    'does not answer to the name %j',
    async (host) => {
      expect((await ask('/', { headers: { host } })).status).toBeGreaterThanOrEqual(400);
    },
  );

  it('answers to its own names', async () => {
    expect((await ask('/', { headers: { host: `LOCALHOST:${port}` } })).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'http://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site', 'x-file-name': 'a.log' }],
    ['no origin', {}],
  ])('takes nothing from %s', async (_, headers) => {
    const body = 'text=x';
    expect((await ask(`/incidents/${ID}/notes`, { method: 'POST', headers, body })).status).toBe(403);
    expect((await ask('/uploads', { method: 'POST', headers, body })).status).toBe(403);
    expect((await ask(`/incidents/${ID}`, { method: 'DELETE', headers })).status).toBe(405);
    expect((await ask(`/incidents/${ID}`)).body).not.toContain('class="note"');
  });

  it('notes how an incident was resolved', async () => {
    const noted = await ask(`/incidents/${ID}/notes`, {
      method: 'POST',
      headers: { ...here(), 'content-length': '34' },
      body: 'text=New+disk+%3Cb%3E&resolution=1',
    });
    expect([noted.status, noted.headers['location']]).toEqual([303, `/incidents/${ID}`]);
    expect((await ask(`/incidents/${ID}`)).body).toContain('<pre>New disk &lt;b&gt;</pre>');
    const long = { method: 'POST', headers: { ...here(), 'content-length': '200000' }, body: 'x'.repeat(200_000) };
    expect((await ask(`/incidents/${ID}/notes`, long).catch(() => ({ status: 413 }))).status).toBe(413);
  });

  it('analyses what is uploaded; no name of a client is a name of a file', async () => {
    const name = '../../../../evil/../etcd.log';
    const body = '2025-12-03T20:00:00.000000Z {"level":"warn","msg":"slow fdatasync","took":"2.31s"}\n'.repeat(20);
    const { status, body: answer } = await ask('/uploads', {
      method: 'POST',
      headers: { ...here(), 'x-file-name': encodeURIComponent(name) },
      body,
    });
    expect(status).toBe(202);
    expect(JSON.parse(answer)).toMatchObject({ name: 'etcd.log', bytes: body.length });
    const done = await settled(JSON.parse(answer).id);
    expect(done.state).toBe('done');
    const report = JSON.parse((await ask(`/incidents/${done.incident}/report.json`)).body);
    expect(report.inputs[0].path).toBe('etcd.log');
    expect(readdirSync(join(root, 'incoming'))).toEqual([]);
    expect(existsSync(join(root, '..', 'evil'))).toBe(false);
  });

  it('takes no more than it may', async () => {
    const headers = { ...here(), 'x-file-name': 'big.log' };
    const tooBig = await ask('/uploads', { method: 'POST', headers, body: 'x'.repeat(200_000) }).catch(() => ({
      status: 413,
      body: '',
    }));
    expect(tooBig.status).toBe(413);
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    const creeping = await ask('/uploads', { method: 'POST', headers: chunked, body: 'x'.repeat(200_000) }).catch(
      () => ({ status: 413 }),
    );
    expect(creeping.status).toBe(413);
    expect(readdirSync(join(root, 'incoming'))).toEqual([]);
  });

  it('says why an upload could not be analysed', async () => {
    const { body } = await ask('/uploads', {
      method: 'POST',
      headers: { ...here(), 'x-file-name': 'a.zip' },
      body: 'PK\u0003\u0004',
    });
    expect(await settled(JSON.parse(body).id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('zip'),
    });
  });

  it('ends in order', async () => {
    server.kill('SIGTERM');
    const code = await new Promise((resolve) => server.once('exit', resolve));
    expect(code).toBe(0);
  });
});

async function settled(id: number): Promise<{ state: string; incident?: string; reason?: string }> {
  for (;;) {
    const uploads: { id: number; state: string }[] = JSON.parse((await ask('/uploads')).body);
    const upload = uploads.find((one) => one.id === id)!;
    if (upload.state === 'done' || upload.state === 'failed') return upload;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
