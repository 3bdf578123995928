/** What a wallet keeps on its device, in a real browser: ways to open it, locking, a visit that leaves nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '@answerable/practice-constellation/launch';
import type { Network } from '@answerable/practice-constellation/network';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { expectAccessible, newVisitor, openBrowser, picture, type Visitor } from './browser.ts';
import {
  answerAsk,
  arriveFromForum,
  beSomebody,
  by,
  joinFromWelcome,
  signedInAs,
  title,
} from './wallet-steps.ts';

const launchTimeoutMs = 300_000;
const enoughTime = { timeout: 300_000 };

let browser: Browser;
let network: Network;
let home: string;
const wallet = () => network.roles.wallet.origin;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'answerable-vault-'));
  network = await launch({
    dataDir: join(home, 'data'),
    ports: 'free',
    separate: false,
    ephemeral: true,
    databaseAdminUrl: inject('postgresAdminUrl'),
    databasePrefix: 'vault_',
  });
  browser = await openBrowser();
}, launchTimeoutMs);
afterAll(async () => {
  await browser?.close();
  await network?.close();
  rmSync(home, { recursive: true, force: true });
}, launchTimeoutMs);

/** An authenticator of this page: a finger that always fits. Returns how to lose it: no finger fits any more. */
async function authenticator(page: Page, hasPrf = true): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: hasPrf ? 'internal' : 'usb',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return async () => {
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  };
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await by(page, 'add-passkey').locator('summary').click();
  await by(page, 'passkey-name').fill(name);
  await by(page, 'add-passkey-go').click();
}

async function setPassphrase(page: Page, passphrase: string): Promise<void> {
  await by(page, 'set-passphrase').locator('summary').click();
  await by(page, 'new-passphrase').fill(passphrase);
  await by(page, 'new-passphrase-again').fill(passphrase);
  await by(page, 'set-passphrase-go').click();
}

/** Without the present one: the form is still open. */
async function setPassphraseAgain(page: Page, passphrase: string): Promise<void> {
  await by(page, 'new-passphrase').fill(passphrase);
  await by(page, 'new-passphrase-again').fill(passphrase);
  await by(page, 'set-passphrase-go').click();
}

async function openWith(page: Page, passphrase: string): Promise<void> {
  await by(page, 'passphrase').fill(passphrase);
  await by(page, 'open-passphrase').click();
}

async function member(name: string): Promise<Visitor & { words: string[] }> {
  const visitor = await newVisitor(browser, { viewport: { width: 390, height: 844 } });
  await visitor.page.goto(`${wallet()}/#/join`);
  const words = await joinFromWelcome(visitor.page, name);
  await title(visitor.page, 'Your wallet');
  return { ...visitor, words };
}

/** Everything that a page of this origin can have left. */
const leftBehind = (page: Page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie,
    address: location.href.replace(location.origin, ''),
    title: document.title,
  }));
const nothing = {
  databases: [],
  local: [],
  session: [],
  caches: [],
  workers: 0,
  cookies: '',
  address: '/',
  title: 'Wallet',
};

describe.sequential('a wallet on a device that others can touch', () => {
  it(
    'opens by a passkey: added, locked in two tabs, opened; the lost one is taken off with a second way',
    enoughTime,
    async () => {
      const { page, complaints, leave, words } = await member('Priya Marlowe');
      await by(page, 'security').click();
      await by(page, 'by-itself').waitFor();
      const lose = await authenticator(page);
      await addPasskey(page, 'Old phone');
      await by(page, 'done-passkey').waitFor();
      await by(page, 'ways').getByText('Old phone').waitFor();
      await expectAccessible(page);

      const second = await page.context().newPage();
      await second.goto(wallet());
      await title(second, 'Locked');
      expect(await second.locator('main').innerText()).not.toMatch(/phone|credential|place/i);
      await page.goto(`${wallet()}/`);
      await title(page, 'Locked');
      await by(page, 'open-passkey').click();
      await title(page, 'Your wallet');
      await by(page, 'security').click();
      await setPassphrase(page, 'somewhere quiet');
      await by(page, 'done-passphrase').waitFor();
      await second.reload();
      await openWith(second, 'somewhere quiet');
      await title(second, 'Your wallet');
      await by(second, 'lock-now').click();
      await Promise.all([title(second, 'Locked'), title(page, 'Locked')]);

      await lose();
      await by(page, 'open-passkey').click();
      await by(page, 'refused-passkey_stopped').waitFor();
      await openWith(page, 'somewhere loud');
      await by(page, 'refused-lock_closed').waitFor();
      await openWith(page, 'somewhere quiet');
      await title(page, 'Opening this wallet');
      await by(page, 'proof').fill('somewhere quiet');
      await by(page, 'remove-passkey').click();
      await by(page, 'done-removed').waitFor();
      await by(page, 'proof').fill('somewhere quiet');
      await by(page, 'remove-passphrase').click();
      await by(page, 'refused-last_way').waitFor();
      await picture(page, 'vault-last-way');
      await second.close();

      // Nothing opens it any more: it is put away, and words bring all back.
      await by(page, 'lock-now').click();
      await title(page, 'Locked');
      await by(page, 'locked-help').locator('summary').click();
      await by(page, 'locked-words').click();
      await title(page, 'Come back');
      await by(page, 'sign-in').click();
      await beSomebody(page, 'Priya Marlowe');
      await by(page, 'word-1').fill(words.join(' '));
      await by(page, 'try-words').click();
      await title(page, 'You are back');
      await page.goto(wallet());
      await title(page, 'Your wallet');
      expect(complaints).toEqual([]);
      await leave();
    },
  );

  it('a passkey that keeps no key is told so, and a passphrase is offered', enoughTime, async () => {
    const { page, leave } = await member('Tomasz Redfern');
    await by(page, 'security').click();
    await authenticator(page, false);
    await addPasskey(page, 'Plain');
    await by(page, 'refused-passkey_without_key').waitFor();
    await by(page, 'by-itself').waitFor();
    await leave();
  });

  it(
    'a history is noted in every wallet and opens for its passphrase alone; none and a wrong one look the same',
    enoughTime,
    async () => {
      const { page, leave } = await member('Gareth Stroud');
      const tryHistory = async (passphrase: string) => {
        await by(page, 'history-passphrase').fill(passphrase);
        await by(page, 'history-open').click();
        await by(page, 'refused-history_closed').waitFor();
        return page.locator('main').innerText();
      };
      await page.goto(`${wallet()}/#/history`);
      await title(page, 'My history');
      const none = await tryHistory('a long passphrase');
      await by(page, 'history-start').locator('summary').click();
      await by(page, 'history-new').fill('a long passphrase');
      await by(page, 'history-new-again').fill('a long passphrase');
      await by(page, 'history-start-go').click();
      await by(page, 'history-started').waitFor();
      await page.reload();
      await title(page, 'My history');
      expect(await tryHistory('another passphrase')).toBe(none);

      await arriveFromForum(page, network, 'commons');
      await answerAsk(page, 'slate_heron');
      await signedInAs(page, 'slate_heron');
      await page.goto(`${wallet()}/#/history`);
      const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
      expect(kept).toContain('recent');
      expect(kept).not.toMatch(/commons/i);
      await by(page, 'history-passphrase').fill('a long passphrase');
      await by(page, 'history-open').click();
      await by(page, 'answers').getByText('Commons, New account').waitFor();
      await by(page, 'standings').click();
      await by(page, 'accounts').getByText('Good standing').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: /^Messages, reasons and appeal: Commons/ }).click();
      await by(page, 'standing-good').waitFor();
      expect(new URL(page.url()).hash).toBe('#/inbox');
      await leave();
    },
  );

  it(
    'locks when nothing was touched; leaves quickly: Escape twice locks and goes to the weather',
    enoughTime,
    async () => {
      const { page, leave } = await member('Idris Calloway');
      await page.context().route('https://www.bbc.co.uk/**', (route) => route.fulfill({ body: 'Rain.' }));
      await by(page, 'security').click();
      await setPassphrase(page, 'somewhere quiet');
      await by(page, 'done-passphrase').waitFor();
      await setPassphraseAgain(page, 'somewhere quieter');
      await by(page, 'refused-proof_wanted').waitFor();
      // A phone's window is short: what answers a press comes into sight.
      await expect
        .poll(() => by(page, 'refused-proof_wanted').evaluate((seen) => seen.getBoundingClientRect().top))
        .toBeGreaterThanOrEqual(0);
      expect(await page.title()).toBe('Wallet');
      await page.clock.install();
      await by(page, 'lock-after').selectOption('1');
      await by(page, 'done-lock').waitFor();
      // A minute at a time: the choice is heeded from the moment the page has read it again.
      const heading = page.getByRole('heading', { level: 1 });
      await expect
        .poll(async () => {
          await page.clock.runFor(70_000);
          return heading.innerText();
        })
        .toBe('Locked');
      await openWith(page, 'somewhere quiet');
      await title(page, 'Opening this wallet');
      const before = await page.evaluate(() => history.length);
      expect(before).toBeGreaterThan(2);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.waitForURL('https://www.bbc.co.uk/**');
      await page.goto(wallet());
      await title(page, 'Locked');
      await leave();
    },
  );

  it('a store of before there was a vault still opens', enoughTime, async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(`${wallet()}/settings.json`);
    await page.evaluate(async () => {
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
        'encrypt',
        'decrypt',
      ]);
      const value = {
        title: 'An old place',
        request: 'eyJ9',
        expires: new Date(Date.now() + 1e9).toISOString(),
      };
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder();
      const additionalData = text.encode('answerable/wallet/waiting');
      const plain = text.encode(JSON.stringify(value));
      const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
      await new Promise<void>((resolve) => {
        const request = indexedDB.open('wallet-own', 1);
        request.onupgradeneeded = () => {
          const store = request.result.createObjectStore('sealed');
          store.put(key, 'data-key');
          store.put({ iv, box }, 'waiting');
        };
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      });
    });
    await page.goto(wallet());
    await by(page, 'waiting').getByText('An old place').waitFor();
    await page.reload();
    await by(page, 'waiting').getByText('An old place').waitFor();
    await leave();
  });

  it('the storage is wiped: the first screen, and words bring all back', enoughTime, async () => {
    const { page, words, leave } = await member('Noor Bellamy');
    await page.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name ?? '');
    });
    await page.goto(wallet());
    await title(page, 'Hello');
    await by(page, 'been-here').click();
    await by(page, 'sign-in').click();
    await beSomebody(page, 'Noor Bellamy');
    await by(page, 'word-1').fill(words.join(' '));
    await by(page, 'try-words').click();
    await title(page, 'You are back');
    await leave();
  });

  it('a visit joins, signs up, ends, and leaves nothing anywhere', enoughTime, async () => {
    const visitor = await newVisitor(browser);
    const { page, complaints } = visitor;
    await page.goto(wallet());
    await by(page, 'visit').click();
    await title(page, 'A visit that leaves nothing');
    await expectAccessible(page);
    await picture(page, 'vault-visit');
    await by(page, 'begin-visit').click();
    await by(page, 'end-visit').waitFor();
    await title(page, 'Hello');
    const entries = await page.evaluate(() => history.length);
    await by(page, 'join').click();
    const opened = page.context().waitForEvent('page');
    await by(page, 'prove').click();
    const second = await opened;
    await beSomebody(second, 'Helen Varga');
    await title(second, 'You have joined');
    await by(second, 'end-visit').waitFor();

    await arriveFromForum(second, network, 'commons');
    await answerAsk(second, 'passing_wren');
    await signedInAs(second, 'passing_wren');
    await second.goto(wallet());
    await title(second, 'Your wallet');
    expect(await leftBehind(page)).toEqual({ ...nothing, address: '/#/join' });
    await page.bringToFront();
    expect(await page.evaluate(() => history.length)).toBe(entries);
    await by(page, 'end-visit').click();
    await Promise.all([title(page, 'The visit is over'), title(second, 'The visit is over')]);
    await expect.poll(() => leftBehind(page)).toEqual(nothing);
    await expect.poll(() => leftBehind(second)).toEqual(nothing);
    await second.goto('about:blank');
    await page.goto(wallet());
    await title(page, 'Hello');
    // Control: an ordinary wallet leaves something, so the look above looks in the right places.
    expect((await leftBehind(page)).databases).not.toEqual([]);
    expect(complaints).toEqual([]);
    await visitor.leave();
  });
});
