/**
 * What waits for two people to look, and what they said. Evidence is sealed under the registrar's key at rest and
 * goes with its session, which is over after some days. Whoever can modify these tables can settle a case alone;
 * the record of the console then lacks two lines.
 */
import { addCount } from '@answerable/kit/daily-count';
import { uniqueViolation } from '@answerable/kit/database';
import type { ReviewVerdict } from '@answerable/protocol/enrolment/review';
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, sql } from 'kysely';
import type { RegistrarTables } from '../schema.ts';
import { record } from './record.ts';

const agreeing = 2;
const shownMax = 200;

export type ReviewRow = RegistrarTables['review'];
export type ReviewStore = ReturnType<typeof reviewStore>;

export function reviewStore(db: Kysely<RegistrarTables>) {
  return {
    /** The session waits for people from now on; again changes nothing. */
    begin: (row: Omit<ReviewRow, 'verdict'>, expires: Date): Promise<void> =>
      db.transaction().execute(async (trx) => {
        const moved = await trx
          .updateTable('session')
          .set({ state: 'review', expires })
          .where('id', '=', row.session_id)
          .where('state', '=', 'proven')
          .executeTakeFirst();
        if (moved.numUpdatedRows !== 1n) throw new Refusal('session_state');
        await trx
          .insertInto('review')
          .values({ ...row, verdict: null })
          .execute();
        await addCount<RegistrarTables>(trx, row.day, 'reviews');
      }),

    find: (session: string): Promise<ReviewRow | undefined> =>
      db.selectFrom('review').selectAll().where('session_id', '=', session).executeTakeFirst(),

    /** Two said that this is somebody else: the session goes on as if it had just been proven. */
    goOn: (session: string, expires: Date): Promise<void> =>
      db.transaction().execute(async (trx) => {
        await trx
          .updateTable('session')
          .set({ state: 'proven', expires })
          .where('id', '=', session)
          .where('state', '=', 'review')
          .execute();
        await trx.deleteFrom('review').where('session_id', '=', session).execute();
      }),

    /** What was shown is not needed any more. */
    async erase(session: string): Promise<void> {
      await db.updateTable('review').set({ sealed: null }).where('session_id', '=', session).execute();
    },

    /** What waits, oldest first, without what this reviewer has judged. */
    waitingFor: (staffId: string, now: Date) =>
      db
        .selectFrom('review')
        .innerJoin('session', 'session.id', 'review.session_id')
        .select(['session_id', 'review.day'])
        .where('verdict', 'is', null)
        .where('session.expires', '>', now)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('review_word')
                .select('staff_id')
                .whereRef('review_word.session_id', '=', 'review.session_id')
                .where('staff_id', '=', staffId),
            ),
          ),
        )
        .orderBy('review.day')
        .limit(shownMax)
        .execute(),

    /**
     * One reviewer's word; nobody sees another's before. Settled once two say the same. Refuses `same_decider` for
     * a second word of one person, `already_decided`.
     */
    judge: (
      session: string,
      {
        staff,
        verdict,
        reason,
        day,
      }: {
        staff: { id: string; name: string };
        verdict: ReviewVerdict;
        reason: string;
        day: string;
      },
    ): Promise<void> =>
      db
        .transaction()
        .execute(async (trx) => {
          await sql`select pg_advisory_xact_lock(hashtextextended(${`review ${session}`}, 0))`.execute(trx);
          const row = await trx
            .selectFrom('review')
            .select('verdict')
            .where('session_id', '=', session)
            .executeTakeFirst();
          if (!row) throw new Refusal('not_found');
          if (row.verdict !== null) throw new Refusal('already_decided');
          const word = { session_id: session, staff_id: staff.id, verdict, reason, day };
          await trx.insertInto('review_word').values(word).execute();
          const said = await trx
            .selectFrom('review_word')
            .select('staff_id')
            .where('session_id', '=', session)
            .where('verdict', '=', verdict)
            .execute();
          await record(trx, day, staff.name, {
            kind: 'reviewed',
            review: session.slice(0, 6),
            verdict,
            reason,
          });
          if (said.length < agreeing) return;
          await trx.updateTable('review').set({ verdict }).where('session_id', '=', session).execute();
          await addCount<RegistrarTables>(trx, day, `reviewed-${verdict}`);
        })
        .catch((error) => {
          throw uniqueViolation(error) ? new Refusal('same_decider') : error;
        }),
  };
}
