/** What follows from what: pure rules of a gateway, without database, clock or network (PROTOCOL §4.3, §5). */
import type { InboxResponse } from '@answerable/protocol/admission/account-call';
import type { RefusalCode } from '@answerable/protocol/refusal';
import type { LadderStep } from '@answerable/protocol/report/sanction';
import { epochAt, type TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Claims } from './schema.ts';

export type Standing = InboxResponse['standing'];

export interface Sanction {
  step: LadderStep;
  until: string | null;
  /** The account it holds; null for the whole person here. */
  account: string | null;
  /** the day or instant at which it begins; at once without */
  from?: string | null;
}

export interface AccountStanding {
  sub: string;
  handle: string;
  claims: Claims;
  closed_day: string | null;
  /** since when the person lets the platform be told their name; null or absent: not */
  named_day?: string | null;
  /** the address made for this account, where its platform insists on one */
  email?: string | undefined;
}

const ranks: Record<LadderStep, number> = { warn: 1, restrict: 2, suspend: 3, bar: 4 };
const standings = ['good', 'warned', 'restricted', 'suspended', 'barred'] as const;

/**
 * Whether a sanction holds at an instant; a day (UTC) is its first. `until` ends suspend and restrict; for a bar it
 * asks for review.
 */
export function inForce({ step, until, from }: Sanction, at: string): boolean {
  const instant = Date.parse(at);
  const begun = from == null || Date.parse(from) <= instant;
  const ends = (step === 'suspend' || step === 'restrict') && until !== null;
  return begun && !(ends && Date.parse(until) <= instant);
}

/** The gravest of what holds now. Without `account`: what holds the person. */
export function standingOf(
  sanctions: readonly Sanction[],
  at: string,
  account?: string,
): { standing: Standing; until: string | null } {
  const holding = sanctions
    .filter((sanction) => sanction.account === null || sanction.account === account)
    .filter((sanction) => inForce(sanction, at))
    .sort((a, b) => ranks[b.step] - ranks[a.step] || (b.until ?? '').localeCompare(a.until ?? ''));
  const gravest = holding[0];
  return { standing: standings[gravest ? ranks[gravest.step] : 0]!, until: gravest?.until ?? null };
}

/** Whom a gateway does not let in; undefined: come in. */
export function refusalOf(standing: Standing): RefusalCode | undefined {
  if (standing === 'barred') return 'barred';
  if (standing === 'suspended') return 'suspended';
  return standing === 'closed' ? 'account_closed' : undefined;
}

export interface Taken {
  slots: readonly number[];
  /** k */
  accountsMax: number;
}

/** Whether a person who may come in may have the account `slot`. */
export function refusalOfSlot(slot: number, { slots, accountsMax }: Taken): RefusalCode | undefined {
  if (slots.includes(slot)) return 'slot_taken';
  return slots.length >= accountsMax || slot > accountsMax ? 'accounts_exhausted' : undefined;
}

/** The current epoch counts, and the one before it for the time of grace. */
export function epochAccepted(policy: TrustPolicy, epoch: number, nowMs: number): boolean {
  return epoch === epochAt(policy, nowMs) || epoch === epochAt(policy, nowMs - policy.graceSeconds * 1000);
}

/** What the platform is told of an account that may come in; undefined for one that may not. */
export function platformClaims(
  account: AccountStanding,
  sanctions: readonly Sanction[],
  now: Date,
): Record<string, unknown> | undefined {
  if (account.closed_day !== null) return undefined;
  const { standing } = standingOf(sanctions, now.toISOString(), account.sub);
  if (refusalOf(standing)) return undefined;
  const { sub, handle, claims: all, email } = account;
  const { name, ...flags } = all;
  const claims = name && account.named_day ? { ...flags, name } : flags;
  // Some platforms take an address only if this is the boolean true.
  const address = email === undefined ? {} : { email, email_verified: true };
  return { sub, preferred_username: handle, answerable: true, standing, ...claims, ...address };
}

const yesNo = ['over_13', 'over_16', 'over_18', 'reset_recent'] as const;
const words = ['residence', 'assurance', 'name'] as const;

/** Disclosed attributes as claims: yes and no become true and false, an empty name is left out. */
export function claimsOf(disclosed: Readonly<Record<string, string>>): Claims {
  const claims: Claims = {};
  for (const field of yesNo) if (disclosed[field] !== undefined) claims[field] = disclosed[field] === 'yes';
  for (const field of words) if (disclosed[field]) claims[field] = disclosed[field];
  return claims;
}
