/** What a holder does with the account itself: take a copy of all that is kept, tell the name or stop telling it. */
import { dayOf } from '@answerable/kit/clock';
import type { AccountExport } from '@answerable/protocol/admission/account-export';
import type { GatewayParts } from '../parts.ts';
import type { Account } from '../store.ts';
import { exportAccount } from './export-account.ts';

export const giveExport = (account: Account, parts: GatewayParts): Promise<AccountExport> =>
  exportAccount(account, parts);

/** From the next sign-in on. What the platform was told before stays with it. */
export async function tellName(account: Account, tell: boolean, { accounts, clock }: GatewayParts) {
  await accounts.setNamed(account.sub, tell ? dayOf(clock.now()) : null);
  return { ok: true } as const;
}

/** Upkeep. */
export async function eraseClosed({ accounts, clock }: Pick<GatewayParts, 'accounts' | 'clock'>) {
  await accounts.eraseClosed(dayOf(clock.now()));
}
