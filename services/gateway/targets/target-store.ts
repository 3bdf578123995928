/**
 * Wishes, blocks and knocks. Whoever can modify these tables can undo a block or forge a knock; and cannot learn
 * from them who is who. Only two statements look at a person: the one that records a block, and the one that
 * records a signed knock. Both do the same work whoever it is.
 * Must never: let a person decide what a platform is answered.
 */
import { randomBytes } from 'node:crypto';
import type { ReachView, ReachWishes } from '@answerable/protocol/admission/reach';
import { Refusal } from '@answerable/protocol/refusal';
import { sql } from 'kysely';
import { type Db, locking } from '../store.ts';

/** By one member. */
const blocksMax = 500;
/** Doors that a platform may note for one account in a day, and knocks that its holder may send. */
const doorsPerDayMax = 30;
const knocksPerDayMax = 10;
const listMax = 500;
/** A knock is over after this; who knocked can knock again. */
export const knockDays = 90;
const idBytes = 16;

export type TargetStore = ReturnType<typeof targetStore>;

/** What is known of the way from one account to another: rows of the owner alone, of named accounts alone. */
export interface ReachFacts {
  there: boolean;
  wishes: ReachWishes;
  guarded: boolean;
  named: boolean;
  letIn: boolean;
}

const newId = () => randomBytes(idBytes).toString('base64url');
const nobody: ReachWishes = { reply: false, mention: false, message: false };

export function targetStore(db: Db) {
  return {
    async setWishes(sub: string, wishes: ReachWishes): Promise<void> {
      await db
        .insertInto('reach_wish')
        .values({ sub, ...wishes })
        .onConflict((conflict) => conflict.column('sub').doUpdateSet(wishes))
        .execute();
    },

    /** One statement, always the same one. */
    async facts(platform: string, owner: string, from: string | null): Promise<ReachFacts> {
      const { rows } = await sql<ReachWishes & Omit<ReachFacts, 'wishes'>>`
        select
          exists (select 1 from account where sub = ${owner} and platform = ${platform}
            and closed_day is null) as there,
          coalesce((select reply from reach_wish where sub = ${owner}), false) as reply,
          coalesce((select mention from reach_wish where sub = ${owner}), false) as mention,
          coalesce((select message from reach_wish where sub = ${owner}), false) as message,
          exists (select 1 from block where owner = ${owner}) as guarded,
          exists (select 1 from block where owner = ${owner} and blocked = ${from}) as named,
          exists (select 1 from let_in where owner = ${owner} and sub = ${from}) as "letIn"`.execute(db);
      const { reply, mention, message, ...facts } = rows[0]!;
      return { ...facts, wishes: { reply, mention, message } };
    },

    /** Holds the person behind `blocked` for `owner`. Refuses account_unknown, too_many_requests. */
    block: (platform: string, owner: string, blocked: string, day: string): Promise<void> =>
      locking(db, async (trx) => {
        const mine = trx.selectFrom('account').select('sub').where('sub', '=', owner);
        if (!(await mine.where('platform', '=', platform).forUpdate().executeTakeFirst()))
          throw new Refusal('account_unknown');
        const theirs = trx.selectFrom('account').select('person').where('sub', '=', blocked);
        const found = await theirs.where('platform', '=', platform).executeTakeFirst();
        if (!found) throw new Refusal('account_unknown');
        const count = trx.selectFrom('block').select((eb) => eb.fn.countAll<string>().as('n'));
        const { n } = await count.where('owner', '=', owner).executeTakeFirstOrThrow();
        if (Number(n) >= blocksMax) throw new Refusal('too_many_requests');
        await trx
          .insertInto('block')
          .values({ id: newId(), owner, blocked, person: found.person, day })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await trx.deleteFrom('let_in').where('owner', '=', owner).where('sub', '=', blocked).execute();
        // It goes from the member's list and stays in the other's as it was: they do not see that they are blocked.
        const gone = trx.updateTable('knock').set({ dropped: true });
        await gone.where('owner', '=', owner).where('sub', '=', blocked).execute();
      }),

    async unblock(
      platform: string,
      owner: string,
      by: { blocked: string } | { block: string },
    ): Promise<void> {
      const mine = db.selectFrom('account').select('sub').where('sub', '=', owner);
      const gone = db.deleteFrom('block').where('owner', 'in', mine.where('platform', '=', platform));
      await ('block' in by
        ? gone.where('id', '=', by.block)
        : gone.where('blocked', '=', by.blocked)
      ).execute();
    },

    /** The platform says that `sub` wants to reach `owner`; only `sub` can knock (DIVERGENCES D19). Always the same.  */
    async noteDoor(platform: string, owner: string, sub: string, day: string): Promise<void> {
      await sql`
        insert into knock (id, owner, sub, state, day)
        select ${newId()}, mine.sub, theirs.sub, 'wanted', ${day}::date
          from account mine, account theirs
         where mine.sub = ${owner} and theirs.sub = ${sub} and mine.sub <> theirs.sub
           and mine.platform = ${platform} and theirs.platform = ${platform}
           and (select count(*) from knock where sub = ${sub} and day = ${day}::date) < ${doorsPerDayMax}
        on conflict do nothing`.execute(db);
    },

    /**
     * The holder of `sub` knocks. Whether it is the blocked person's is settled here, in the statement that records
     * it, for good: neither a later block nor a later unblock changes which knocks the member sees.
     */
    knock: (sub: string, id: string, day: string): Promise<void> =>
      locking(db, async (trx) => {
        await trx.selectFrom('account').select('sub').where('sub', '=', sub).forUpdate().execute();
        const sent = trx.selectFrom('knock').select((eb) => eb.fn.countAll<string>().as('n'));
        const today = sent.where('sub', '=', sub).where('state', '<>', 'wanted').where('day', '=', day);
        if (Number((await today.executeTakeFirstOrThrow()).n) >= knocksPerDayMax)
          throw new Refusal('too_many_requests');
        await sql`
          update knock set state = 'sent', day = ${day}::date, dropped = exists (
            select 1 from block, account
             where block.owner = knock.owner and account.sub = knock.sub and block.person = account.person)
           where id = ${id} and sub = ${sub} and state = 'wanted'`.execute(trx);
      }),

    letIn: (owner: string, id: string): Promise<void> =>
      locking(db, async (trx) => {
        const { rows } = await sql<{ sub: string }>`
          delete from knock where id = ${id} and owner = ${owner} and state = 'sent' and not dropped
          returning sub`.execute(trx);
        if (!rows[0]) throw new Refusal('not_found');
        await trx
          .insertInto('let_in')
          .values({ owner, sub: rows[0].sub })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),

    async decline(owner: string, id: string): Promise<void> {
      const { rows } = await sql`
        update knock set state = 'declined'
         where id = ${id} and owner = ${owner} and state = 'sent' and not dropped returning id`.execute(db);
      if (!rows[0]) throw new Refusal('not_found');
    },

    /** All that the holder of `sub` may read of it. */
    async view(sub: string): Promise<ReachView> {
      const wishes = await db
        .selectFrom('reach_wish')
        .select(['reply', 'mention', 'message'])
        .where('sub', '=', sub)
        .executeTakeFirst();
      const listed = await sql<{
        what: string;
        id: string;
        handle: string | null;
        day: string;
        sent: boolean;
      }>`
        select * from (
          (select 'block' as what, block.id, handle, to_char(day, 'YYYY-MM-DD') as day, false as sent
             from block left join account on account.sub = blocked where owner = ${sub}
            order by day desc, id limit ${listMax})
          union all
          (select 'knock', knock.id, handle, to_char(day, 'YYYY-MM-DD'), true
             from knock join account using (sub)
            where owner = ${sub} and state = 'sent' and not dropped order by day desc, id limit ${listMax})
          union all
          (select 'door', knock.id, handle, to_char(day, 'YYYY-MM-DD'), state <> 'wanted'
             from knock join account on account.sub = owner
            where knock.sub = ${sub} order by day desc, id limit ${listMax})
        ) as listed`.execute(db);
      const of = (wanted: string) =>
        listed.rows
          .filter(({ what }) => what === wanted)
          .map(({ id, handle, day, sent }) => ({ id, handle, day, sent }));
      const plain = (wanted: string) => of(wanted).map(({ sent: _, ...one }) => one);
      return {
        wishes: wishes ?? nobody,
        blocks: plain('block'),
        knocks: plain('knock'),
        doors: of('door'),
      };
    },

    /** Knocks from before `day` are over, those that were dropped among them. */
    async sweep(day: string): Promise<void> {
      await db.deleteFrom('knock').where('day', '<', day).execute();
    },
  };
}
