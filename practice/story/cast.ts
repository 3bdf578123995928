/**
 * The people of the story, each with a wallet that has no window and a browser for every account. What they do
 * at a forum goes over HTTP, with the forum's own cookies.
 */
import { policySource } from '@answerable/kit/policy-source';
import { type Browser, createBrowser } from '@answerable/practice-people/browser';
import { signUpAt } from '@answerable/practice-people/visit';
import { Refusal, type RefusalCode, refusals } from '@answerable/protocol/refusal';
import { memoryStore, type WalletStore } from '@answerable/wallet/engine/state';
import { createWallet, type Wallet } from '@answerable/wallet/engine/wallet';
import type { World } from './world.ts';

const receiptPollMs = 250;

export type ForumName = 'commons' | 'lantern' | 'commons-of-the-ban' | 'lantern-of-the-ban';

/** One account at a forum, in a browser profile of its own. */
export interface Seat {
  forum: ForumName;
  handle: string;
  slot: number;
  browser: Browser;
  /** The forum's own id of the account. */
  id: string;
}

export interface Player {
  /** id in practice/identity-provider/people */
  person: string;
  wallet: Wallet;
  /** Where the wallet keeps everything: secret as a whole. */
  device: WalletStore;
  words: string[];
  seats: Seat[];
}

/** A wallet with nothing in it, as on a new device. */
export function newWallet({ network }: World, device: WalletStore = memoryStore()): Wallet {
  const source = policySource(network.policyPath);
  return createWallet({
    policy: source.current(),
    policyHash: source.hash(),
    fetch,
    clock: { now: () => new Date() },
    store: device,
    origin: network.roles.wallet.origin,
    pollMs: receiptPollMs,
  });
}

export function player(world: World, person: string): Player {
  const name = `player ${person}`;
  const known = world.notes.get(name) as Player | undefined;
  if (known) return known;
  const device = memoryStore();
  const fresh: Player = { person, wallet: newWallet(world, device), device, words: [], seats: [] };
  world.notes.set(name, fresh);
  return fresh;
}

export function seat(world: World, person: string, handle: string): Seat {
  const found = player(world, person).seats.find((one) => one.handle === handle);
  if (!found) throw new Error(`no account ${handle} of ${person} yet`);
  return found;
}

/** Where a sign-in through the gateway begins at a forum. */
export const doorOf = (world: World, forum: ForumName) => ({
  signInUrl: `${world.network.roles[forum].origin}/sign-in/gateway`,
});

/** Signs up with the person's own wallet and keeps the seat. */
export async function takeSeat(
  world: World,
  who: Player,
  forum: 'commons' | 'lantern',
  handle: string,
  slot = 1,
): Promise<Seat> {
  const browser = createBrowser();
  await signUpAt(doorOf(world, forum), who.wallet, { handle, slot }, browser);
  const { id } = await ask<{ id: string }>(world, { forum, browser }, 'GET', '/me');
  const taken: Seat = { forum, handle, slot, browser, id };
  who.seats.push(taken);
  return taken;
}

/** One call to a forum as this seat, in JSON. Throws the forum's Refusal. */
export async function ask<T>(
  { network }: World,
  { forum, browser }: Pick<Seat, 'forum' | 'browser'>,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<T> {
  const { origin } = network.roles[forum];
  const response = await browser.fetch(`${origin}${path}`, {
    method,
    headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json', origin } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return answerOf<T>(response);
}

export async function answerOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  let code: unknown;
  try {
    code = (JSON.parse(text) as { code?: unknown }).code;
  } catch {
    code = undefined;
  }
  throw new Refusal(
    typeof code === 'string' && Object.hasOwn(refusals, code) ? (code as RefusalCode) : 'unavailable',
  );
}

/** The code of the refusal that `work` ends with, or `let in` if it does not. */
export async function refusalOf(work: () => Promise<unknown>): Promise<RefusalCode | 'let in'> {
  try {
    await work();
    return 'let in';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
