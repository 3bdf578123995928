/** Octets of the first load: everything the browser fetches until the first screen and the worker are there. */
import type { Network } from '@answerable/practice-constellation/network';
import type { Browser, BrowserContext } from 'playwright-core';
import { by } from '../../test/browser/wallet-steps.ts';

/** Of the issue of the wallet: compressed, the curve library among them. */
const targetKib = 350;
const settleMs = 1_500;

export async function benchFirstLoad(browser: Browser, { roles }: Pick<Network, 'roles'>): Promise<void> {
  const context = await browser.newContext();
  const sizes = octetsOf(context, roles.wallet.origin);
  const page = await context.newPage();
  await page.goto(roles.wallet.origin);
  await by(page, 'join').waitFor();
  await page.waitForTimeout(settleMs);
  const { byPage, byGuard } = await sizes();
  await context.close();
  const held = kibOf(byPage) <= targetKib ? 'held' : 'MISSED';
  console.log(
    `  first load, page and worker: ${kibOf(byPage).toFixed(0)} KiB in ${byPage.size} files, as sent; ≤ ${targetKib}: ${held}`,
  );
  for (const [path, octets] of [...byPage].sort((a, b) => b[1] - a[1]).slice(0, 4))
    console.log(`    ${path.replace(/-[\w-]{8}\./, '.')}: ${(octets / 1024).toFixed(1)} KiB`);
  console.log(
    `  after it, to keep the code and check it against the log: ${kibOf(byGuard).toFixed(0)} KiB in ${byGuard.size} files`,
  );
}

type Sizes = Map<string, number>;
const kibOf = (sizes: Sizes) => [...sizes.values()].reduce((sum, octets) => sum + octets, 0) / 1024;

/** Headers and body of every answer by path; what is fetched to keep and check the code is kept apart. */
function octetsOf(
  context: BrowserContext,
  walletOrigin: string,
): () => Promise<{ byPage: Sizes; byGuard: Sizes }> {
  const pending: Promise<readonly [path: string, octets: number, guard: boolean]>[] = [];
  context.on('requestfinished', (request) => {
    const { origin, pathname: path, searchParams } = new URL(request.url());
    const guard = searchParams.has('served') || path === '/release.json' || origin !== walletOrigin;
    pending.push(
      request
        .sizes()
        .then((sizes) => [path, sizes.responseBodySize + sizes.responseHeadersSize, guard] as const),
    );
  });
  return async () => {
    const found = { byPage: new Map<string, number>(), byGuard: new Map<string, number>() };
    for (const [path, octets, guard] of await Promise.all(pending)) {
      const sums = guard ? found.byGuard : found.byPage;
      sums.set(path, (sums.get(path) ?? 0) + octets);
    }
    return found;
  };
}
