/**
 * Organisations whose people vouch. Whoever can modify this table can let one vouch that was paused; each change
 * made in the ordinary way stands in the record, with its reason.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { Kysely } from 'kysely';
import { randomId } from '../random-id.ts';
import type { RegistrarTables } from '../schema.ts';
import { record } from './record.ts';
import { setKeys } from './referee-key-store.ts';
import type { OrganisationKind } from './roles.ts';

export type OrganisationRow = RegistrarTables['organisation'];
export type OrganisationStore = ReturnType<typeof organisationStore>;

export function organisationStore(db: Kysely<RegistrarTables>, clock: Clock) {
  const today = () => dayOf(clock.now());
  return {
    list: (): Promise<OrganisationRow[]> =>
      db.selectFrom('organisation').selectAll().orderBy('name').execute(),

    /** Refuses `not_found`. */
    async find(id: string): Promise<OrganisationRow> {
      const row = await db.selectFrom('organisation').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) throw new Refusal('not_found');
      return row;
    },

    add: (who: string, kind: OrganisationKind, name: string): Promise<string> =>
      db.transaction().execute(async (trx) => {
        const row = { id: randomId(), kind, name, standing: 'active' as const, reason: null, since: today() };
        await trx.insertInto('organisation').values(row).execute();
        await record(trx, today(), who, { kind: 'organisation-added', organisation: row.id, name, of: kind });
        return row.id;
      }),

    /** Nobody of it vouches, here or before a keeper, until it goes on. */
    stand: (who: string, id: string, standing: OrganisationRow['standing'], reason: string): Promise<void> =>
      db.transaction().execute(async (trx) => {
        const moved = await trx
          .updateTable('organisation')
          .set({ standing, reason: standing === 'paused' ? reason : null, since: today() })
          .where('id', '=', id)
          .where('standing', '<>', standing)
          .executeTakeFirst();
        if (moved.numUpdatedRows !== 1n) throw new Refusal('session_state');
        await setKeys(trx, { organisation: id }, standing);
        await record(trx, today(), who, { kind: `organisation-${standing}`, organisation: id, reason });
      }),
  };
}
