/**
 * What an account is exported from, and what of it is erased when its time is over (spec/accounts.md). Whoever can
 * modify these tables can erase too early or never; and cannot bring back what went.
 * Must never: free a handle, a slot that a sanction holds, or a person whom one holds.
 */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { forgetSub } from '../bluesky/store.ts';
import type { GatewayTables } from '../schema.ts';
import { type Account, type Db, locking, type Trx } from '../store.ts';

/** In one round of upkeep. */
const erasedPerRoundMax = 200;
const signInsMax = 4000;
/** Where the policy that an account was taken in under does not say. */
export const closedDaysDefault = 365;

export type AccountStore = ReturnType<typeof accountStore>;

export const handleHash = (handle: string): string => createHash('sha256').update(handle).digest('base64url');

const closedDays = sql<number>`coalesce(
  (admission -> 'request' -> 'platformPolicy' -> 'retention' ->> 'closedDays')::int, ${closedDaysDefault})`;

export function accountStore(db: Db) {
  return {
    /** Consent to tell the name, or its end. The first day of a consent stands. */
    async setNamed(sub: string, day: string | null): Promise<void> {
      const set = day === null ? sql`null` : sql`coalesce(named_day, ${day}::date)`;
      await sql`update account set named_day = ${set} where sub = ${sub} and closed_day is null`.execute(db);
    },

    async signInDays(sub: string): Promise<string[]> {
      const days = db.selectFrom('sign_in').select('day').where('sub', '=', sub);
      return (await days.orderBy('day', 'desc').limit(signInsMax).execute()).map(({ day }) => day);
    },

    /** Of the account and of its person here, lifted ones too. */
    sanctionsAll: ({ person, sub }: Pick<Account, 'person' | 'sub'>) =>
      db
        .selectFrom('sanction')
        .select(['step', 'holds', 'until', 'lifted'])
        .where('person', '=', person)
        .where((eb) => eb.or([eb('holds', '=', 'person'), eb('sub', '=', sub)]))
        .execute(),

    /**
     * Erases closed accounts whose time is over, each in a transaction of its own; several gateways on one database
     * share the work. An account under disclosure stays until the notice of every case about it was due.
     */
    async eraseClosed(today: string): Promise<number> {
      let erased = 0;
      while (erased < erasedPerRoundMax && (await eraseOne(db, today))) erased += 1;
      await forgetPersons(db, today);
      return erased;
    },
  };
}

const eraseOne = (db: Db, today: string): Promise<boolean> =>
  locking(db, async (trx) => {
    const { rows } = await sql<{ sub: string; platform: string; handle: string; slot: number }>`
      select sub, platform, handle, slot from account
       where closed_day is not null and closed_day + ${closedDays} <= ${today}::date
         and not exists (select 1 from filing where filing.sub = account.sub
           and left(filed -> 'filing' -> 'message' ->> 'noticeDay', 10) >= ${today})
       order by closed_day limit 1 for update skip locked`.execute(trx);
    const [account] = rows;
    if (!account) return false;
    const { sub, platform, handle, slot } = account;
    await trx
      .insertInto('handle_gone')
      .values({ platform, hash: handleHash(handle) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await sql`update sanction set slot = ${slot} where sub = ${sub} and holds = 'account'`.execute(trx);
    for (const table of ['inbox', 'sign_in', 'telling', 'account_hold', 'filing'] as const)
      await trx.deleteFrom(table).where('sub', '=', sub).execute();
    const there = [`account/${sub}`, `account/${sub} restricted`];
    await trx.deleteFrom('connector_name').where('locator', 'in', there).execute();
    await trx.deleteFrom('connector_before').where('target', 'in', there).execute();
    await trx.deleteFrom('oidc_state').where('account', '=', sub).execute();
    await forgetSub(trx, sub);
    // Wishes, blocks, knocks and whoever was let in go with it.
    await trx.deleteFrom('account').where('sub', '=', sub).execute();
    return true;
  });

/** A person without accounts, whom no sanction holds any more and no member has blocked. */
async function forgetPersons(db: Kysely<GatewayTables>, today: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string }>`
      select id from person
       where not exists (select 1 from account where account.person = person.id)
         and not exists (select 1 from block where block.person = person.id)
         and not exists (select 1 from sanction where sanction.person = person.id and not lifted
           and (step = 'bar' or (step in ('suspend', 'restrict') and (until is null or until > ${today}::date))))
       limit ${erasedPerRoundMax} for update skip locked`.execute(trx);
    const gone = rows.map(({ id }) => id);
    if (gone.length === 0) return;
    for (const table of ['sanction', 'case_number', 'presented'] as const)
      await trx.deleteFrom(table).where('person', 'in', gone).execute();
    await trx.deleteFrom('person').where('id', 'in', gone).execute();
  });
}

/** Slots that sanctions hold though the accounts in them are gone. */
export async function slotsHeld(trx: Trx, person: string, today: string): Promise<number[]> {
  const { rows } = await sql<{ slot: number }>`
    select slot from sanction where person = ${person} and slot is not null and not lifted
       and (step = 'bar' or (step in ('suspend', 'restrict') and (until is null or until > ${today}::date)))`.execute(
    trx,
  );
  return rows.map(({ slot }) => slot);
}

/** Whether the handle was that of an account that is gone. */
export async function isHandleGone(trx: Trx, platform: string, handle: string): Promise<boolean> {
  const gone = trx.selectFrom('handle_gone').select('hash').where('platform', '=', platform);
  return (await gone.where('hash', '=', handleHash(handle)).executeTakeFirst()) !== undefined;
}
