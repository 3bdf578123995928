/**
 * The wallet's own code in a real browser, against a host that lies: what the guard keeps out, what it takes, and
 * what it cannot help. One build; everything a host could serve is made of it in memory.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo, type Site } from '@answerable/wallet/answers';
import { buildWallet } from '@answerable/wallet/build';
import { readBuilt } from '@answerable/wallet/built-files';
import { type CodeScene, codeScene, releaseOf } from '@answerable/wallet/testing/code-scene';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectAccessible, newVisitor, openBrowser, picture, type Visitor } from './browser.ts';

const keptTimeoutMs = 60_000;
const guardPath = '/guard.js';
const evil = ";document.documentElement.dataset.evil='yes';";

let browser: Browser;
let scene: CodeScene;
let built: ReadonlyMap<string, Buffer>;
const servers: Server[] = [];
const origins = { wallet: '', log: '' };
/** What the host serves now; it answers nobody while it is away. */
const host: { files: Site['files']; away: boolean } = { files: new Map(), away: false };

beforeAll(async () => {
  const files = readBuilt(await buildWallet());
  built = new Map(
    [...files].filter(([path]) => path !== '/release.json').map(([path, { body }]) => [path, body]),
  );
  origins.wallet = await listen((url) => {
    if (host.away) return undefined;
    const { status, headers, body } = answerTo({ method: 'GET', url }, scene.site(host.files));
    // As if a day had gone by: the browser asks for the guard anew.
    return {
      status,
      headers: url === guardPath ? { ...headers, 'cache-control': 'no-store' } : headers,
      body,
    };
  });
  origins.log = await listen((url) => {
    const bytes = scene.readLog(url.slice(1));
    const headers = { 'access-control-allow-origin': '*' };
    return { status: bytes ? 200 : 404, headers, body: Buffer.from(bytes ?? []) };
  });
  scene = await codeScene(origins.wallet, origins.log);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

type Said = { status: number; headers: Record<string, string>; body: string | Buffer };
async function listen(answer: (url: string) => Said | undefined): Promise<string> {
  const server = createServer((request, response) => {
    const said = answer(request.url ?? '/');
    if (!said) return void request.socket.destroy();
    response.writeHead(said.status, said.headers).end(said.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** A release that says its version on the page; `bent` are files that are other than built. */
function variant(version: string, bent: (path: string, body: Buffer) => Buffer = (_, body) => body) {
  const mark = (body: Buffer) =>
    Buffer.from(body.toString().replace('id="app"', `id="app" data-at="${version}"`));
  return releaseOf(
    version,
    new Map([...built].map(([path, body]) => [path, bent(path, path === '/index.html' ? mark(body) : body)])),
  );
}
const withEvil = (path: string, body: Buffer) =>
  /assets\/index-.*\.js$/.test(path) ? Buffer.concat([body, Buffer.from(evil)]) : body;

const by = (page: Page, test: string) => page.locator(`[data-test="${test}"]`);
const isEvil = (page: Page) => page.evaluate(() => document.documentElement.dataset.evil === 'yes');
const version = (page: Page) => page.locator('#app').getAttribute('data-at');
const visit = async (page: Page, at = '') => {
  await page.goto(`${origins.wallet}/${at}`);
  await page.reload();
};
/** Until a release is kept on this device. */
const kept = (page: Page) =>
  vi.waitUntil(() => page.evaluate(async () => (await caches.match('/kept/record')) !== undefined), {
    timeout: keptTimeoutMs,
  });

describe.sequential('the code of a wallet that was opened once', () => {
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    const first = variant('1.0.0');
    host.files = first.files;
    await scene.logRelease(first.manifest);
    visitor = await newVisitor(browser, { serviceWorkers: 'allow' });
    page = visitor.page;
    await page.goto(origins.wallet);
    await kept(page);
  });
  afterAll(() => visitor?.leave());

  it('starts without a network, and says what needs one', async () => {
    host.away = true;
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
    await by(page, 'offline').waitFor();
    await expectAccessible(page);
    await picture(page, 'code-offline');
    expect(await page.evaluate(() => fetch('/somewhere-else').then(({ status }) => status))).toBe(404);
    host.away = false;
    const policy = await page.evaluate(() =>
      fetch('/', { cache: 'only-if-cached', mode: 'same-origin' }).then((r) =>
        r.headers.get('content-security-policy'),
      ),
    );
    expect(policy).toContain(`connect-src 'self' ${origins.log}`);
  });

  it('says which release runs, and where it stands in the log', async () => {
    await visit(page, '#/code');
    await by(page, 'code-good').waitFor();
    expect(await by(page, 'release').textContent()).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
    await expectAccessible(page);
    await picture(page, 'code-good');
  });

  it('is not replaced by code that the log does not have; without the guard it would run', async () => {
    host.files = variant('1.1.0', withEvil).files;
    await visit(page);
    await by(page, 'code-refused').waitFor();
    expect([await version(page), await isEvil(page)]).toEqual(['1.0.0', false]);
    await expectAccessible(page);
    await picture(page, 'code-refused');
    await page.getByRole('link', { name: 'What happened, and what to do' }).click();
    await by(page, 'code-unlogged').waitFor();
    await expectAccessible(page);
    await picture(page, 'code-unlogged');

    const control = await newVisitor(browser);
    await control.page.goto(origins.wallet);
    await control.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await isEvil(control.page)).toBe(true);
    await control.leave();
  });

  it('is replaced by a later release of the log, from the next start on', async () => {
    const next = variant('1.1.0');
    host.files = next.files;
    await scene.logRelease(next.manifest);
    await visit(page, '#/code');
    await by(page, 'code-next').waitFor();
    expect(await version(page)).toBe('1.0.0');
    await picture(page, 'code-next');
    await page.reload();
    await by(page, 'code-good').waitFor();
    expect(await version(page)).toBe('1.1.0');
  });

  it('is not replaced by a release of the log with one file exchanged; a first visit would run it', async () => {
    const honest = variant('1.2.0');
    await scene.logRelease(honest.manifest);
    host.files = new Map([
      ...variant('1.2.0', withEvil).files,
      ['/release.json', honest.files.get('/release.json')!],
    ]);
    await visit(page, '#/code');
    await by(page, 'code-altered').waitFor();
    await page.reload();
    expect([await version(page), await isEvil(page)]).toEqual(['1.1.0', false]);

    const stranger = await newVisitor(browser, { serviceWorkers: 'allow' });
    await stranger.page.goto(origins.wallet);
    await stranger.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await isEvil(stranger.page)).toBe(true);
    await stranger.leave();
  });

  it('is not rolled back to an older release of the log', async () => {
    host.files = variant('1.0.0').files;
    await visit(page, '#/code');
    await by(page, 'code-older').waitFor();
    await page.reload();
    expect(await version(page)).toBe('1.1.0');
  });

  it('does not run if it was changed on this device', async () => {
    await page.evaluate(async () => {
      const shelf = await caches.open('wallet-code');
      for (const request of await shelf.keys())
        if (request.url.endsWith('/index.html')) await shelf.put(request, new Response('<script>1</script>'));
    });
    await page.goto('about:blank');
    expect((await page.goto(origins.wallet))?.status()).toBe(500);
    expect(await page.textContent('body')).toContain('damaged on this device');
  });
});

describe.sequential('what the guard cannot help', () => {
  it('a host that replaces the guard itself: the open wallet locks and says so; the next visit is the host’s', async () => {
    const honest = variant('2.0.0');
    host.files = honest.files;
    await scene.logRelease(honest.manifest);
    const { page, leave } = await newVisitor(browser, { serviceWorkers: 'allow' });
    await page.goto(origins.wallet);
    await kept(page);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
    const other = `addEventListener('install', () => skipWaiting());
      addEventListener('fetch', (event) => event.respondWith(new Response('the host’s own page')));`;
    host.files = releaseOf('2.0.0', new Map([...built, [guardPath, Buffer.from(other)]])).files;
    await page.evaluate(async () => void (await navigator.serviceWorker.ready).update().catch(() => {}));
    await by(page, 'code-alarm').waitFor();
    await expectAccessible(page);
    await picture(page, 'code-alarm');
    await page.reload();
    expect(await page.textContent('body')).toBe('the host’s own page');
    await leave();
  });

  it('a browser without service workers: it runs, looks the release up, and says that nothing is kept', async () => {
    const honest = variant('2.1.0');
    host.files = honest.files;
    await scene.logRelease(honest.manifest);
    const { page, complaints, leave } = await newVisitor(browser);
    await page.goto(`${origins.wallet}/#/code`);
    await by(page, 'code-good').waitFor();
    await page.getByText('no: each visit loads it anew').waitFor();
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    expect(complaints).toEqual([]);
    await leave();
  });
});
