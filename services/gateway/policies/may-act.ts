/**
 * Whether an account may do something in a room of its platform: what the policy in force asks, where the
 * account stands, and, where somebody would be reached, what they wish (targets).
 * Must never: tell more of the other side than may be told to a stranger.
 */
import { dayOf } from '@answerable/kit/clock';
import { standingNeeded } from '@answerable/protocol/platform/standing-needed';
import type { Region, SignsSeen } from '@answerable/protocol/platform/where';
import type { Act, AfterClaim, PlatformPolicy, StandingNeeded } from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayParts } from '../parts.ts';
import { refusalOf, standingOf } from '../policy.ts';
import type { Account } from '../store.ts';
import { mayReach } from '../targets/may-reach.ts';

export const mays = ['yes', 'needs-answerable', 'needs-named', 'knock', 'no'] as const;
export type May = (typeof mays)[number];

export interface ActAsked {
  sub: string | null;
  /** of an account from before, by its platform's own name for it; then `sub` is null */
  account?: string | undefined;
  room: string;
  /** a mention needs what a reply needs; a member wishes for each by itself */
  act: Act | 'mention';
  to?: string | undefined;
  inTouch?: boolean | undefined;
  region?: Region | undefined;
  seen?: SignsSeen | undefined;
}

const words: Record<May, string> = {
  yes: 'Yes.',
  'needs-answerable':
    'This needs an account with a person behind it. Nobody learns who you are; sign in with your wallet.',
  'needs-named': 'Here people speak under their own name. You can add yours in your wallet.',
  knock: 'This member is not reached without knocking. You can knock, and they decide.',
  no: 'This cannot be done here.',
};

export async function mayAct(
  parts: GatewayParts,
  platform: string,
  asked: ActAsked,
): Promise<{ may: May; words: string }> {
  const earlier = asked.account === undefined ? undefined : await earlierAt(parts, platform, asked.account);
  const sub = earlier?.sub ?? asked.sub;
  const account = sub === null ? null : await accountAt(parts, platform, sub);
  const may = await decide(parts, platform, account, { ...asked, sub }, earlier);
  return { may, words: words[may] };
}

async function decide(
  parts: GatewayParts,
  platform: string,
  account: Account | null,
  asked: ActAsked,
  earlier: Earlier | undefined,
): Promise<May> {
  const { policy } = await parts.platformPolicies.inForce(platform);
  const inRoom = asked.act === 'mention' ? 'reply' : asked.act;
  const needed = standingNeeded(policy, asked.room, inRoom, whereIs(policy, account, asked));
  if (needed === undefined || (account && !(await isActive(parts, account, inRoom)))) return 'no';
  if (earlier && !account) {
    const may = mayUnattached(earlier, inRoom, needed);
    if (may !== 'yes') return may;
  } else if (needed !== 'open' && !account) return 'needs-answerable';
  else if (needed === 'named' && !isNamed(account)) return 'needs-named';
  const { act } = asked;
  if (asked.to === undefined || (act !== 'reply' && act !== 'mention' && act !== 'message')) return 'yes';
  const { to: owner, inTouch = false } = asked;
  return mayReach(parts, { platform, owner, from: asked.sub, act, inTouch });
}

interface Earlier {
  sub: string | null;
  ended: AfterClaim | null;
}

async function earlierAt(
  { claims, platformPolicies, clock }: GatewayParts,
  platform: string,
  account: string,
): Promise<Earlier> {
  const found = await claims.legacy(platform, account);
  if (!found) throw new Refusal('account_unknown');
  const { claim } = (await platformPolicies.inForce(platform)).policy;
  // The day is over from its midnight on, also where nobody has written it down yet.
  const over = claim !== undefined && dayOf(clock.now()) > claim.until;
  return { sub: found.sub, ended: found.ended ?? (over ? claim.afterwards : null) };
}

/** Until its last day it does what it did, under no name that anybody vouches for; then what the policy says. */
function mayUnattached({ ended }: Earlier, act: Act, needed: StandingNeeded): May {
  if (ended === 'locked') return 'no';
  if (ended === 'read-only' && act !== 'read') return 'needs-answerable';
  return needed === 'named' ? 'needs-named' : 'yes';
}

async function accountAt({ store }: GatewayParts, platform: string, sub: string): Promise<Account> {
  const account = await store.accountBySub(sub);
  if (account?.platform !== platform) throw new Refusal('account_unknown');
  return account;
}

/** Who is restricted reads and no more. */
async function isActive({ store, clock }: GatewayParts, account: Account, act: Act): Promise<boolean> {
  if (account.closed_day !== null) return false;
  const { standing } = standingOf(await store.sanctionsOf(account), clock.now().toISOString(), account.sub);
  return !refusalOf(standing) && (standing !== 'restricted' || act === 'read');
}

/** A name in the wallet is shown only once its holder has agreed to it here. */
const isNamed = (account: Account | null): boolean => Boolean(account?.claims.name && account.named_day);

/** What the platform takes for it, unless the account itself was said to live in the United Kingdom. */
function whereIs({ forWhom }: PlatformPolicy, account: Account | null, asked: ActAsked): Region | SignsSeen {
  const signs = signsOf(account, asked.seen);
  const counts =
    typeof forWhom === 'object' && forWhom.signs.find(({ sign }) => sign === 'residence')?.counts;
  return asked.region && !(signs.residence === 'uk' && counts === 'alone') ? asked.region : signs;
}

/** The gateway adds the one sign that it knows itself; what the platform says of `residence` does not count. */
function signsOf(account: Account | null, seen: SignsSeen = {}): SignsSeen {
  const { residence: _, ...others } = seen;
  const lives = account?.claims.residence;
  if (lives === 'gb') return { ...others, residence: 'uk' };
  return lives === 'elsewhere' ? { ...others, residence: 'elsewhere' } : others;
}
