import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { render } from '../../src/report/render.ts';
import { fullReport, hostileReport } from '../support/full-report.ts';
import { CHROMIUM, launch } from './chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'inquest-browser-'));
const samples = readdirSync('sample-gathers', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const names = [...samples, 'full', 'hostile'];

function report(name: string) {
  if (name === 'full') return fullReport();
  if (name === 'hostile') return hostileReport();
  return parseReport(readFileSync(`sample-gathers/${name}/expected.json`, 'utf8'));
}

/** Both for the richest reports, in turn for the others: the check takes a second for each. */
function schemesOf(name: string): string[] {
  const both = ['light', 'dark'];
  return ['full', 'hostile'].includes(name) ? both : [both[names.indexOf(name) % 2]!];
}

interface Opened {
  readonly page: Page;
  /** What the page said on the console, threw, or asked for beyond itself. */
  readonly trouble: string[];
  readonly close: () => Promise<void>;
}

describe.skipIf(CHROMIUM === undefined)('the HTML report in a browser', () => {
  let browser: Browser;
  /** One for each way to read a report, shared by all of them. */
  const contexts = new Map<string, BrowserContext>();

  beforeAll(async () => {
    browser = await launch();
    for (const [name, options] of Object.entries({
      scripts: { viewport: { width: 1440, height: 900 } },
      plain: { javaScriptEnabled: false, viewport: { width: 390, height: 800 } },
      // The page's own policy would refuse axe; the policy itself is tested where it is made.
      dark: { colorScheme: 'dark' as const, bypassCSP: true },
      light: { colorScheme: 'light' as const, bypassCSP: true, viewport: { width: 390, height: 800 } },
    })) {
      contexts.set(name, await browser.newContext(options));
    }
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(name: string, context: string): Promise<Opened> {
    const path = join(folder, `${name}.html`);
    if (!existsSync(path)) writeFileSync(path, render(report(name), 'html'));
    const url = pathToFileURL(path).href;
    const page = await contexts.get(context)!.newPage();
    const trouble: string[] = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => trouble.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => request.url() !== url && trouble.push(`request: ${request.url()}`));
    await page.goto(url);
    return { page, trouble, close: () => page.close() };
  }

  async function violations(page: Page): Promise<string[]> {
    await page.addScriptTag({ content: axe.source });
    return page.evaluate(async () => {
      type Axe = {
        run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
      const { axe } = globalThis as unknown as { axe: Axe };
      return (await axe.run()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary}`,
      );
    });
  }

  describe.each(names)('%s', (name) => {
    it('reads without scripts on a narrow screen', async () => {
      const { page, trouble, close } = await open(name, 'plain');
      expect(await page.locator('h1, h2').count()).toBeGreaterThan(3);
      expect(await page.locator('.find, .controls, button.copy').filter({ visible: true }).count()).toBe(0);
      expect(trouble).toEqual([]);
      await close();
    });

    it('responds to keyboard and mouse', async () => {
      const { page, trouble, close } = await open(name, 'scripts');
      await openEverything(page);
      await searches(page);
      await walksTheGraph(page);
      await zoomsTheTimeline(page);
      expect(trouble).toEqual([]);
      await close();
    });

    it.each(schemesOf(name))('has no accessibility violations, all unfolded (%s)', async (scheme) => {
      const { page, close } = await open(name, scheme);
      await openEverything(page);
      expect(await violations(page)).toEqual([]);
      const [width, most] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
      expect(width).toBeLessThanOrEqual(most + 1);
      await close();
    });
  });

  async function openEverything(page: Page): Promise<void> {
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  }

  /** Words of the first finding find something, and the first result leads to its place. */
  async function searches(page: Page): Promise<void> {
    const [title = ''] = await page.locator('#findings .title').allTextContents();
    const [wanted] = title.match(/[a-z]{6,}/gi) ?? ['operator'];
    await page.keyboard.press('/');
    await page.keyboard.type(wanted);
    await page.locator('#found a').first().waitFor();
    // The list is drawn anew while the last letters arrive, and what had the focus goes with the old one.
    const href = (): Promise<string | null> => page.evaluate('document.activeElement.getAttribute("href")');
    await expect
      .poll(async () => {
        await page.keyboard.press('ArrowDown');
        return href();
      })
      .not.toBeNull();
    const anchor = (await href())!.slice(1);
    await page.keyboard.press('Enter');
    await page.waitForFunction(`document.getElementById("${anchor}").closest("details")?.open !== false`);
    await page.locator('#found').waitFor({ state: 'hidden' });
  }

  async function walksTheGraph(page: Page): Promise<void> {
    const nodes = page.locator('svg.causal a.node');
    if ((await nodes.count()) === 0) return;
    await nodes.first().focus();
    expect(await page.locator('svg.causal.lighting a.node.lit').count()).toBeGreaterThan(0);
    const anchor = await nodes.first().getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForFunction(`location.hash === "${anchor}"`);
    expect(await page.locator(`details.finding:has(${anchor})`).getAttribute('open')).not.toBeNull();
    await nodes.last().locator('.box').hover();
    expect(await page.locator('svg.causal .lit').count()).toBeGreaterThan(0);
  }

  async function zoomsTheTimeline(page: Page): Promise<void> {
    const box = page.locator('#lanes');
    if ((await box.count()) === 0) return;
    await box.scrollIntoViewIfNeeded();
    await page.locator('#lanes-controls').waitFor();
    const status = page.locator('#lanes-status');
    await expect.poll(() => status.textContent()).toMatch(/entries/);
    const before = await status.textContent();
    await box.focus();
    await page.keyboard.press('+');
    await expect.poll(() => status.textContent()).not.toBe(before);
    await page.keyboard.press('0');
    await expect.poll(() => status.textContent()).toBe(before);
    const area = (await box.boundingBox())!;
    const y = area.y + Math.min(area.height, 200) / 2;
    await page.mouse.move(area.x + 300, y);
    await page.mouse.down();
    await page.mouse.move(area.x + 500, y, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => status.textContent()).not.toBe(before);
    await page.locator('#lanes-controls button[name=all]').click();
    for (const severity of ['critical', 'error', 'warning', 'info'])
      await page.locator(`#lanes-controls [name=${severity}]`).uncheck();
    await expect.poll(() => status.textContent()).toMatch(/^0 of /);
  }

  it('prints everything that a card rests on, and no controls', async () => {
    const { page, close } = await open('vip-outside-machine-network', 'scripts');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('.card details:not([open])').count()).toBe(0);
    expect(await page.locator('.bar, .controls, .copy').filter({ visible: true }).count()).toBe(0);
    const pdf = await page.pdf({ format: 'A4' });
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(2);
    expect(pages).toBeLessThan(40);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator('.card details[open]').count()).toBe(0);
    await close();
  });

  it('copies a command to the clipboard', async () => {
    const { page, close } = await open('vip-outside-machine-network', 'scripts');
    await page.evaluate(
      'navigator.clipboard.writeText = (text) => { globalThis.copied = text; return Promise.resolve(); }',
    );
    await page.locator('button.copy').first().click();
    expect(await page.evaluate('globalThis.copied')).toMatch(/^oc patch infrastructure/);
    expect(await page.locator('button.copy').first().textContent()).toBe('Copied');
    await close();
  });

  it('loads its search engine only when somebody searches', async () => {
    const { page, close } = await open('healthy-noisy', 'scripts');
    expect(await page.evaluate('typeof lunr')).toBe('undefined');
    await page.locator('#find').fill('operator');
    await page.waitForFunction('typeof lunr === "function"');
    await close();
  });
});
