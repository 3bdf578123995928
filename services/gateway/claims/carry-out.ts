/**
 * Carries out at a platform what the last day of a claim brings to accounts that nobody attached: puts one act for
 * each into the outbox of tellings, in the transaction that ends the claim, under an id that follows from the account.
 * The platform's own name of the account goes with it, for it has no `sub` here.
 * Must never: queue an act for an account that was attached, or a second one for the same account.
 */
import { foreignSub } from '@answerable/connector/foreign-name';
import type { ActKind } from '@answerable/connector/platform';
import type { AfterClaim } from '@answerable/protocol/platform-policy';
import type { PlatformConfig } from '../config.ts';
import { derivedId, type NewTelling, put } from '../sanctions/queue-tellings.ts';
import type { Trx } from '../store.ts';

const batchMax = 1_000;

/** Who does it at the platform; nobody, where accounts stay as they are. */
export const carriers = ['gateway', 'platform', 'nobody'] as const;
export type Carrier = (typeof carriers)[number];

type Connected = Pick<PlatformConfig, 'kind' | 'connector'>;

export function carrierOf({ kind, connector }: Connected, afterwards: AfterClaim): Carrier {
  if (afterwards === 'stays-open') return 'nobody';
  if (!connector || kind === 'bluesky' || connector.kind === 'by-hand') return 'platform';
  // Mastodon limits an account, which goes on posting to those who follow it: that is not what was announced.
  return connector.kind === 'mastodon' && afterwards === 'read-only' ? 'platform' : 'gateway';
}

const kinds: Record<Exclude<AfterClaim, 'stays-open'>, ActKind> = {
  'read-only': 'restrict-account',
  locked: 'suspend-account',
};
const notices: Record<Exclude<AfterClaim, 'stays-open'>, string> = {
  'read-only': 'Nobody attached this account to a person in time. It can read, and no more.',
  locked: 'Nobody attached this account to a person in time. It is locked; everything in it is kept.',
};

export async function queueEnds(
  trx: Trx,
  platform: Pick<PlatformConfig, 'name' | 'connector'>,
  accounts: readonly string[],
  afterwards: Exclude<AfterClaim, 'stays-open'>,
): Promise<void> {
  const { name, connector } = platform;
  for (let from = 0; from < accounts.length; from += batchMax)
    await put(
      trx,
      accounts.slice(from, from + batchMax).map(
        (account): NewTelling => ({
          act: derivedId(JSON.stringify(['claim', name, account])),
          way: 'claim',
          target: name,
          sub: foreignSub(connector?.name ?? name, account),
          legacy: account,
          sanction: null,
          kind: kinds[afterwards],
          notice: notices[afterwards],
        }),
      ),
    );
}
