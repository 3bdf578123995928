/** What the holder of an account says with the account key about who may reach them, and when they knock. */
import { after, dayOf } from '@answerable/kit/clock';
import { type ReachCall, type ReachView, reachCalls } from '@answerable/protocol/admission/reach';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayParts } from '../parts.ts';
import { refusalOf, standingOf } from '../policy.ts';
import type { Account } from '../store.ts';
import { knockDays } from './target-store.ts';

const kinds: readonly string[] = reachCalls.map(({ shape }) => shape.kind.value);

export const isReachCall = (call: { kind: string }): call is ReachCall => kinds.includes(call.kind);

/** The view after every call: what was asked for shows in it, and of a knock only that it was sent. */
export async function answerReach(
  account: Account,
  call: ReachCall,
  parts: GatewayParts,
): Promise<ReachView> {
  const { targets, clock } = parts;
  const { sub, platform } = account;
  if (call.kind === 'wishes') await targets.setWishes(sub, call.wishes);
  if (call.kind === 'let-in') await targets.letIn(sub, call.knock);
  if (call.kind === 'decline') await targets.decline(sub, call.knock);
  if (call.kind === 'unblock') await targets.unblock(platform, sub, { block: call.block });
  if (call.kind === 'knock') {
    await requireActive(account, parts);
    await targets.knock(sub, call.knock, dayOf(clock.now()));
  }
  return targets.view(sub);
}

/** Of the own standing alone: the same whoever's door it is. */
async function requireActive(account: Account, { store, clock }: GatewayParts): Promise<void> {
  if (account.closed_day !== null) throw new Refusal('account_closed');
  const sanctions = await store.sanctionsOf(account);
  const refusal = refusalOf(standingOf(sanctions, clock.now().toISOString(), account.sub).standing);
  if (refusal) throw new Refusal(refusal);
}

/** Upkeep. */
export const sweepKnocks = ({ targets, clock }: Pick<GatewayParts, 'targets' | 'clock'>): Promise<void> =>
  targets.sweep(dayOf(after(clock.now(), { days: -knockDays })));
