/** The wallet in a real browser, against the whole real practice network. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewayTables, migrations } from '@answerable/gateway/schema';
import { openDatabase } from '@answerable/kit/database';
import { serve } from '@answerable/kit/serve';
import { sharedSecret } from '@answerable/practice-constellation/configs';
import { launch } from '@answerable/practice-constellation/launch';
import type { Network } from '@answerable/practice-constellation/network';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { expectAccessible, newVisitor, openBrowser, picture, type Visitor } from './browser.ts';
import {
  answerAsk,
  arriveFromForum,
  beSomebody,
  by,
  goOnWithoutWords,
  joinFromWelcome,
  signedInAs,
  title,
} from './wallet-steps.ts';

const launchTimeoutMs = 300_000;
const walkTimeoutMs = 300_000;

let browser: Browser;
let network: Network;
let home: string;
const origin = (role: keyof Network['roles']) => network.roles[role].origin;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'answerable-wallet-'));
  network = await launch({
    dataDir: join(home, 'data'),
    ports: 'free',
    separate: false,
    ephemeral: true,
    databaseAdminUrl: inject('postgresAdminUrl'),
    databasePrefix: 'wallet_',
  });
  browser = await openBrowser();
}, launchTimeoutMs);
afterAll(async () => {
  await browser?.close();
  await network?.close();
  rmSync(home, { recursive: true, force: true });
}, launchTimeoutMs);

interface Heard {
  visitor: Visitor;
  /** Origins that this browser sent anything to. */
  spokenTo: Set<string>;
}
async function newPerson(options: BrowserContextOptions = {}): Promise<Heard> {
  const visitor = await newVisitor(browser, options);
  const spokenTo = new Set<string>();
  visitor.page.context().on('request', (request) => spokenTo.add(new URL(request.url()).origin));
  return { visitor, spokenTo };
}

const enoughTime = { timeout: walkTimeoutMs };

describe.sequential('a wallet, from a stranger’s first click', () => {
  let words: string[];

  it('joins in the middle of signing up at a forum, and is let in', enoughTime, async () => {
    const { visitor, spokenTo } = await newPerson({
      viewport: { width: 390, height: 844 },
      serviceWorkers: 'allow',
    });
    const { page, complaints } = visitor;
    await arriveFromForum(page, network, 'commons');
    await title(page, 'Commons asks');
    await expectAccessible(page);
    await by(page, 'join').click();
    words = await joinFromWelcome(page, 'Priya Marlowe');
    await title(page, 'Commons asks');
    await picture(page, 'real-ask');
    await answerAsk(page, 'quiet_baker');
    await signedInAs(page, 'quiet_baker');
    await page.goto(`${origin('wallet')}/`);
    await title(page, 'Your wallet');
    await picture(page, 'real-home');
    await by(page, 'more').click();
    await by(page, 'find-notices').click();
    await by(page, 'notices-0').waitFor();
    await page.goto(`${origin('wallet')}/#/inbox`);
    await by(page, 'standing-good').waitFor();
    await page.goto(`${origin('wallet')}/#/code`);
    await by(page, 'code-good').waitFor();
    await page.getByText('yes: no other code runs here').waitFor();
    const parties = Object.values(network.roles).map((role) => role.origin);
    expect([...spokenTo].filter((one) => !parties.includes(one))).toEqual([]);
    expect(complaints).toEqual([]);
    await visitor.leave();
  });

  it(
    'a new device: no second record; words with a slip are caught, wrong ones counted, right ones bring all back',
    enoughTime,
    async () => {
      const { visitor } = await newPerson();
      const { page } = visitor;
      await page.goto(origin('wallet'));
      await by(page, 'join').click();
      await by(page, 'prove').click();
      await beSomebody(page, 'Priya Marlowe');
      await by(page, 'refused-person_known').waitFor();
      await expectAccessible(page);
      await by(page, 'use-words').click();
      await by(page, 'sign-in').click();
      await beSomebody(page, 'Priya Marlowe');
      await title(page, 'Type your four words');

      await by(page, 'word-1').fill(`${words[0]!.slice(0, -1)}`);
      await by(page, 'word-2').focus();
      await page.getByRole('button', { name: words[0]!, exact: true }).click();
      expect(await by(page, 'word-1').inputValue()).toBe(words[0]);

      await by(page, 'word-1').fill([words[1], words[0], words[2], words[3]].join(' '));
      await by(page, 'try-words').click();
      await by(page, 'refused-words_wrong').waitFor();
      expect(await by(page, 'tries').textContent()).toMatch(/^19 tries are left/);
      await by(page, 'sign-in').click();
      await beSomebody(page, 'Priya Marlowe');
      await title(page, 'Type your four words');
      await by(page, 'word-1').fill(words.join(' '));
      await by(page, 'try-words').click();
      await title(page, 'You are back');

      await arriveFromForum(page, network, 'commons');
      await answerAsk(page);
      await signedInAs(page, 'quiet_baker');
      await visitor.leave();
    },
  );

  it(
    'the same account twice, and one that does not exist: said here, with the other way beside it',
    enoughTime,
    async () => {
      const { visitor } = await newPerson();
      const { page } = visitor;
      await page.goto(`${origin('wallet')}/#/join`);
      await joinFromWelcome(page, 'Tomasz Redfern');
      await title(page, 'Your wallet');
      await arriveFromForum(page, network, 'lantern');
      await answerAsk(page);
      await by(page, 'new-instead').click();
      await answerAsk(page, 'tom_r');
      await signedInAs(page, 'tom_r');
      await page.context().clearCookies();
      await arriveFromForum(page, network, 'lantern');
      await answerAsk(page, 'tom_again');
      await by(page, 'sign-in-instead').click();
      await by(page, 'ask-continue').click();
      await signedInAs(page, 'tom_r');

      await page.goto(`${origin('wallet')}/#/forget`);
      await by(page, 'forget-yes').click();
      await title(page, 'This device has forgotten you.');
      await page.goto(origin('wallet'));
      await title(page, 'Hello');
      expect(await thingsKept(page)).toEqual(['drawer', 'policy', 'vault']);
      await visitor.leave();
    },
  );

  it(
    'barred: told here, also for another account; reasons can be read, and where there is no case there is no appeal',
    enoughTime,
    async () => {
      const { visitor } = await newPerson();
      const { page } = visitor;
      await page.goto(`${origin('wallet')}/#/join`);
      await joinFromWelcome(page, 'Gareth Stroud');
      await title(page, 'Your wallet');
      await arriveFromForum(page, network, 'commons');
      await answerAsk(page, 'gareth_s');
      await signedInAs(page, 'gareth_s');
      await barWithReasons('gareth_s');

      await page.context().clearCookies();
      await arriveFromForum(page, network, 'commons');
      await page.getByLabel('I have an account here').check();
      await by(page, 'ask-continue').click();
      await by(page, 'refused-barred').waitFor();
      await by(page, 'reasons').click();
      await by(page, 'standing-barred').waitFor();
      await page.getByText('Forty messages to one person in an hour.').waitFor();
      await expectAccessible(page);

      await arriveFromForum(page, network, 'commons');
      await page.getByLabel('I am new here').check();
      await by(page, 'handle').fill('somebody_else');
      await page.getByText('More than one account here').click();
      await by(page, 'slot').selectOption('2');
      await by(page, 'ask-continue').click();
      await page.getByText('You are barred here').waitFor();
      await page.getByRole('link', { name: 'Read the reasons in your wallet' }).click();
      await by(page, 'standing-barred').waitFor();
      await by(page, 'appeal').locator('summary').click();
      await by(page, 'appeal-text').fill('It was not me who began.');
      await by(page, 'appeal-send').click();
      await page.getByRole('alert').waitFor();
      expect(await by(page, 'appeal-text').inputValue()).toBe('It was not me who began.');
      await visitor.leave();
    },
  );

  it(
    'words lost: a reset begins its wait, and the device that still has the secret stops it',
    enoughTime,
    async () => {
      const [own, other] = [(await newPerson()).visitor, (await newPerson()).visitor];
      await own.page.goto(`${origin('wallet')}/#/join`);
      await by(own.page, 'prove').click();
      await beSomebody(own.page, 'Idris Calloway');
      await goOnWithoutWords(own.page);
      await title(own.page, 'Your wallet');

      await other.page.goto(`${origin('wallet')}/#/back`);
      await by(other.page, 'sign-in').click();
      await beSomebody(other.page, 'Idris Calloway');
      await by(other.page, 'refused-recall_missing').waitFor();
      await other.page.getByRole('link', { name: 'I have lost my words' }).click();
      await by(other.page, 'begin-reset').click();
      await beSomebody(other.page, 'Idris Calloway');
      await by(other.page, 'reset-waiting').waitFor();

      await own.page.getByRole('link', { name: 'Is somebody trying to come back as you?' }).click();
      await by(own.page, 'stop-reset').click();
      await by(own.page, 'reset-stopped').waitFor();
      await Promise.all([own.leave(), other.leave()]);
    },
  );

  it('a request that was tampered with is refused before anything leaves', enoughTime, async () => {
    const { visitor, spokenTo } = await newPerson();
    const { page } = visitor;
    await arriveFromForum(page, network, 'commons');
    await title(page, 'Commons asks');
    await page.goBack();
    const link = await page.getByRole('link', { name: 'Continue with your wallet' }).getAttribute('href');
    const [address, request] = link!.split('request=');
    const signed = JSON.parse(Buffer.from(request!, 'base64url').toString());
    signed.message.scope.origin = 'http://localhost:1';
    spokenTo.clear();
    await page.goto('about:blank');
    await page.goto(`${address}request=${Buffer.from(JSON.stringify(signed)).toString('base64url')}`);
    await by(page, 'refused-request_refused').waitFor();
    expect([...spokenTo]).toEqual([origin('wallet')]);
    await visitor.leave();
  });

  it('a host that serves another policy is not believed', enoughTime, async () => {
    const { visitor } = await newPerson();
    const { page } = visitor;
    await page.goto(origin('wallet'));
    await title(page, 'Hello');
    await page.route('**/policy.json', async (route) => {
      const file = await (await route.fetch()).json();
      file.policy.opening.threshold = 3;
      await route.fulfill({ json: file });
    });
    await page.reload();
    await by(page, 'refused-policy_refused').waitFor();
    await visitor.leave();
  });

  it('somebody stops at the evidence provider, and can begin again', enoughTime, async () => {
    const { visitor } = await newPerson();
    const { page } = visitor;
    await page.goto(`${origin('wallet')}/#/join`);
    await by(page, 'prove').click();
    await page.getByRole('button', { name: 'Tomasz Redfern' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await by(page, 'refused-evidence_denied').waitFor();
    await page.getByRole('link', { name: 'Join' }).click();
    await title(page, 'Join');
    await visitor.leave();
  });

  it('works in a frame of the tour and in nobody else’s', enoughTime, async () => {
    const frame = (url: string) =>
      `<!doctype html><title>Tour</title><iframe src="${url}" title="Wallet" width="400" height="700"></iframe>`;
    const tour = await serve(framing(frame(origin('wallet'))), {
      port: network.tourPort,
      publicHost: 'localhost',
    });
    const stranger = await serve(framing(frame(origin('wallet'))), { port: 0, publicHost: 'localhost' });
    const { visitor } = await newPerson();
    const { page, complaints } = visitor;
    await page.goto(network.tourOrigin);
    await page.frameLocator('iframe').getByRole('heading', { name: 'Hello' }).waitFor();
    expect(complaints).toEqual([]);
    await page.goto(stranger.origin);
    await expect.poll(() => complaints.join()).toContain('frame-ancestors');
    await visitor.leave();
    await Promise.all([tour.close(), stranger.close()]);
  });
});

/** What the desk would have its gateway do. */
async function barWithReasons(handle: string): Promise<void> {
  const { databaseUrl } = network.roles['gateway-commons'];
  const { db, close } = await openDatabase<GatewayTables>({ url: databaseUrl!, migrations });
  const accounts = await db.selectFrom('account').selectAll().execute();
  await close();
  const { sub } = accounts.find(({ admission }) => admission.answer.handle === handle)!;
  const caseId = id();
  const [from, until] = [Date.now(), Date.now() + 90 * 86_400_000].map((at) =>
    new Date(at).toISOString().slice(0, 10),
  );
  await tellGateway('/desk/sanctions', { sanction: id(), caseId, sub, holds: 'person', step: 'bar', until });
  const item = {
    kind: 'statement',
    caseId,
    day: from,
    title: 'Why you were barred',
    body: 'Forty messages to one person in an hour.',
    appealUntil: until,
  };
  await tellGateway('/desk/inbox', { message: id(), sub, holds: 'person', item });
}
const id = () => randomBytes(16).toString('base64url');

async function tellGateway(path: string, body: unknown): Promise<void> {
  const response = await fetch(origin('gateway-commons') + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${sharedSecret(network.tokens, 'domain commons')}`,
    },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

const framing = (html: string) => ({
  fetch: () => new Response(html, { headers: { 'content-type': 'text/html' } }),
});

/** Names of everything that this device still keeps, sealed or not. */
const thingsKept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
      });
      const keys = await new Promise<IDBValidKey[]>((resolve) => {
        const request = database.transaction('sealed').objectStore('sealed').getAllKeys();
        request.onsuccess = () => resolve(request.result);
      });
      names.push(...keys.map(String));
    }
    return names.sort();
  });
