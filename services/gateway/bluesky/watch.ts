/**
 * Looks after a server of the AT Protocol: ends codes past their time, reads back who used which, and makes the
 * server as it should be: accounts of barred and suspended people are down there, those of everybody else are up.
 * Nothing here is a list of things to do: each round compares what is with what should be, so a server that was
 * away, a crash at any step and two gateways at once end in the same place.
 * Must never: touch an account that was there before, the operator's own, what somebody else took down, or
 * anything on a server that has left.
 */
import type { BlueskyServer } from '@answerable/connector/bluesky-server';
import { foreignSub } from '@answerable/connector/foreign-name';
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { PlatformConfig } from '../config.ts';
import { hasLeft } from '../exit/leaving.ts';
import { refusalOf, standingOf } from '../policy.ts';
import type { Revoked } from './bluesky-schema.ts';
import type { BlueskyStore } from './store.ts';

/** Pages of 500 accounts that are read in one round. */
const pagesMax = 400;

export interface Watched {
  platform: PlatformConfig;
  server: BlueskyServer;
  store: BlueskyStore;
  clock: Clock;
}

export const revokedWords: Record<Revoked, string> = {
  'no-code': 'it was made without an invite code of this server',
  'foreign-code': 'it was made with an invite code that was not given out here',
  'code-used-before': 'its invite code had been used before',
  'code-over': 'the time of its invite code was over',
  'other-account': 'it is not the account that its invite code was for',
  closed: 'it was closed',
};

/** One round. Throws what the server refuses; the next round goes on from there. */
export async function look(watched: Watched): Promise<void> {
  if (hasLeft(watched.platform, watched.clock.now())) return;
  const ended = await endCodes(watched);
  await readBack(watched);
  for (const mark of ended) await watched.store.endInvitation(mark);
  await revoke(watched);
  await askAgain(watched);
  await holdAccounts(watched);
}

/** From when this returns nobody can use these any more; whoever did before is still to be read back. */
async function endCodes({ platform, server, store, clock }: Watched): Promise<string[]> {
  const marks = (await store.invitationsOver(platform.name, clock.now())).map(({ mark }) => mark);
  for (const mark of marks) await server.endInvites(mark);
  return marks;
}

/** Every account that is not known yet becomes somebody's, or is recorded as one that cannot stay. */
export async function readBack(watched: Watched): Promise<void> {
  const { platform, server, store } = watched;
  const read = await store.readTo(platform.name);
  if (!read) return keepThoseOfBefore(watched);
  let cursor = read.cursor;
  for (let page = 0; page < pagesMax; page++) {
    const { dids, next } = await server.accounts(cursor ?? undefined);
    for (const did of await store.unknownOf(platform.name, dids)) await settle(did, watched);
    if (next === undefined) return;
    // The last page is read again each time: it is the one that grows.
    cursor = next;
    await store.keepReadTo(platform.name, cursor);
  }
}

async function keepThoseOfBefore({ platform, server, store }: Watched): Promise<void> {
  const before: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const { dids, next } = await server.accounts(cursor);
    before.push(...dids);
    if (next === undefined) return store.keepThoseOfBefore(platform.name, before, cursor ?? null);
    cursor = next;
  }
  // More than can be read at once: better no code than somebody of before taken down.
  throw new Refusal('not_ready');
}

async function settle(did: string, { platform, server, store }: Watched): Promise<void> {
  if (platform.bluesky?.ownAccounts?.includes(did)) return store.keepOwn(platform.name, did);
  const account = await server.account(did).catch(undefinedIfGone);
  const deskName = foreignSub(platform.connector!.name, did);
  if (account) await store.settle({ platform: platform.name, did, cameWith: account.cameWith, deskName });
}

async function revoke({ platform, server, store }: Watched): Promise<void> {
  for (const { did, revoked } of await store.revokedUp(platform.name)) {
    const standing = await server.standing(did).catch(undefinedIfGone);
    if (standing === 'up') await server.takeDown(did);
    await store.keepDown(platform.name, did, true);
    // Once, and only after it is recorded: words that are lost are better than words sent each minute.
    await server.write(did, lettersOf(platform, revoked!)).catch(() => {});
  }
}

const lettersOf = ({ policy }: PlatformConfig, why: Revoked): string =>
  `Your account on ${policy.title} was taken down: ${revokedWords[why]}. ` +
  `To have an account there, join with your wallet and use the code that you are shown.`;

/** Takes down whom a sanction shuts and brings back whom none does; asks the server only where that changed. */
export async function holdAccounts({ platform, server, store, clock }: Watched): Promise<void> {
  // Accounts close here on the day that a server leaves, and stay there as they are.
  if (hasLeft(platform, clock.now())) return;
  const at = clock.now().toISOString();
  for (const { did, sub, down, theirs, closed, sanctions } of await store.held(platform.name)) {
    // Whoever closes an account here answers for it no longer, so it does not go on there.
    const held = closed || refusalOf(standingOf(sanctions, at, sub).standing) !== undefined;
    if (held === (down || theirs)) continue;
    const standing = await server.standing(did).catch(undefinedIfGone);
    if (held && standing === 'up') await server.takeDown(did);
    if (!held && standing === 'ours') await server.bringBack(did);
    // From here on it is there as it should be; a crash before this looks again and changes nothing.
    const byThem = held && standing === 'theirs';
    await store.keepDown(platform.name, did, held && !byThem, byThem);
  }
}

/** What others took down they may bring back, while a sanction of ours still holds. */
async function askAgain({ platform, server, store }: Watched): Promise<void> {
  for (const did of await store.someOfTheirs(platform.name)) {
    const standing = await server.standing(did).catch(undefinedIfGone);
    if (standing !== 'theirs') await store.keepDown(platform.name, did, standing === 'ours');
  }
}

function undefinedIfGone(error: unknown): undefined {
  if (error instanceof Refusal && error.code === 'not_found') return undefined;
  throw error;
}
