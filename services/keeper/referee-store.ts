/**
 * Referees as the registrar named them. Whoever can modify these tables can let somebody else's passkey count as a
 * referee's: each use still costs a counted try, for a record on whose list the organisation stands.
 */
import { addCount } from '@answerable/kit/daily-count';
import { inTransaction } from '@answerable/kit/database';
import type { RefereeKeyMessage } from '@answerable/protocol/enrolment/referee-word';
import type { Kysely } from 'kysely';
import type { KeeperTables } from './schema.ts';

export type RefereeStore = ReturnType<typeof refereeStore>;

export function refereeStore(db: Kysely<KeeperTables>) {
  return {
    /** Takes a newer word about a key; an older one, or one about a removed key, changes nothing. */
    take: (said: RefereeKeyMessage, day: string): Promise<void> =>
      inTransaction(db, async (trx) => {
        const { credential, organisation, publicKey: public_key, standing, change } = said;
        const kept = await trx
          .selectFrom('referee_key')
          .selectAll()
          .where('credential', '=', credential)
          .executeTakeFirst();
        if (kept && (kept.standing === 'removed' || kept.change >= change)) return;
        if (kept)
          await trx
            .updateTable('referee_key')
            .set({ standing, change })
            .where('credential', '=', credential)
            .execute();
        else
          await trx
            .insertInto('referee_key')
            .values({ credential, organisation, public_key, standing, change })
            .execute();
        const [was, is] = [kept?.standing === 'active', standing === 'active'];
        if (was !== is)
          await addCount<KeeperTables>(trx, day, is ? 'referee-keys-added' : 'referee-keys-removed');
      }),

    /** The key of a referee whose word counts now. */
    active: (credential: string) =>
      db
        .selectFrom('referee_key')
        .select(['organisation', 'public_key'])
        .where('credential', '=', credential)
        .where('standing', '=', 'active')
        .executeTakeFirst(),

    /**
     * False if this counter of this passkey came with another word: two devices with one key. People who were
     * vouched for one after another may come in any order, so a lower counter alone is no fault.
     */
    async isCounterNew(credential: string, counter: number, token: string, day: string): Promise<boolean> {
      if (counter === 0) return true;
      await db
        .insertInto('referee_counter')
        .values({ credential, counter, token, day })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const kept = await db
        .selectFrom('referee_counter')
        .select('token')
        .where('credential', '=', credential)
        .where('counter', '=', counter)
        .executeTakeFirst();
      return kept?.token === token;
    },
  };
}

/** How many referees' keys count now, for the census; and what was kept for a day goes with it. */
export async function closeRefereeDay(
  trx: Kysely<KeeperTables>,
  day: string,
): Promise<Record<string, number>> {
  await trx.deleteFrom('referee_counter').where('day', '<', day).execute();
  const row = await trx
    .selectFrom('referee_key')
    .select((column) => column.fn.countAll<number>().as('count'))
    .where('standing', '=', 'active')
    .executeTakeFirstOrThrow();
  return row.count === 0 ? {} : { 'referee-keys': row.count };
}
