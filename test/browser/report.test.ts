import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { render } from '../../src/report/render.ts';
import { reportFixture } from '../support/report-fixture.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const folder = mkdtempSync(join(tmpdir(), 'inquest-browser-'));

if (CHROMIUM === undefined) console.warn('skipped: no Chromium here to open the HTML report in');

function page(name: string, html: string): string {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, html);
  return pathToFileURL(path).href;
}

describe.skipIf(CHROMIUM === undefined)('the HTML report in a browser', () => {
  let browser: Browser;
  const reports = new Map<string, string>();

  beforeAll(async () => {
    const seed = readFileSync('sample-gathers/vip-outside-machine-network/expected.json', 'utf8');
    reports.set('seed', page('seed', render(parseReport(seed), 'html')));
    const healthy = readFileSync('sample-gathers/healthy-noisy/expected.json', 'utf8');
    reports.set('healthy', page('healthy', render(parseReport(healthy), 'html')));
    reports.set('hostile', page('hostile', render(reportFixture(), 'html')));
    browser = await chromium.launch({
      executablePath: CHROMIUM!,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });

  afterAll(() => browser?.close());

  /** Opens a report, and keeps what went wrong and what it asked for beyond itself. */
  async function open(
    name: string,
    context: BrowserContext,
  ): Promise<{ page: Page; errors: string[]; requests: string[] }> {
    const opened = await context.newPage();
    const errors: string[] = [];
    const requests: string[] = [];
    opened.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    opened.on('pageerror', (error) => errors.push(error.message));
    opened.on('dialog', (dialog) => errors.push(`dialog: ${dialog.message()}`));
    opened.on('request', (request) => requests.push(request.url()));
    await opened.goto(reports.get(name)!);
    return { page: opened, errors, requests: requests.filter((url) => url !== reports.get(name)) };
  }

  describe.each(['seed', 'healthy', 'hostile'])('%s', (name) => {
    it.each([true, false])('opens without errors and asks for nothing (scripts: %s)', async (javaScriptEnabled) => {
      const context = await browser.newContext({ javaScriptEnabled });
      const { page: opened, errors, requests } = await open(name, context);
      expect(await opened.locator('h1, h2').count()).toBeGreaterThan(3);
      expect({ errors, requests }).toEqual({ errors: [], requests: [] });
      await context.close();
    });

    it.each(['light', 'dark'] as const)('has no accessibility violations (%s)', async (colorScheme) => {
      // The page's own policy would refuse axe; the policy itself is tested where it is made.
      const context = await browser.newContext({ colorScheme, bypassCSP: true });
      const { page: opened } = await open(name, context);
      await opened.addScriptTag({ content: axe.source });
      const violations = await opened.evaluate(async () => {
        const axe = (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe;
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
      });
      expect(violations).toEqual([]);
      await context.close();
    });

    it('fits a narrow screen', async () => {
      const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
      const { page: opened } = await open(name, context);
      const width = await opened.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(391);
      await context.close();
    });
  });

  it('finds what one searches for', async () => {
    const context = await browser.newContext();
    const { page: opened, errors } = await open('seed', context);
    await opened.locator('#find').fill('machine network');
    await opened.locator('#found a').first().waitFor();
    expect(await opened.locator('#found').textContent()).toMatch(/machine network/);
    expect(errors).toEqual([]);
    await context.close();
  });
});
