/**
 * Accounts, persons and what was asked of them. Whoever can modify these tables can let a barred person in, bar
 * one who was not, or make accounts without a person behind them (the census and any disclosure show the lack
 * of a proof); and cannot learn who a person is, or their pseudonym anywhere else.
 */
import { randomBytes } from 'node:crypto';
import { uniqueViolation } from '@answerable/kit/database';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import type { SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import type { AdmissionRecord } from '@answerable/protocol/disclosure/filing';
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import { type Kysely, sql, type Transaction } from 'kysely';
import { isHandleGone, slotsHeld } from './accounts/account-store.ts';
import { knownAccount } from './accounts/known-account.ts';
import type { Sanction } from './policy.ts';
import { drawRelayPart } from './relay.ts';
import type { IsTold, NamedSanction } from './sanctions/holding.ts';
import { endSessions, settleHolds } from './sanctions/queue-tellings.ts';
import { namedSanctions } from './sanctions/sanction-store.ts';
import type { Claims, GatewayTables } from './schema.ts';

const personIdBytes = 16;

export type Db = Kysely<GatewayTables>;
export type Trx = Transaction<GatewayTables>;
export type GatewayStore = ReturnType<typeof gatewayStore>;

export interface Account {
  sub: string;
  platform: string;
  person: string;
  slot: number;
  account_key: string;
  handle: string;
  claims: Claims;
  admission: AdmissionRecord;
  closed_day: string | null;
  relay: string | null;
  named_day: string | null;
}

/** Each by name: a statement that does is prepared once (kit/database). */
const accountColumns = [
  'sub',
  'platform',
  'person',
  'slot',
  'account_key',
  'handle',
  'claims',
  'admission',
  'closed_day',
  'relay',
  'named_day',
] as const satisfies readonly (keyof Account)[];

export interface AdmissionToStore {
  /** base64url of P */
  pseudonym: string;
  sub: string;
  claims: Claims;
  record: AdmissionRecord;
  now: Date;
}

/** What the rules say of the person behind the pseudonym and the slots they have; undefined lets them in. */
export type DecideAdmission = (
  standing: readonly Sanction[],
  slots: readonly number[],
) => RefusalCode | undefined;

/** What else stands or falls with an admission. */
type Also = (trx: Trx) => Promise<void>;

/** `isTold`: whether a platform has a connector through which sanctions act there. */
export function gatewayStore(db: Db, isTold: IsTold) {
  return {
    /**
     * The request that is kept under `id`: this one, or the one that was there before. `expires`: until when an
     * answer is taken; the signed request says no more than the day.
     */
    async keepRequest(
      id: string,
      signed: SignedAdmissionRequest,
      expires: Date,
    ): Promise<SignedAdmissionRequest> {
      const { nonce, scope } = signed.message;
      const values = { id, platform: scope.platform, nonce, signed: JSON.stringify(signed) };
      const kept = await db
        .insertInto('request')
        .values({ ...values, expires_at: expires, spent: false })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((eb) => ({ signed: eb.ref('request.signed') })),
        )
        .returning('signed')
        .executeTakeFirstOrThrow();
      return kept.signed;
    },

    request: (id: string) =>
      db
        .selectFrom('request')
        .select(['signed', 'spent', 'expires_at'])
        .where('id', '=', id)
        .executeTakeFirst(),

    accountBySub: (sub: string): Promise<Account | undefined> =>
      db.selectFrom('account').select(accountColumns).where('sub', '=', sub).executeTakeFirst(),

    accountByKey: (accountKey: string): Promise<Account | undefined> =>
      db
        .selectFrom('account')
        .select(accountColumns)
        .where('account_key', '=', accountKey)
        .executeTakeFirst(),

    standingBySub: knownAccount(db, 'account.sub', sql<null>`null`),
    standingByKey: knownAccount(
      db,
      'account.account_key',
      sql<number>`(account.admission #>> '{answer,epoch}')::bigint`,
    ),

    /** Everything not lifted that holds the person of `account`, or one of their accounts. */
    sanctionsOf: ({ person }: Pick<Account, 'person'>): Promise<Sanction[]> => namedSanctions(db, person),

    /** One transaction: nonce spent, person found, decided, account stored. Refuses what `decide` says. */
    admit: (admission: AdmissionToStore, decide: DecideAdmission, also: Also): Promise<void> =>
      locking(db, async (trx) => {
        const sanctions = await admit(trx, admission, decide);
        // A restriction of the person holds this account too, as soon as it is at the platform.
        const account = { sub: admission.sub, platform: admission.record.request.scope.platform };
        await settleHolds(trx, [account], sanctions, admission.now.toISOString(), isTold);
        await also(trx);
      }),

    /**
     * Spends the nonce and keeps the day's first sign-in: it covers what is posted from then on. One statement,
     * and so one transaction and one way to the database and back.
     */
    async signIn(
      sub: string,
      id: string,
      { day, requestHash, signature }: { day: string; requestHash: string; signature: string },
      now: Date,
    ): Promise<void> {
      const spent = await db
        .with('spent', (at) => spending(at, id, now).returning('id'))
        .with('kept', (at) =>
          at
            .insertInto('sign_in')
            .columns(['sub', 'day', 'request_hash', 'signature'])
            .expression((eb) =>
              eb
                .selectFrom('spent')
                .select([
                  sql<string>`${sub}::text`.as('sub'),
                  sql<string>`${day}::date`.as('day'),
                  sql<string>`${requestHash}::text`.as('request_hash'),
                  sql<string>`${signature}::text`.as('signature'),
                ]),
            )
            .onConflict((conflict) => conflict.columns(['sub', 'day']).doNothing()),
        )
        .selectFrom('spent')
        .select('id')
        .executeTakeFirst();
      if (!spent) throw new Refusal('nonce_spent');
    },

    /** The address part of an account that came before its platform insisted on one. */
    async relayOf({ sub }: Pick<Account, 'sub'>): Promise<string> {
      const drawn = drawRelayPart();
      const kept = await db
        .updateTable('account')
        .set((eb) => ({ relay: eb.fn.coalesce('relay', eb.val(drawn)) }))
        .where('sub', '=', sub)
        .returning('relay')
        .executeTakeFirstOrThrow();
      return kept.relay ?? drawn;
    },

    /** False for a nonce that a call has used before. */
    async spendCall(nonce: string, expires: Date): Promise<boolean> {
      const values = { nonce, expires_at: expires };
      const done = await db
        .insertInto('spent_call')
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return done.numInsertedOrUpdatedRows === 1n;
    },

    async inbox(sub: string, max: number) {
      const rows = await db
        .selectFrom('inbox')
        .select('item')
        .where('sub', '=', sub)
        .orderBy('seq', 'desc')
        .limit(max)
        .execute();
      return rows.map(({ item }) => item);
    },

    /** Whether this case has words in the account's inbox: only then is there something to answer. */
    async knowsCase(sub: string, caseId: string): Promise<boolean> {
      const found = await db
        .selectFrom('inbox')
        .select('seq')
        .where('sub', '=', sub)
        .where(sql`item ->> 'caseId'`, '=', caseId)
        .executeTakeFirst();
      return found !== undefined;
    },

    close: (sub: string, clientId: string, day: string) =>
      locking(db, async (trx) => {
        await trx
          .updateTable('account')
          .set({ closed_day: day })
          .where('sub', '=', sub)
          .where('closed_day', 'is', null)
          .execute();
        await endSessions(trx, [{ sub, clientId }]);
      }),

    /** Distinct pseudonyms per platform that presented in `epoch`. */
    async presentedIn(epoch: number): Promise<Record<string, number>> {
      const rows = await db
        .selectFrom('presented')
        .select(['platform', (eb) => eb.fn.countAll<number>().as('count')])
        .where('epoch', '=', epoch)
        .groupBy('platform')
        .execute();
      return Object.fromEntries(rows.map(({ platform, count }) => [platform, count]));
    },

    /** Drops what is past its time. */
    async sweep(now: Date): Promise<void> {
      await db.deleteFrom('oidc_state').where('expires_at', '<', sql<Date>`now()`).execute();
      await db.deleteFrom('request').where('expires_at', '<', now).execute();
      await db.deleteFrom('spent_call').where('expires_at', '<', now).execute();
    },
  };
}

/**
 * Read committed, with the person's row locked first: whoever comes second sees everything that the first did.
 * Serializable would be as right and would refuse some of those who come at the same instant.
 */
export function locking<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('read committed').execute(work);
}

const spending = (at: Pick<Db, 'updateTable'>, id: string, now: Date) =>
  at
    .updateTable('request')
    .set({ spent: true })
    .where('id', '=', id)
    .where('spent', '=', false)
    .where('expires_at', '>', now);

export async function spendNonce(trx: Trx, id: string, now: Date): Promise<void> {
  const spent = await spending(trx, id, now).executeTakeFirst();
  if (spent.numUpdatedRows !== 1n) throw new Refusal('nonce_spent');
}

async function admit(
  trx: Trx,
  admission: AdmissionToStore,
  decide: DecideAdmission,
): Promise<NamedSanction[]> {
  const { pseudonym, sub, claims, record, now } = admission;
  const { answer, request } = record;
  const { platform } = request.scope;
  await spendNonce(trx, request.request, now);
  const person = await lockPerson(trx, platform, pseudonym);
  const accounts = await trx.selectFrom('account').select('slot').where('person', '=', person).execute();
  const sanctions = await namedSanctions(trx, person);
  const refusal = decide(sanctions, [
    ...accounts.map(({ slot }) => slot),
    ...(await slotsHeld(trx, person, record.day)),
  ]);
  if (refusal) throw new Refusal(refusal);
  await trx
    .insertInto('presented')
    .values({ epoch: answer.epoch, platform, person })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const relay = request.platformPolicy.relayAddress ? drawRelayPart() : null;
  const account = { sub, platform, person, ...namesOf(answer), closed_day: null, relay };
  const values = { ...account, claims: JSON.stringify(claims), admission: JSON.stringify(record) };
  await trx.insertInto('account').values(values).execute().catch(refuseTaken);
  // Looked at last: an erasure that was under way has ended by now.
  if (await isHandleGone(trx, platform, answer.handle)) throw new Refusal('handle_taken');
  return sanctions;
}

const namesOf = ({ slot, accountKey, handle }: NewAccount) => ({ slot, account_key: accountKey, handle });

async function lockPerson(trx: Trx, platform: string, pseudonym: string): Promise<string> {
  const id = randomBytes(personIdBytes).toString('base64url');
  await trx
    .insertInto('person')
    .values({ id, platform, pseudonym })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const found = trx.selectFrom('person').select('id').where('platform', '=', platform);
  return (await found.where('pseudonym', '=', pseudonym).forUpdate().executeTakeFirstOrThrow()).id;
}

function refuseTaken(error: unknown): never {
  const index = uniqueViolation(error);
  if (index === 'account_handle') throw new Refusal('handle_taken');
  if (index === 'account_slot' || index === 'account_key_once') throw new Refusal('slot_taken');
  throw error;
}
