/**
 * Sessions on their way from sign-in to record. Whoever can modify this table can end sessions, and cannot make
 * one whose evidence was not given: what was shown is in memory (evidence-shelf.ts), bound to a wallet's key.
 */
import { addCount } from '@answerable/kit/daily-count';
import type { Kysely } from 'kysely';
import type { RegistrarTables } from './schema.ts';

export type SessionRow = RegistrarTables['session'];

export function sessionQueries(db: Kysely<RegistrarTables>) {
  return {
    async addSession(row: SessionRow): Promise<void> {
      await db.insertInto('session').values(row).execute();
    },

    /** The session that this login state belongs to; a state is good once. */
    async takeLogin(loginState: string, now: Date): Promise<SessionRow | undefined> {
      return db
        .updateTable('session')
        .set({ login_state: null })
        .where('login_state', '=', loginState)
        .where('state', '=', 'begun')
        .where('expires', '>', now)
        .returningAll()
        .executeTakeFirst();
    },

    session(id: string, now: Date): Promise<SessionRow | undefined> {
      return db
        .selectFrom('session')
        .selectAll()
        .where('id', '=', id)
        .where('expires', '>', now)
        .executeTakeFirst();
    },

    async markProven(id: string): Promise<void> {
      await db
        .updateTable('session')
        .set({ state: 'proven' })
        .where('id', '=', id)
        .where('state', '=', 'begun')
        .execute();
    },

    /** A second way to the provider, for a session whose first came back. */
    async renewLogin(id: string, loginState: string): Promise<void> {
      await db
        .updateTable('session')
        .set({ login_state: loginState })
        .where('id', '=', id)
        .where('state', '=', 'begun')
        .execute();
    },

    /** Ends a session that made no record yet. */
    async endOpenSession(id: string): Promise<void> {
      await db.deleteFrom('session').where('id', '=', id).where('state', 'in', ['begun', 'proven']).execute();
    },

    /** Forgets sessions that are over, and counts those in which somebody was recognised and nothing followed. */
    async sweepSessions(now: Date, day: string): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const over = await trx.deleteFrom('session').where('expires', '<=', now).returning('state').execute();
        const unfinished = over.filter(({ state }) => state === 'proven').length;
        if (unfinished > 0) await addCount<RegistrarTables>(trx, day, 'sessions-unfinished', unfinished);
      });
    },
  };
}
