/**
 * From the tap on “Continue” in the wallet until the forum shows who is there, over loopback: the proof or the
 * signature, the gateway, the forum's exchange, its page painted. And the same from the forum's own button, with
 * every page on the way, as fast as a machine taps.
 */
import type { Network } from '@answerable/practice-constellation/network';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  arriveFromForum,
  by,
  type Forum,
  goOnWithoutWords,
  proveWhoIAm,
  signedInAs,
  title,
} from '../../test/browser/wallet-steps.ts';
import { row, spread } from '../measure.mjs';
import { bundle } from './bundle.ts';
import { throttleOf } from './chromium.ts';
import { verdict } from './prove.ts';

const p95Max = 1_500;
const signInRounds = 20;
const newcomers = ['Priya Marlowe', 'Idris Calloway', 'Helen Varga', 'Gareth Stroud'];
/** Every account that one person may have. */
const accounts: { forum: Forum; slot: number }[] = [
  { forum: 'commons', slot: 1 },
  { forum: 'lantern', slot: 1 },
  { forum: 'commons', slot: 2 },
  { forum: 'commons', slot: 3 },
];

type Way = { handle: string; slot: number } | { handle: string };
interface Timed {
  fromTap: number;
  fromForum: number;
}

export async function benchSignIn(browser: Browser, network: Network): Promise<void> {
  const oneThread = await oneThreaded();
  const asItIs = await someoneWithAccount(browser, network, 'Marcus Lindqvist');
  tell('sign in, CPU 1×, wallet with its worker', await many(asItIs, network, 'marcus_l'));
  await asItIs.context().close();

  const page = await someoneWithAccount(browser, network, 'Tomasz Redfern', oneThread);
  const throttle = await throttleOf(page);
  tell('sign in, CPU 1×, all on one thread', await many(page, network, 'tomasz_r'));
  await throttle(4);
  tell('sign in, CPU 4×, all on one thread', await many(page, network, 'tomasz_r'), p95Max);
  await page.context().close();
  tell('sign up, CPU 4×, all on one thread', await signUps(browser, network, oneThread), p95Max);
}

function tell(name: string, times: Timed[], max?: number): void {
  const fromTap = spread(times.map((one) => one.fromTap));
  console.log(
    max ? verdict(`${name}: tap to signed in`, fromTap, max) : row(`${name}: tap to signed in`, fromTap),
  );
  console.log(row(`${name}: from the forum's button`, spread(times.map((one) => one.fromForum))));
}

async function many(page: Page, network: Network, handle: string): Promise<Timed[]> {
  const times: Timed[] = [];
  for (let round = 0; round < signInRounds; round++)
    times.push(await letIn(page, network, 'commons', { handle }));
  return times;
}

async function signUps(browser: Browser, network: Network, oneThread: string): Promise<Timed[]> {
  const times: Timed[] = [];
  for (const [who, name] of newcomers.entries()) {
    const page = await someone(browser, network, name, oneThread);
    await (await throttleOf(page))(4);
    for (const { forum, slot } of accounts)
      times.push(await letIn(page, network, forum, { handle: `${forum}_${who}_${slot}`, slot }));
    await page.context().close();
  }
  return times;
}

async function someone(
  browser: Browser,
  { roles }: Network,
  name: string,
  oneThread?: string,
): Promise<Page> {
  // The guard would hand out the wallet's own script, which works on two threads.
  const context = await browser.newContext({ serviceWorkers: oneThread ? 'block' : 'allow' });
  if (oneThread) await playOneThread(context, oneThread);
  const page = await context.newPage();
  await page.goto(`${roles.wallet.origin}/#/join`);
  await proveWhoIAm(page, name);
  await goOnWithoutWords(page);
  await title(page, 'Your wallet');
  return page;
}

async function someoneWithAccount(
  browser: Browser,
  network: Network,
  name: string,
  oneThread?: string,
): Promise<Page> {
  const page = await someone(browser, network, name, oneThread);
  const [first = '', last = ''] = name.toLowerCase().split(' ');
  await letIn(page, network, 'commons', { handle: `${first}_${last[0]}`, slot: 1 });
  return page;
}

/** As somebody whom this forum's browser does not know any more. */
async function letIn(page: Page, network: Network, forum: Forum, way: Way): Promise<Timed> {
  await page.context().clearCookies();
  const begun = now();
  await arriveFromForum(page, network, forum);
  await page.getByLabel('slot' in way ? 'I am new here' : 'I have an account here').check();
  if ('slot' in way) {
    await by(page, 'handle').fill(way.handle);
    if (way.slot > 1) {
      if (!(await by(page, 'slot').isVisible())) await page.getByText('More than one account here').click();
      await by(page, 'slot').selectOption(String(way.slot));
    }
  }
  // The form has to have taken what was chosen before it is sent: a script taps faster than any finger.
  await by(page, 'handle').waitFor({ state: 'slot' in way ? 'visible' : 'hidden' });
  await by(page, 'ask-continue').click({ trial: true });
  const tapped = await by(page, 'ask-continue').evaluate((button) => {
    const at = performance.timeOrigin + performance.now();
    (button as HTMLElement).click();
    return at;
  });
  await signedInAs(page, way.handle);
  const painted = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return performance.timeOrigin + (paint?.startTime ?? performance.now());
  });
  return { fromTap: painted - tapped, fromForum: painted - begun };
}

const now = () => performance.timeOrigin + performance.now();

async function oneThreaded(): Promise<string> {
  const files = await bundle('one-thread.tsx');
  const scripts = [...files].filter(([path]) => path.endsWith('.js'));
  if (scripts.length !== 1) throw new Error('one thread is one script');
  return String(scripts[0]?.[1]);
}

const playOneThread = (context: BrowserContext, body: string) =>
  context.route('**/assets/index-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
