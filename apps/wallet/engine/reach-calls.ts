/**
 * Who may reach an account, and the life of the account itself, as its holder says it to the gateway: wishes,
 * knocks, blocks (spec/targets.md); a copy of all that is kept, the name, more for an appeal (spec/accounts.md).
 */
import { callAccepted } from '@answerable/protocol/admission/account-call';
import { type AccountExport, accountExport } from '@answerable/protocol/admission/account-export';
import { type ReachCall, type ReachView, reachView } from '@answerable/protocol/admission/reach';
import { type AccountAt, callAccount } from './account-calls.ts';
import type { WalletParts } from './parts.ts';

/** The view after `call`, whatever it asked for. */
export const sayReach = (parts: WalletParts, at: AccountAt, call: ReachCall): Promise<ReachView> =>
  callAccount(parts, at, call, reachView);

export const exportAccount = (parts: WalletParts, at: AccountAt): Promise<AccountExport> =>
  callAccount(parts, at, { kind: 'export' }, accountExport);

export async function tellName(parts: WalletParts, at: AccountAt, tell: boolean): Promise<void> {
  await callAccount(parts, at, { kind: 'named', tell }, callAccepted);
}

export async function addEvidence(
  parts: WalletParts,
  at: AccountAt,
  what: { caseId: string; words: string },
): Promise<void> {
  await callAccount(parts, at, { kind: 'evidence', ...what }, callAccepted);
}
