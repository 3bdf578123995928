/**
 * To leave (PROTOCOL §3.8): asked for, and said again after the wait; any device of the person can stop it
 * meanwhile. What the wallet can close it closes: the accounts at every place of the trust policy. Those it finds
 * by their keys, which follow from the secret; a place learns of its own accounts only.
 */
import { SLOT_MAX } from '@answerable/core/presentation/account';
import { type EndResponse, type EndStep, endResponse } from '@answerable/protocol/enrolment/record-life';
import { Refusal } from '@answerable/protocol/refusal';
import { closeAccount } from './account-calls.ts';
import type { WalletParts } from './parts.ts';
import { callRecord } from './record-call.ts';

/** `ask`, `confirm` after the wait, or `veto`. Refuses `end_unasked`, `end_waiting`, `record_suspended`. */
export const endRecord = (parts: WalletParts, step: EndStep): Promise<EndResponse> =>
  callRecord(parts, '/record/end', { act: 'end' as const, step }, endResponse);

export interface ClosedAccounts {
  /** How many accounts at each place. */
  closed: { platform: string; accounts: number }[];
  /** Gateways that did not answer, by name: their accounts are as they were. */
  silent: string[];
}

/** Closes every account of this person at every place. */
export async function closeAccounts(parts: WalletParts): Promise<ClosedAccounts> {
  const result: ClosedAccounts = { closed: [], silent: [] };
  for (const gateway of parts.policy.gateways)
    for (const platform of gateway.platforms) {
      const ended = await closeAt(parts, gateway.name, platform);
      if (ended === undefined) result.silent.push(gateway.name);
      else if (ended > 0) result.closed.push({ platform, accounts: ended });
    }
  return { ...result, silent: [...new Set(result.silent)] };
}

async function closeAt(parts: WalletParts, gateway: string, platform: string): Promise<number | undefined> {
  let closed = 0;
  for (let slot = 1; slot <= SLOT_MAX; slot++) {
    try {
      await closeAccount(parts, { gateway, platform, slot });
      closed += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'unavailable') return undefined;
      // No such account, or closed before: nothing to do.
    }
  }
  return closed;
}
