/**
 * The outbox of tellings: what waits, who has it in hand, what was done and what was left to a person. Whoever can
 * modify this table can leave a platform untold, or have it told again; and cannot make a sanction.
 * Assumes: the same act twice is once at the other side, since a crash after it repeats it.
 */
import type { ActKind } from '@answerable/connector/platform';
import { after } from '@answerable/kit/clock';
import { type Selectable, sql } from 'kysely';
import type { GatewayTables } from '../schema.ts';
import type { Db } from '../store.ts';
import type { Way } from './sanctions-schema.ts';

/** Longer than any telling may take: another gateway takes it after that. */
const leaseSeconds = 30;
const undoneMax = 500;

/** What is told keeps no hour: it would say when somebody was about. */
const withoutTimes = { leased_until: null, since: null, next_at: new Date(0) };

export type Telling = Selectable<GatewayTables['telling']>;
export type TellingStore = ReturnType<typeof tellingStore>;

/** One who is told: an OpenID client, or a platform. Each has workers of its own. */
export interface Target {
  way: Way;
  target: string;
}

export function tellingStore(db: Db) {
  const change = (act: string) => db.updateTable('telling').where('act', '=', act);

  return {
    async targetsDue(now: Date): Promise<Target[]> {
      const waiting = db.selectFrom('telling').select(['way', 'target']).distinct();
      return waiting.where('state', '=', 'pending').where('next_at', '<=', now).execute();
    },

    /** Takes up to `max` that are due, the first of each lane. Two gateways do not take the same. */
    async lease({ way, target }: Target, now: Date, max: number): Promise<Telling[]> {
      const { rows } = await sql<Telling>`
        update telling set leased_until = ${after(now, { seconds: leaseSeconds })}, attempts = attempts + 1,
          since = coalesce(since, ${now})
        where id in (
          select id from telling waiting
          where state = 'pending' and way = ${way} and target = ${target} and next_at <= ${now}
            and (leased_until is null or leased_until <= ${now}) and not exists (
              select 1 from telling earlier
              where earlier.lane = waiting.lane and earlier.state = 'pending' and earlier.id < waiting.id)
          order by id limit ${max} for update skip locked
        ) returning *`.execute(db);
      return rows;
    },

    finish: (act: string, state: 'done' | 'undone', code: string | null, could: string) =>
      change(act)
        .set({ state, code, could, ...withoutTimes })
        .where('state', '=', 'pending')
        .execute(),

    postpone: (act: string, next_at: Date, code: string) =>
      change(act).set({ next_at, code, leased_until: null }).where('state', '=', 'pending').execute(),

    /** Makes everything that waits due: after a start, settings may be other than they were. */
    resume: (now: Date) =>
      db
        .updateTable('telling')
        .set({ next_at: now })
        .where('state', '=', 'pending')
        .where('next_at', '>', now)
        .execute(),

    /** What a person has to do at a platform, and what waits for something that a person can mend. */
    undone: () =>
      db
        .selectFrom('telling')
        .leftJoin('account', 'account.sub', 'telling.sub')
        .leftJoin('legacy_account as earlier', (join) =>
          join.onRef('earlier.platform', '=', 'target').onRef('earlier.account', '=', 'telling.legacy'),
        )
        .where((is) => is.or([is('account.sub', 'is not', null), is('earlier.account', 'is not', null)]))
        .select(['act', 'way', 'kind', 'sanction'])
        .select((is) => [
          is.fn.coalesce('telling.legacy', 'telling.sub').$notNull().as('sub'),
          is.fn.coalesce('account.platform', 'target').$notNull().as('platform'),
          is.fn.coalesce('account.handle', 'earlier.handle').$notNull().as('handle'),
        ])
        .select(['state', 'attempts', 'since', 'code', 'could'])
        .where((is) =>
          is.or([
            is('state', '=', 'undone'),
            is.and([is('state', '=', 'pending'), is('code', 'is not', null)]),
          ]),
        )
        // What a sanction left undone first, however many accounts from before there are.
        .orderBy(sql`way = 'claim'`)
        .orderBy('telling.id')
        .limit(undoneMax)
        .execute(),

    /** A person has done it by hand. False if it waits for nobody. */
    async tickOff(act: string): Promise<boolean> {
      const done = await change(act)
        .set({ state: 'done', code: 'by-hand' })
        .where('state', '=', 'undone')
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },

    /** Whether something of this sanction, or of these accounts, is due and not told yet. */
    async isWaiting(subs: readonly string[], now: Date): Promise<boolean> {
      if (subs.length === 0) return false;
      const found = await db
        .selectFrom('telling')
        .select('id')
        .where('sub', 'in', [...subs])
        .where('state', '=', 'pending')
        .where('next_at', '<=', now)
        .executeTakeFirst();
      return found !== undefined;
    },

    ofSanction: (sanction: string): Promise<Telling[]> =>
      db.selectFrom('telling').selectAll().where('sanction', '=', sanction).orderBy('id').execute(),

    /** The newest act of these kinds for each of these accounts; what holds there now was said by it. */
    newestActs: (subs: readonly string[], kinds: readonly ActKind[]): Promise<Telling[]> =>
      subs.length === 0 || kinds.length === 0
        ? Promise.resolve([])
        : db
            .selectFrom('telling')
            .selectAll()
            .distinctOn('sub')
            .where('sub', 'in', [...subs])
            .where('way', '=', 'act')
            .where('kind', 'in', [...kinds])
            .orderBy('sub')
            .orderBy('id', 'desc')
            .execute(),
  };
}
