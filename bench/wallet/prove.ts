/** Time to prove in Chromium, on the page's thread at CPU 1×, 4× and 6×, and in a worker as it is. */
import { serve } from '@answerable/kit/serve';
import type { Browser, Page } from 'playwright-core';
import { row, type Spread, spread } from '../measure.mjs';
import { bundle } from './bundle.ts';
import { askWorker, openChromium, throttleOf, workerMemory } from './chromium.ts';

/** CPU rate, rounds, and what the 95th percentile should not pass, in ms. */
const plan = [
  { rate: 1, rounds: 200, p95Max: 10 },
  { rate: 4, rounds: 100, p95Max: 40 },
  { rate: 6, rounds: 100, p95Max: 60 },
];
const warmUps = 20;
const spinRounds = 15;

export async function benchProve(): Promise<void> {
  const files = await bundle('prove.html');
  const served = await serve(
    { fetch: (request) => fileOf(files, request) },
    { port: 0, publicHost: 'localhost' },
  );
  const browser = await openChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${served.origin}/prove.html`);
    await page.waitForFunction('window.workerReady');
    await measureAll(browser, page);
  } finally {
    await browser.close();
    await served.close();
  }
}

async function measureAll(browser: Browser, page: Page): Promise<void> {
  const ready = await page.evaluate(() => window.workerReady);
  const [first = 0] = await inWorker(page, 'prove', 1);
  console.log(
    `  worker: ready to prove after ${ready.toFixed(0)} ms, its first proof ${first.toFixed(1)} ms`,
  );
  await inWorker(page, 'prove', warmUps);
  console.log(verdict('prove in a worker, CPU 1×', spread(await inWorker(page, 'prove', 200)), 10));
  const { script, beside } = await workerMemory(browser);
  console.log(
    `  memory of that worker: ${script.toFixed(1)} MB of script, ${beside.toFixed(1)} MB beside it (WebAssembly)`,
  );
  const { error } = await askWorker(browser, 'Emulation.setCPUThrottlingRate', { rate: 4 });
  console.log(`  to throttling, the worker says: ${error?.message ?? 'yes'}`);
  const throttle = await throttleOf(page);
  await onPage(page, 'prove', warmUps);
  const unthrottled = spread(await onPage(page, 'spin', spinRounds)).median;
  for (const { rate, rounds, p95Max } of plan) {
    await throttle(rate);
    const slower = spread(await onPage(page, 'spin', spinRounds)).median / unthrottled;
    const times = spread(await onPage(page, 'prove', rounds));
    console.log(
      verdict(`prove on the page's thread, CPU ${rate}× (found ${slower.toFixed(1)}×)`, times, p95Max),
    );
  }
}

/** The row, and whether the target is held. */
export function verdict(name: string, result: Spread, p95Max: number): string {
  return `${row(name, result)}, p95 ≤ ${p95Max}: ${result.p95 <= p95Max ? 'held' : 'MISSED'}`;
}

const onPage = (page: Page, kind: 'prove' | 'spin', rounds: number) =>
  page.evaluate((task) => window.onPage(task), { kind, rounds });
const inWorker = (page: Page, kind: 'prove' | 'spin', rounds: number) =>
  page.evaluate((task) => window.inWorker(task), { kind, rounds });

const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };

function fileOf(files: Map<string, Buffer>, { url }: Request): Response {
  const path = new URL(url).pathname;
  const body = files.get(path);
  if (!body) return new Response(null, { status: 404 });
  const headers = {
    'content-type': types[path.split('.').pop() ?? ''] ?? 'application/octet-stream',
    // Isolated pages get a clock of 5 µs; others one of 100 µs.
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  };
  return new Response(new Uint8Array(body), { headers });
}
