/** The HTML report as a user opens it: from a file, in a browser, without a network. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tradeRecords } from '../../src/lib/model/index.ts';
import { type RunView, renderHtml } from '../../src/lib/report/index.ts';
import { makeView } from '../report/fixture.ts';
import { openBrowser } from './chromium.ts';

let browser: Browser;
let folder: string;
const problems: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-report-'));
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(
  view: RunView,
  name: string,
  options: { readonly scripts?: boolean; readonly dark?: boolean } = {},
) {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, renderHtml(view));
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    javaScriptEnabled: options.scripts !== false,
    colorScheme: options.dark === true ? 'dark' : 'light',
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('data:')) problems.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return page;
}

/** How many different colours a picture of the element has: a blank chart has two or three. */
async function colours(page: Page, selector: string): Promise<number> {
  const png = await page.locator(selector).first().screenshot();
  return page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (context === null) return 0;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4) seen.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    return seen.size;
  }, png.toString('base64'));
}

const column = (page: Page, at: number): Promise<string[]> =>
  page.locator(`#trades tbody tr td:nth-child(${at})`).allTextContents();
const numbers = (texts: readonly string[]): number[] => texts.map((text) => Number(text.replaceAll(/[,%]/g, '')));

const charts = ['equity', 'drawdown', 'sharpe', 'volatility', 'beta', 'exposure', 'price', 'yearly', 'distribution'];

describe('the report in a browser', () => {
  let page: Page;
  beforeAll(async () => {
    page = await open(makeView(), 'run');
  });

  it.each(charts)('draws %s', async (id) => {
    expect(await page.locator(`[data-chart="${id}"] svg :is(path, rect)`).count()).toBeGreaterThan(0);
    expect(await colours(page, `[data-chart="${id}"] .plot`)).toBeGreaterThan(12);
  });

  it('sorts trades by profit both ways', async () => {
    const head = page.locator('#trades th:has([data-sort="pnl"])');
    await head.locator('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    const falling = numbers(await column(page, 9));
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    await head.locator('button').press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    const rising = numbers(await column(page, 9));
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    expect(rising[0]).toBeLessThan(falling[0]!);
  });

  it('filters trades by text and outcome, and says how many are left', async () => {
    await page.fill('#trade-text', 'ko');
    await page.selectOption('#trade-outcome', 'win');
    expect(new Set(await column(page, 2))).toEqual(new Set(['KO']));
    expect(Math.min(...numbers(await column(page, 9)))).toBeGreaterThan(0);
    expect(await page.textContent('#trade-count')).toMatch(/^\d+ of \d+ trades$/);
    await page.fill('#trade-text', '');
    await page.selectOption('#trade-outcome', '');
  });

  it('turns pages', async () => {
    const first = await column(page, 1);
    await page.click('#trade-next');
    expect(await column(page, 1)).not.toEqual(first);
    expect(await page.textContent('#trade-page')).toMatch(/^2 of \d+$/);
    await page.click('#trade-previous');
    expect(await column(page, 1)).toEqual(first);
  });

  it('switches the instrument of the price chart', async () => {
    const before = await page.locator('[data-chart="price"] svg').innerHTML();
    await page.selectOption('#instrument', { label: 'XOM' });
    expect(await page.textContent('[data-chart="price"] h3')).toBe('XOM with trades');
    expect(await page.locator('[data-chart="price"] svg').innerHTML()).not.toBe(before);
  });

  it('shows a trade on its instrument when its row is clicked', async () => {
    await page.fill('#trade-text', 'MSFT');
    await page.locator('#trades tbody tr').first().click();
    expect(await page.textContent('[data-chart="price"] h3')).toBe('MSFT with trades');
    expect(await page.locator('[data-chart="price"] .entry').count()).toBeGreaterThan(0);
    await page.fill('#trade-text', '');
  });

  it('zooms the time charts together, reads values under the pointer, and goes back', async () => {
    const drawdown = page.locator('[data-chart="drawdown"] svg');
    const all = await drawdown.innerHTML();
    await page.click('[data-chart="equity"] [data-range="3M"]');
    expect(await drawdown.innerHTML()).not.toBe(all);
    const plot = page.locator('[data-chart="equity"] .plot');
    await plot.hover();
    expect(await page.textContent('[data-chart="equity"] .tip')).toMatch(/^\d{4}-\d{2}-\d{2}momentum [\d,]+/);
    await plot.press('0');
    expect(await drawdown.innerHTML()).toBe(all);
  });

  it('zooms by dragging', async () => {
    const plot = page.locator('[data-chart="price"] .plot');
    await plot.hover();
    const before = await plot.locator('svg').innerHTML();
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 500, box.y + 100, { steps: 4 });
    await page.mouse.up();
    expect(await plot.locator('svg').innerHTML()).not.toBe(before);
  });

  it('shows equity on a log scale', async () => {
    const before = await page.locator('[data-chart="equity"] svg').innerHTML();
    await page.click('[data-log]');
    expect(await page.getAttribute('[data-log]', 'aria-pressed')).toBe('true');
    expect(await page.locator('[data-chart="equity"] svg').innerHTML()).not.toBe(before);
  });

  it('has a background that follows the dark colour scheme', async () => {
    const dark = await open(makeView(), 'dark', { dark: true });
    const background = await dark.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe('rgb(18, 22, 28)');
    expect(await colours(dark, '[data-chart="equity"] .plot')).toBeGreaterThan(12);
    await dark.close();
  });

  it('fits a telephone without scrolling sideways', async () => {
    const phone = await open(makeView(), 'phone');
    await phone.setViewportSize({ width: 390, height: 800 });
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await phone.close();
  });

  it('draws charts and lists the first trades without scripts', async () => {
    const still = await open(makeView(), 'still', { scripts: false });
    expect(await still.locator('[data-chart="equity"] path.line').count()).toBe(2);
    expect(await still.locator('#trades tbody tr').count()).toBe(50);
    await still.close();
  });

  it('runs no text of the data as code', async () => {
    const evil = '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">';
    const view = makeView({ strategy: evil, tag: evil, symbols: ['AAPL', evil] });
    const hostile = await open({ ...view, description: evil, params: { [evil]: evil } }, 'hostile');
    await hostile.fill('#trade-text', 'script');
    await hostile.selectOption('#instrument', { index: 1 });
    await hostile.locator('[data-chart="equity"] .plot').hover();
    expect(await hostile.evaluate(() => 'pwned' in window)).toBe(false);
    expect(await hostile.locator('img').count()).toBe(0);
    await hostile.close();
  });

  it('pages through ten thousand trades', async () => {
    const view = makeView();
    const trades = Array.from({ length: 12_000 }, (_, i) => ({
      ...view.result.trades.at(i % view.result.trades.length)!,
      id: i + 1,
    }));
    const big = await open({ ...view, result: { ...view.result, trades: tradeRecords(trades) } }, 'big');
    expect(await big.textContent('#trade-count')).toMatch(/^12000 trades, \d+ open$/);
    await big.click('[data-sort="id"]');
    expect((await column(big, 1))[0]).toBe('12000');
    await big.close();
  });

  it('raises no console error and asks the network for nothing', () => {
    expect(problems).toEqual([]);
  });
});
