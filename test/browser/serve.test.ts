import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectoryArchive } from '../../src/incidents/directory/directory-archive.ts';
import { hostileReport } from '../support/full-report.ts';
import { newIncident } from '../support/incident-report.ts';
import { startServer } from '../support/serve.ts';
import { CHROMIUM, launch } from './chromium.ts';

describe.skipIf(CHROMIUM === undefined)('the local site in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inquest-site-'));
  const trouble: string[] = [];
  let browser: Browser;
  let server: ChildProcess;
  let page: Page;
  let home: string;

  beforeAll(async () => {
    const root = join(folder, 'archive');
    const archive = await DirectoryArchive.open(root, { create: true });
    await archive.put({ ...newIncident({ name: 'hostile' }), report: hostileReport() });
    await archive.close();
    const started = await startServer(root);
    server = started.server;
    home = `http://127.0.0.1:${started.port}/`;
    browser = await launch();
    page = await browser.newPage();
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => trouble.push(dialog.message()));
  });
  afterAll(async () => {
    await browser?.close();
    server?.kill('SIGKILL');
  });

  async function violations(): Promise<string[]> {
    // By the debugger, which no policy stops.
    await page.evaluate(axe.source);
    const { violations: found } = await page.evaluate(() =>
      (globalThis as never as typeof globalThis & { axe: typeof axe }).axe.run(),
    );
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  it('uploads what is chosen, shows how far it is, and leads to its report', async () => {
    const log = join(folder, 'etcd.log');
    writeFileSync(
      log,
      '2025-12-03T20:00:00.000000Z {"level":"warn","msg":"slow fdatasync","took":"2.31s"}\n'.repeat(20),
    );
    await page.goto(home);
    await page.setInputFiles('#pick', log);
    await page.click('#uploads a:text("open")', { timeout: 60_000 });
    expect(await page.textContent('.kicker')).toBe('etcd.log');
    await page.click('text=Open the report');
    expect(await page.title()).toContain('inquest report');
    expect(trouble).toEqual([]);
  });

  it('takes notes', async () => {
    await page.goto(home);
    await page.click('.incident:has-text("hostile") h3 a');
    await page.fill('textarea', 'New disk\nand it held');
    await page.click('text=Note it');
    expect(await page.textContent('.note pre')).toBe('New disk\nand it held');
    await page.goto(`${home}?q=held`);
    expect(await page.textContent('.snippet')).toContain('and it held');
    expect(trouble).toEqual([]);
  });

  it.each(['', 'statistics'])('can be read by everybody: /%s', async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(home + path);
      expect(await violations()).toEqual([]);
    }
    expect(trouble).toEqual([]);
  });
});
