/**
 * What the desk's cases leave here: numbers of persons within a case, words for holders, filings.
 * Whoever can modify these tables can file a case (guardians verify it whole and
 * the log shows it); and cannot open one.
 */
import { randomInt } from 'node:crypto';
import { putInOutbox } from '@answerable/kit/log-outbox';
import type { InboxItem } from '@answerable/protocol/admission/account-call';
import type { FiledCase } from '@answerable/protocol/disclosure/filing';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import type { InboxRequest } from '@answerable/protocol/report/sanction';
import { sql } from 'kysely';
import type { GatewayTables } from './schema.ts';
import { type Db, locking, type Trx } from './store.ts';

/** Numbers are drawn from 1 to this: no order, and the same person has another one in another case. */
const personNumberMax = 9_999;

export type CaseStore = ReturnType<typeof caseStore>;

export function caseStore(db: Db) {
  return {
    /** For each known `sub` the number of its person within the case. */
    numberPersons: (caseId: string, subs: readonly string[]) =>
      locking(db, async (trx) => {
        if (subs.length === 0) return [];
        const accounts = await trx
          .selectFrom('account')
          .select(['sub', 'person'])
          .where('sub', 'in', [...subs])
          .execute();
        const numbers = await numbersIn(trx, caseId);
        for (const { person } of accounts)
          if (!numbers.has(person)) numbers.set(person, await draw(trx, caseId, person));
        return accounts.map(({ sub, person }) => ({ sub, person: numbers.get(person)! }));
      }),

    writeInbox: ({ message, sub, holds, item }: InboxRequest) =>
      locking(db, async (trx) => {
        const person = await lockPersonOf(trx, sub);
        const accounts = await accountsHeld(trx, person, holds, sub);
        for (const account of accounts) await write(trx, message, account.sub, item);
        return accounts.length;
      }),

    /** The latest sign-in up to `day`: it joins what was posted on that day to the admission. */
    coveringSignIn: (sub: string, day: string) =>
      db
        .selectFrom('sign_in')
        .select(['request_hash', 'day', 'signature'])
        .where('sub', '=', sub)
        .where('day', '<=', day)
        .orderBy('day', 'desc')
        .limit(1)
        .executeTakeFirst(),

    filing: (caseId: string) =>
      db.selectFrom('filing').select(['filed', 'sub']).where('case_id', '=', caseId).executeTakeFirst(),

    /** The filing and its entry for the log, both or neither. The first filing of a case holds. */
    async file(
      sub: string,
      caseId: string,
      entry: LogEntry,
      filed: (logKey: string) => FiledCase,
    ): Promise<void> {
      await locking(db, async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtext(${caseId}))`.execute(trx);
        const before = trx.selectFrom('filing').select('sub').where('case_id', '=', caseId);
        if (await before.executeTakeFirst()) return;
        const values = filed(await putInOutbox<GatewayTables>(trx, entry));
        await trx
          .insertInto('filing')
          .values({ case_id: caseId, sub, filed: JSON.stringify(values) })
          .execute();
      });
    },

    /** Queues a commitment of the desk once; returns its key in the log. The first under an id holds. */
    commit: (id: string, entry: LogEntry): Promise<string> =>
      locking(db, async (trx) => {
        await sql`select pg_advisory_xact_lock(hashtext(${`commitment ${id}`}))`.execute(trx);
        const before = trx.selectFrom('desk_commitment').select('log_key').where('id', '=', id);
        const known = await before.executeTakeFirst();
        if (known) return known.log_key;
        const log_key = await putInOutbox<GatewayTables>(trx, entry);
        await trx.insertInto('desk_commitment').values({ id, log_key }).execute();
        return log_key;
      }),

    /** Queues the day's census once. */
    census: (day: string, entry: LogEntry) =>
      locking(db, async (trx) => {
        const done = await trx
          .insertInto('census')
          .values({ day })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (done.numInsertedOrUpdatedRows === 1n) await putInOutbox<GatewayTables>(trx, entry);
      }),
  };
}

async function write(trx: Trx, message: string, sub: string, item: InboxItem): Promise<void> {
  await trx
    .insertInto('inbox')
    .values({ message, sub, item: JSON.stringify(item) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function lockPersonOf(trx: Trx, sub: string): Promise<string> {
  const account = await trx.selectFrom('account').select('person').where('sub', '=', sub).executeTakeFirst();
  if (!account) throw new Refusal('account_unknown');
  await trx.selectFrom('person').select('id').where('id', '=', account.person).forUpdate().execute();
  return account.person;
}

function accountsHeld(trx: Trx, person: string, holds: 'person' | 'account', sub: string) {
  const accounts = trx.selectFrom('account').select(['sub', 'platform']).where('person', '=', person);
  return (holds === 'account' ? accounts.where('sub', '=', sub) : accounts).orderBy('slot').execute();
}

async function numbersIn(trx: Trx, caseId: string): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('case_number')
    .select(['person', 'number'])
    .where('case_id', '=', caseId)
    .execute();
  return new Map(rows.map(({ person, number }) => [person, number]));
}

async function draw(trx: Trx, caseId: string, person: string): Promise<number> {
  for (;;) {
    const number = randomInt(1, personNumberMax + 1);
    const done = await trx
      .insertInto('case_number')
      .values({ case_id: caseId, person, number })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (done.numInsertedOrUpdatedRows === 1n) return number;
    const known = (await numbersIn(trx, caseId)).get(person);
    if (known !== undefined) return known; // another question about this case was first
  }
}
