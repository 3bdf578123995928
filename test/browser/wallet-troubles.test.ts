/**
 * What goes wrong, or is done to somebody: a no, a phisher, storage that is gone, a key that the log does not
 * have, and somebody at home who holds the e-mail, the phone number and the evidence login. And the ways to join
 * that are not the first one.
 */
import { toBase64url } from '@answerable/core/bytes';
import { drawIssuerKey } from '@answerable/core/presentation/issuance';
import { serve } from '@answerable/kit/serve';
import type { Network } from '@answerable/practice-constellation/network';
import { firstAdmin } from '@answerable/practice-people/console-visit';
import { practiceReferee } from '@answerable/practice-people/referee';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchTimeoutMs, startPracticeNetwork, stepTimeoutMs } from '../flows/practice-network.ts';
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

const enoughTime = { timeout: stepTimeoutMs };

let browser: Browser;
let network: Network;
const origin = (role: keyof Network['roles']) => network.roles[role].origin;

beforeAll(async () => {
  network = await startPracticeNetwork('troubles');
  browser = await openBrowser();
}, launchTimeoutMs);
afterAll(async () => {
  await browser?.close();
  await network?.close();
}, launchTimeoutMs);

const wrongWords = ([a, b, c, d]: string[]) => [b, a, d, c].join(' ');

async function joined(name: string): Promise<Visitor & { words: string[] }> {
  const visitor = await newVisitor(browser);
  await visitor.page.goto(`${origin('wallet')}/#/join`);
  const words = await joinFromWelcome(visitor.page, name);
  await title(visitor.page, 'Your wallet');
  return { ...visitor, words };
}

/** Signs in at the evidence provider and types; resolves when the wallet has said something. */
async function comeBackWith(page: Page, name: string, typed: string): Promise<void> {
  await page.goto(`${origin('wallet')}/#/back`);
  await by(page, 'sign-in').click();
  await beSomebody(page, name);
  await title(page, 'Type your four words');
  await by(page, 'word-1').fill(typed);
  await by(page, 'try-words').click();
}

describe.sequential('somebody who has an account', () => {
  let own: Visitor & { words: string[] };
  const name = 'Helen Varga';
  const handle = 'night_nurse';
  beforeAll(async () => {
    own = await joined(name);
    await arriveFromForum(own.page, network, 'commons');
    await answerAsk(own.page, handle);
    await signedInAs(own.page, handle);
  }, stepTimeoutMs);
  afterAll(() => own?.leave());

  it('says no: nothing but the no leaves, and the forum lets nobody in', enoughTime, async () => {
    const { page } = own;
    await page.context().clearCookies();
    await arriveFromForum(page, network, 'commons');
    await title(page, 'Commons asks');
    const sent: string[] = [];
    page.context().on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
    await by(page, 'ask-no').click();
    await page.waitForURL(`${origin('gateway-commons')}/interaction/**`);
    await expectAccessible(page);
    expect(sent.filter((one) => !one.startsWith('GET '))).toEqual([]);
    expect(sent.join()).not.toContain('answer');
    await page.goto(origin('commons'));
    expect(await page.getByText(handle).count()).toBe(0);
  });

  it(
    'follows a link that a phisher copied: the answer goes to the forum’s own front door, and opens nothing there',
    enoughTime,
    async () => {
      const phisher = await newVisitor(browser);
      await phisher.page.goto(`${origin('commons')}/join`);
      await phisher.page.getByRole('link', { name: 'Continue with your wallet' }).click();
      await phisher.page.waitForURL(`${origin('gateway-commons')}/**`);
      const link = phisher.page.getByRole('link', { name: 'Continue with your wallet' });
      const copied = `<!doctype html><title>Commons</title><a href="${await link.getAttribute('href')}">Continue</a>`;
      const page = await serve(
        { fetch: () => new Response(copied, { headers: { 'content-type': 'text/html' } }) },
        { port: 0, publicHost: 'localhost' },
      );
      await own.page.context().clearCookies();
      await own.page.goto(page.origin);
      const sentTo = new Set<string>();
      own.page.context().on('request', (request) => sentTo.add(new URL(request.url()).origin));
      await own.page.getByRole('link', { name: 'Continue' }).click();
      await title(own.page, 'Commons asks');
      await answerAsk(own.page);
      await own.page.getByText('belongs to another browser').waitFor();
      await expectAccessible(own.page);
      expect(sentTo).not.toContain(page.origin);
      await phisher.page.reload();
      await phisher.page.goto(origin('commons'));
      expect(await phisher.page.getByText(handle).count()).toBe(0);
      await Promise.all([phisher.leave(), page.close()]);
    },
  );

  it('finds the storage wiped: the wallet says hello, and the words bring all back', enoughTime, async () => {
    const { page, words } = own;
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin: origin('wallet'), storageTypes: 'all' });
    await page.goto(`${origin('wallet')}/`);
    await page.reload();
    await title(page, 'Hello');
    await comeBackWith(page, name, words.join(' '));
    await title(page, 'You are back');
    await page.context().clearCookies();
    await arriveFromForum(page, network, 'commons');
    await answerAsk(page);
    await signedInAs(page, handle);
  });

  it(
    'is shown a registrar’s key that the network never signed: nothing is sent to it',
    enoughTime,
    async () => {
      const { page, leave } = await newVisitor(browser);
      // A real issuer key, and a well-formed policy: only that nobody signed it, and no log has it, is wrong.
      const { publicKey } = drawIssuerKey();
      const serving = { key: false };
      await page.route('**/policy.json', async (route) => {
        const file = await (await route.fetch()).json();
        if (serving.key) file.policy.registrar.issuerKey = toBase64url(publicKey);
        await route.fulfill({ json: file });
      });
      await page.goto(`${origin('wallet')}/#/join`);
      await by(page, 'prove').waitFor();
      serving.key = true;
      const sentTo = new Set<string>();
      page.context().on('request', (request) => sentTo.add(new URL(request.url()).origin));
      await page.reload();
      await by(page, 'refused-policy_refused').waitFor();
      expect(sentTo).not.toContain(origin('registrar'));
      await leave();
    },
  );
});

describe.sequential('somebody at home, with the e-mail, the phone number and the evidence login', () => {
  const name = 'Rowan Ashdown';
  let owner: Visitor & { words: string[] };
  let intruder: Visitor;
  beforeAll(async () => {
    owner = await joined(name);
    intruder = await newVisitor(browser);
  }, stepTimeoutMs);
  afterAll(() => Promise.all([owner?.leave(), intruder?.leave()]));

  it('cannot join as them, and sees nothing of the record', enoughTime, async () => {
    const { page } = intruder;
    await page.goto(`${origin('wallet')}/#/join`);
    await by(page, 'prove').click();
    await beSomebody(page, name);
    await by(page, 'refused-person_known').waitFor();
    for (const screen of ['record', 'devices', 'inbox?gateway=gateway-commons&platform=commons', 'notices']) {
      await page.goto(`${origin('wallet')}/#/${screen}`);
      await page.reload();
      await title(page, 'Hello');
    }
  });

  it('spends the tries of a day, and is told so; the device of the owner works on', enoughTime, async () => {
    const { page } = intruder;
    for (const left of [4, 3, 2, 1, 0]) {
      await comeBackWith(page, name, wrongWords(owner.words));
      await by(page, 'refused-words_wrong').waitFor();
      expect(await by(page, 'tries').textContent()).toMatch(new RegExp(`\\b(${left}|One) of them today`));
    }
    await comeBackWith(page, name, owner.words.join(' '));
    await by(page, 'refused-budget_today_spent').waitFor();
    await expectAccessible(page);
    await picture(page, 'budget-today-spent');
    await owner.page.goto(`${origin('wallet')}/`);
    await title(owner.page, 'Your wallet');
  });

  it('asks for a reset, waits, and is stopped by the owner’s device: no new secret', enoughTime, async () => {
    const { page } = intruder;
    const askForReset = async () => {
      await page.goto(`${origin('wallet')}/#/reset`);
      await page.reload();
      await by(page, 'begin-reset').click();
      await beSomebody(page, name);
      await by(page, 'reset-waiting').waitFor();
    };
    await askForReset();
    await owner.page.goto(`${origin('wallet')}/#/reset`);
    await by(owner.page, 'stop-reset').click();
    await by(owner.page, 'reset-stopped').waitFor();
    await askForReset();
    await arriveFromForum(owner.page, network, 'commons');
    await answerAsk(owner.page, 'harbour_road');
    await signedInAs(owner.page, 'harbour_road');
  });
});

describe.sequential('somebody who comes another way', () => {
  it(
    'has no documents: a referee types the code that the wallet shows, and a forum lets them in',
    enoughTime,
    async () => {
      const admin = await firstAdmin(origin('registrar'), network.tokens.operator);
      const refuge = { name: 'Ada', at: { name: 'The Refuge', kind: 'refuge' } };
      const referee = await practiceReferee(origin('registrar'), admin, refuge);
      const { page, leave } = await newVisitor(browser);
      await page.goto(`${origin('wallet')}/#/join`);
      await by(page, 'vouched').click();
      await by(page, 'show-code').click();
      const code = (await by(page, 'code').locator('.code [aria-hidden]').textContent())!;
      await referee.vouchFor(code, { given: 'Grace', family: 'Okonkwo', birthDate: '1991-02-03' });
      await title(page, 'You have joined');
      await by(page, 'sealed')
        .filter({ hasText: 'Grace Okonkwo' })
        .filter({ hasText: 'The Refuge' })
        .waitFor();
      await goOnWithoutWords(page);
      await arriveFromForum(page, network, 'commons');
      await answerAsk(page, 'grace_o');
      await signedInAs(page, 'grace_o');
      await leave();
    },
  );

  it('chooses the other provider, whose claims are read by a mapping', enoughTime, async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(`${origin('wallet')}/#/join`);
    await page.getByLabel('Other Practice Login').check();
    const asked = page.waitForRequest((sent) => new URL(sent.url()).searchParams.has('client_id'));
    await by(page, 'prove').click();
    expect(new URL((await asked).url()).searchParams.get('client_id')).toBe('registrar-flat');
    await beSomebody(page, 'Tomasz Redfern');
    await title(page, 'You have joined');
    await by(page, 'sealed').filter({ hasText: 'Tomasz Redfern' }).waitFor();
    await leave();
  });
});
