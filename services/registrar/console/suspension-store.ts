/**
 * Who wants which record suspended, or let go on, and who agreed (PROTOCOL §3.8). A death is one person's word, since
 * it is undone as easily; a fraud and every lifting take two. Whoever can modify the table can stand in for the
 * first of the two; the record of the console then lacks a line.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, sql, type Transaction } from 'kysely';
import { lift, suspend } from '../record-standing.ts';
import type { RegistrarTables } from '../schema.ts';
import { record } from './record.ts';

export type Wish = Pick<RegistrarTables['suspension_wish'], 'wish' | 'reason'>;
type Who = { id: string; name: string };
type Trx = Transaction<RegistrarTables>;

export type SuspensionStore = ReturnType<typeof suspensionStore>;
/** Of a record's key R, this much stands in the console's record. */
const mark = (recordPoint: string): string => recordPoint.slice(0, 8);

export function suspensionStore(db: Kysely<RegistrarTables>) {
  const held = <T>(recordPoint: string, work: (trx: Trx, recordId: string) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => {
      const key = await trx
        .selectFrom('record_key')
        .select('record_id')
        .where('record_point', '=', recordPoint)
        .executeTakeFirst();
      if (!key) throw new Refusal('person_unknown');
      await sql`select pg_advisory_xact_lock(hashtextextended(${`standing ${key.record_id}`}, 0))`.execute(
        trx,
      );
      return work(trx, key.record_id);
    });
  const act = async (trx: Trx, recordId: string, { wish, reason }: Wish, day: string) => {
    if (wish === 'suspend') await suspend(trx, recordId, { reason, day });
    else await lift(trx, recordId, day);
    await trx.deleteFrom('suspension_wish').where('record_id', '=', recordId).execute();
  };

  return {
    /** Does it, or has it wait for a second person. True if it is done. Refuses `same_decider`, `session_state`. */
    say: (recordPoint: string, { wish, reason }: Wish, who: Who, day: string): Promise<boolean> =>
      held(recordPoint, async (trx, recordId) => {
        const body = { kind: `${wish}-said`, reason, record: mark(recordPoint) };
        await record(trx, day, who.name, body);
        const first = await trx
          .selectFrom('suspension_wish')
          .selectAll()
          .where('record_id', '=', recordId)
          .executeTakeFirst();
        const alone = wish === 'suspend' && reason === 'death';
        const agreed = first?.wish === wish && first.reason === reason;
        if (!alone && agreed && first.staff_id === who.id) throw new Refusal('same_decider');
        if (alone || agreed) {
          await act(trx, recordId, { wish, reason }, day);
          return true;
        }
        const row = { record_id: recordId, wish, reason, staff_id: who.id, day };
        await trx
          .insertInto('suspension_wish')
          .values(row)
          .onConflict((conflict) => conflict.column('record_id').doUpdateSet(row))
          .execute();
        return false;
      }),

    async withdraw(recordPoint: string, who: Who, day: string): Promise<void> {
      await held(recordPoint, async (trx, recordId) => {
        await trx.deleteFrom('suspension_wish').where('record_id', '=', recordId).execute();
        await record(trx, day, who.name, { kind: 'wish-withdrawn', record: mark(recordPoint) });
      });
    },

    /** What waits for a second person. */
    waiting: () =>
      db
        .selectFrom('suspension_wish')
        .innerJoin('record_key', 'record_key.record_id', 'suspension_wish.record_id')
        .innerJoin('staff', 'staff.id', 'suspension_wish.staff_id')
        .select(['record_point', 'wish', 'reason', 'day', 'staff.name', 'staff.id as staff_id'])
        .where('current', '=', true)
        .orderBy('day')
        .limit(200)
        .execute(),
  };
}
