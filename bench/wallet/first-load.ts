/** Octets of the first load: everything the browser fetches until the first screen and the worker are there. */
import type { Network } from '@answerable/practice-constellation/network';
import type { Browser, BrowserContext } from 'playwright-core';
import { by } from '../../test/browser/wallet-steps.ts';

/** Of the issue of the wallet: compressed, the curve library among them. */
const targetKib = 350;
const settleMs = 1_500;

export async function benchFirstLoad(browser: Browser, { roles }: Pick<Network, 'roles'>): Promise<void> {
  const context = await browser.newContext();
  const sizes = octetsOf(context);
  const page = await context.newPage();
  await page.goto(roles.wallet.origin);
  await by(page, 'join').waitFor();
  await page.waitForTimeout(settleMs);
  const fetched = await sizes();
  await context.close();
  const kib = [...fetched.values()].reduce((sum, octets) => sum + octets, 0) / 1024;
  const held = kib <= targetKib ? 'held' : 'MISSED';
  console.log(
    `  first load: ${kib.toFixed(0)} KiB in ${fetched.size} files, as sent; ≤ ${targetKib}: ${held}`,
  );
  for (const [path, octets] of [...fetched].sort((a, b) => b[1] - a[1]).slice(0, 4))
    console.log(`    ${path.replace(/-[\w-]{8}\./, '.')}: ${(octets / 1024).toFixed(1)} KiB`);
}

/** Headers and body of every answer, the worker's among them, by path. */
function octetsOf(context: BrowserContext): () => Promise<Map<string, number>> {
  const pending: Promise<[string, number]>[] = [];
  context.on('requestfinished', (request) => {
    const path = new URL(request.url()).pathname;
    pending.push(
      request.sizes().then((sizes) => [path, sizes.responseBodySize + sizes.responseHeadersSize] as const),
    );
  });
  return async () => {
    const sums = new Map<string, number>();
    for (const [path, octets] of await Promise.all(pending)) sums.set(path, (sums.get(path) ?? 0) + octets);
    return sums;
  };
}
