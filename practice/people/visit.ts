/**
 * What practice people do, walked over HTTP as a browser would: prove who they are, join, come back, sign up
 * and sign in at a forum. For the story, the tests, and whoever wants to try without clicking.
 */
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { signInHeadless } from '@answerable/practice-identity-provider/headless';
import type { Account, Outcome } from '@answerable/practice-identity-provider/sign-in';
import type { EnrolmentPurpose } from '@answerable/protocol/enrolment/session';
import { Refusal, type RefusalCode, refusals } from '@answerable/protocol/refusal';
import type { Way } from '@answerable/wallet/engine/answer-request';
import type { EnrolmentEnd, Return } from '@answerable/wallet/engine/finish-enrolment';
import type { Recalled } from '@answerable/wallet/engine/recall';
import type { Wallet } from '@answerable/wallet/engine/wallet';
import { type Browser, createBrowser, type Page } from './browser.ts';

/** How somebody shows who they are at the practice identity provider. */
export interface Shown {
  /** id in practice/identity-provider/people */
  person: string;
  /** `second`: another account there, and the other document; default `first` */
  account?: Account;
  outcome?: Outcome;
}

/** Shows who they are and comes back to the wallet: session and code, as they stand in its address. */
export async function proveWho(
  authorizationUrl: string,
  shown: Shown,
  browser: Browser = createBrowser(),
): Promise<Pick<Return, 'session' | 'code'>> {
  const callback = await signInHeadless({ authorizationUrl, ...shown, fetch: browser.fetch });
  const back = await browser.open(callback, ({ hash }) => hash.startsWith('#/enrolled'));
  const answered = new URLSearchParams(new URL(back.url).hash.split('?')[1] ?? '');
  const refusal = answered.get('refusal');
  if (refusal !== null && Object.hasOwn(refusals, refusal)) throw new Refusal(refusal as RefusalCode);
  const [session, code] = [answered.get('session'), answered.get('code')];
  if (session === null || code === null) throw new Refusal('unavailable');
  return { session, code };
}

/** Joins (or asks for a reset): a record, a credential, its receipt verified. */
export async function enrolAs(
  shown: Shown,
  wallet: Wallet,
  options: { purpose?: EnrolmentPurpose; route?: string; expected?: Return['expected'] } = {},
): Promise<EnrolmentEnd> {
  const { authorizationUrl } = await wallet.beginEnrolment(options.purpose ?? 'join', options.route);
  let address = authorizationUrl;
  for (;;) {
    const back = await proveWho(address, shown);
    const end = await wallet.finishEnrolment(
      options.expected ? { ...back, expected: options.expected } : back,
    );
    if (end.end !== 'go-on') return end;
    address = end.authorizationUrl;
  }
}

/** Joins and sets four words; returns them, as on the paper. */
export async function enrolWithWords(shown: Shown, wallet: Wallet): Promise<string[]> {
  await enrolAs(shown, wallet);
  const words = wallet.proposeWords();
  await wallet.setWords(words);
  return words;
}

/** Comes back on a new device with the four words. */
export async function returnAs(
  shown: Shown,
  wallet: Wallet,
  words: string | readonly string[],
): Promise<Recalled> {
  await enrolAs(shown, wallet, { purpose: 'return' });
  return wallet.recall(words);
}

/** Where a sign-in begins: an address of a forum (or of a gateway) that leads to a gateway's interaction. */
export interface Forum {
  signInUrl: string;
}

/** The gateway's request, taken from its page by this browser, as the wallet gets it. */
export async function askedBy(forum: Forum, browser: Browser): Promise<{ at: string; text: string }> {
  const isInteraction = ({ pathname }: URL) => /^\/interaction\/[^/]+$/.test(pathname);
  const { url } = await browser.open(forum.signInUrl, isInteraction);
  if (!isInteraction(new URL(url))) throw new Refusal('request_unknown');
  const response = await browser.fetch(`${url}/request`);
  if (!response.ok) throw await refusalIn(response);
  return { at: url, text: toBase64url(utf8(await response.text())) };
}

/** Signs up (`way: 'new'`) or in at a forum; the page at the end. Throws the gateway's Refusal. */
export async function visitForum(
  forum: Forum,
  wallet: Wallet,
  way: Way,
  browser: Browser = createBrowser(),
  until?: (url: URL) => boolean,
): Promise<Page> {
  const { at, text } = await askedBy(forum, browser);
  const { answer } = await wallet.answerRequest(text, way);
  return deliver(at, answer, browser, until);
}

/** Posts an answer from the gateway's own return page and follows the browser back to the forum. */
export async function deliver(
  at: string,
  answer: unknown,
  browser: Browser,
  until?: (url: URL) => boolean,
): Promise<Page> {
  const response = await browser.fetch(`${at}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(at).origin },
    body: JSON.stringify(answer),
  });
  if (!response.ok) throw await refusalIn(response);
  const { resume } = (await response.json()) as { resume: string };
  return browser.open(resume, until);
}

export const signUpAt = (
  forum: Forum,
  wallet: Wallet,
  account: { handle: string; slot?: number },
  browser?: Browser,
): Promise<Page> =>
  visitForum(forum, wallet, { way: 'new', slot: account.slot ?? 1, handle: account.handle }, browser);

export const signInAt = (forum: Forum, wallet: Wallet, slot = 1, browser?: Browser): Promise<Page> =>
  visitForum(forum, wallet, { way: 'sign-in', slot }, browser);

async function refusalIn(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => undefined);
  const code = (body as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && Object.hasOwn(refusals, code)
    ? new Refusal(code as RefusalCode)
    : new Refusal('unavailable');
}
