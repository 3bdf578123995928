/**
 * What browser tests share: one browser a test file, a fresh profile a visitor, an accessibility check that
 * fails with its findings, and pictures for whoever wants to look at them.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Frame, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumFlags, unpackChromium } from './chromium.ts';

/** Long, for a machine that is full of tests: whoever waits, waits for a thing and not for a time. */
const stepTimeoutMs = 60_000;
const launchTimeoutMs = 120_000;
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Starts the browser, behind a proxy if one is given. Close it in afterAll. */
export async function openBrowser(proxy?: { server: string }): Promise<Browser> {
  const { executablePath, env } = await unpackChromium();
  // Without a bypass of its own, loopback would go past the proxy.
  const behind = proxy ? { proxy: { ...proxy, bypass: '<-loopback>' } } : {};
  return chromium.launch({
    executablePath,
    env,
    args: chromiumFlags,
    headless: true,
    timeout: launchTimeoutMs,
    ...behind,
  });
}

export interface Visitor {
  page: Page;
  /** console errors, uncaught errors and blocked content so far, of all pages of this visitor */
  complaints: string[];
  /** leaves and forgets everything */
  leave(): Promise<void>;
}

/**
 * Somebody with a browser profile of their own. Without service workers unless asked for: what a page loads can then
 * be looked at and replaced.
 */
export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(stepTimeoutMs);
  const complaints: string[] = [];
  context.on('weberror', (event) => complaints.push(event.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page: await context.newPage(), complaints, leave: () => context.close() };
}

interface Finding {
  id: string;
  help: string;
  nodes: { html: string }[];
}

let axeSource: string | undefined;

/** Everything axe-core finds, on the page and in every frame of it. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  const found = await Promise.all(page.frames().map(findingsOf));
  return found.flat();
}

async function findingsOf(frame: Frame): Promise<string[]> {
  axeSource ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Evaluated by the debugger: the page's own content security policy stays as it is. Once a document: it is long.
  if (!(await frame.evaluate<boolean>("typeof axe === 'object'"))) await frame.evaluate(axeSource);
  const run = `axe.run(document, ${JSON.stringify({ iframes: false, runOnly: axeTags })}).then((r) => r.violations)`;
  const violations = await frame.evaluate<Finding[]>(run);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
  );
}

/** Fails with the list if axe-core finds anything. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityFindings(page)).toEqual([]);
}

/** Fails if the page is wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = 'const e = document.documentElement; [e.scrollWidth, e.clientWidth]';
  const [content = 0, window = 0] = await page.evaluate<number[]>(
    `(() => { ${widths.replace('[', 'return [')} })()`,
  );
  expect(content).toBeLessThanOrEqual(window);
}

const drawTimeoutMs = 10_000;
/** Between one try at a picture and the next. */
const pausesMs = [500, 1_500, 3_000];

/** Saves a picture of the whole page in the folder that SCREENSHOTS names; without one nobody looks, and none is drawn. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  // On a machine that is short of processors Chromium can miss the frame it was asked for. A page that cannot be
  // drawn fails each time.
  for (const pauseMs of [...pausesMs, undefined]) {
    try {
      await page.screenshot({ path, fullPage: true, timeout: drawTimeoutMs });
      return;
    } catch (error) {
      if (pauseMs === undefined) throw error;
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  }
}
