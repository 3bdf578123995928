/** An account as a sign-in and a platform's question meet it: with what holds it, in one statement. */
import type { RawBuilder, SelectType } from 'kysely';
import type { Sanction } from '../policy.ts';
import { namedSanction } from '../sanctions/sanction-store.ts';
import type { Account, Db } from '../store.ts';

const columns = [
  'account.sub',
  'account.platform',
  'account.person',
  'account.slot',
  'account.account_key',
  'account.handle',
  'account.claims',
  'account.closed_day',
  'account.relay',
  'account.named_day',
] as const satisfies readonly `account.${Exclude<keyof Account, 'admission'>}`[];

interface KnownAccount<E> {
  account: Omit<Account, 'admission'>;
  /** of the credential that it was taken in with, where it was asked for */
  epoch: SelectType<E>;
  /** Everything not lifted that holds the person, or one of their accounts. */
  sanctions: Sanction[];
  /** As the platform calls the account from before that this one is; null for one that is new. */
  claimed: string | null;
}

/**
 * In one way to the database and back, without the whole of the admission, and built once: every sign-in asks this
 * several times. `epoch`: null for those who need none, because it is taken out of some kilobytes.
 */
export function knownAccount<E>(db: Db, column: 'account.sub' | 'account.account_key', epoch: RawBuilder<E>) {
  const built = db
    .selectFrom('account')
    .leftJoin('sanction as held', (join) =>
      join.onRef('held.person', '=', 'account.person').on('held.lifted', '=', false),
    )
    .select(columns)
    .select([
      epoch.as('epoch'),
      (eb) =>
        eb
          .selectFrom('legacy_account')
          .select('legacy_account.account')
          .whereRef('legacy_account.sub', '=', 'account.sub')
          .as('claimed'),
      'held.id',
      'held.step',
      'held.until',
      'held.holds',
      'held.starts_at',
      'held.sub as held_sub',
    ])
    .where(column, '=', '')
    .compile();
  const parameters = built.parameters.slice(0, -1);
  return async (value: string): Promise<KnownAccount<E> | undefined> => {
    const query: typeof built = { ...built, parameters: [...parameters, value] };
    const { rows } = await db.executeQuery(query);
    const [found] = rows;
    if (!found) return undefined;
    const { claimed, ...account } = found;
    const sanctions = rows.flatMap(({ id, step, until, holds, starts_at, held_sub }) =>
      id !== null && step !== null && holds !== null && held_sub !== null
        ? [namedSanction({ id, step, until, holds, starts_at, sub: held_sub })]
        : [],
    );
    return { account, epoch: found.epoch, sanctions, claimed };
  };
}
