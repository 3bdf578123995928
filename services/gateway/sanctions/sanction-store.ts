/**
 * Sanctions as they are recorded, begin, end and are lifted. Whoever can modify these tables can lift or invent a
 * sanction; and cannot learn who a person is. Each change, the end of the sessions and what must be told stand in
 * one transaction, with the person's row locked.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { SanctionRequest } from '@answerable/protocol/report/sanction';
import type { Selectable } from 'kysely';
import type { GatewayTables } from '../schema.ts';
import { type Db, locking, type Trx } from '../store.ts';
import { type Policies, requireStep, stepsOfAccounts } from './account-steps.ts';
import { type IsTold, type NamedSanction, shuts, wordsAtEnd } from './holding.ts';
import { derivedId, endSessions, settleHolds } from './queue-tellings.ts';

const dueMax = 100;

export type SanctionRow = Selectable<GatewayTables['sanction']>;
export type SanctionStore = ReturnType<typeof sanctionStore>;

export interface Platforms {
  clientIdOf(platform: string): string;
  isTold: IsTold;
  policies: Policies;
}

interface Held {
  sub: string;
  platform: string;
}

export function sanctionStore(db: Db, { clientIdOf, isTold, policies }: Platforms) {
  const rowOf = (id: string): Promise<SanctionRow | undefined> =>
    db.selectFrom('sanction').selectAll().where('id', '=', id).executeTakeFirst();
  const stepsOf = (subs: readonly string[]) => stepsOfAccounts(db, policies, subs);

  /** What is recorded already was allowed when it was. */
  async function requireAllowed(request: SanctionRequest, now: Date): Promise<void> {
    if (!(await rowOf(request.sanction))) requireStep((await stepsOf([request.sub]))[0], request, now);
  }

  const settle = async (trx: Trx, person: string, accounts: readonly Held[], now: Date) =>
    settleHolds(trx, accounts, await namedSanctions(trx, person), now.toISOString(), isTold);

  /** From here the sanction holds: sessions end, and platforms are to be told. */
  async function begin(trx: Trx, row: SanctionRow, accounts: readonly Held[], now: Date): Promise<void> {
    if (shuts(row.step)) {
      const ended = accounts.map(({ sub, platform }) => ({ sub, clientId: clientIdOf(platform) }));
      const sessions_ended = await endSessions(trx, ended, row.id);
      await trx.updateTable('sanction').set({ sessions_ended }).where('id', '=', row.id).execute();
    }
    await settle(trx, row.person, accounts, now);
  }

  async function beginDue(id: string, now: Date): Promise<void> {
    await locking(db, async (trx) => {
      const row = await lockedRow(trx, id);
      if (row?.phase !== 'scheduled' || row.lifted) return;
      await trx.updateTable('sanction').set({ phase: 'begun' }).where('id', '=', id).execute();
      await begin(trx, row, await accountsHeld(trx, row), now);
    });
  }

  async function endDue(id: string, now: Date): Promise<void> {
    await locking(db, async (trx) => {
      const row = await lockedRow(trx, id);
      if (row?.phase !== 'begun' || row.lifted) return;
      await trx.updateTable('sanction').set({ phase: 'over' }).where('id', '=', id).execute();
      const accounts = await accountsHeld(trx, row);
      await settle(trx, row.person, accounts, now);
      const others = (await namedSanctions(trx, row.person)).filter((one) => one.id !== id);
      for (const { sub } of accounts) {
        const words = wordsAtEnd(row.step, others, now.toISOString(), sub);
        if (words) await tellHolder(trx, row, sub, words, now);
      }
    });
  }

  return {
    stepsOf,

    /** Refuses `step_not_taken` or `person_not_held` for one that the policy does not have for this account. */
    requireAllowed,

    /** Records a sanction once. Returns the accounts that it holds; one that begins later changes nothing yet. */
    async impose(request: SanctionRequest, now: Date): Promise<string[]> {
      // Before the transaction: it would wait for a second connection with the first in hand.
      await requireAllowed(request, now);
      return locking(db, async (trx) => {
        const person = await lockPersonOf(trx, request.sub);
        const { sanction: id, caseId: case_id, sub, holds, step, until } = request;
        const starts_at = request.from === undefined ? null : new Date(request.from);
        const phase = starts_at !== null && starts_at > now ? 'scheduled' : 'begun';
        const values = {
          id,
          case_id,
          person,
          sub,
          holds,
          step,
          until,
          lifted: false,
          starts_at,
          phase,
        } as const;
        const row = await trx
          .insertInto('sanction')
          .values(values)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returningAll()
          .executeTakeFirst();
        if (!row) await requireSame(trx, request);
        const accounts = await accountsHeld(trx, { person, holds, sub });
        if (row?.phase === 'begun') await begin(trx, row, accounts, now);
        return accounts.map((account) => account.sub);
      });
    },

    /** The other sanctions of the person stand as they did: lifting one restores the earlier position. */
    lift: (id: string, now: Date): Promise<string[]> =>
      locking(db, async (trx) => {
        const row = await lockedRow(trx, id);
        if (!row) throw new Refusal('not_found');
        await trx.updateTable('sanction').set({ lifted: true, phase: 'over' }).where('id', '=', id).execute();
        const accounts = await accountsHeld(trx, row);
        await settle(trx, row.person, accounts, now);
        return accounts.map(({ sub }) => sub);
      }),

    /** Begins what was to begin by now, and ends what is over. Two gateways do each once between them. */
    async look(now: Date): Promise<void> {
      const scheduled = db.selectFrom('sanction').select('id').where('phase', '=', 'scheduled');
      const begins = await scheduled
        .where('starts_at', '<=', now)
        .orderBy('starts_at')
        .limit(dueMax)
        .execute();
      for (const { id } of begins) await beginDue(id, now);
      const ends = await db
        .selectFrom('sanction')
        .select('id')
        .where('phase', '=', 'begun')
        .where('lifted', '=', false)
        .where('step', 'in', ['restrict', 'suspend'])
        .where('until', '<=', now.toISOString().slice(0, 10))
        .orderBy('until')
        .limit(dueMax)
        .execute();
      for (const { id } of ends) await endDue(id, now);
    },

    row: rowOf,
  };
}

/** Everything not lifted that holds the person. */
export async function namedSanctions(trx: Db, person: string): Promise<NamedSanction[]> {
  const rows = await trx
    .selectFrom('sanction')
    .select(['id', 'step', 'until', 'holds', 'sub', 'starts_at'])
    .where('person', '=', person)
    .where('lifted', '=', false)
    .execute();
  return rows.map(namedSanction);
}

export function namedSanction({
  id,
  step,
  until,
  holds,
  sub,
  starts_at,
}: Pick<SanctionRow, 'id' | 'step' | 'until' | 'holds' | 'sub' | 'starts_at'>): NamedSanction {
  const account = holds === 'account' ? sub : null;
  return { id, step, until, account, from: starts_at?.toISOString() ?? null };
}

async function lockPersonOf(trx: Trx, sub: string): Promise<string> {
  const account = await trx.selectFrom('account').select('person').where('sub', '=', sub).executeTakeFirst();
  if (!account) throw new Refusal('account_unknown');
  await trx.selectFrom('person').select('id').where('id', '=', account.person).forUpdate().execute();
  // It may have been erased meanwhile: a sanction without its account would hold no slot.
  const still = trx.selectFrom('account').select('sub').where('sub', '=', sub).forShare();
  if (!(await still.executeTakeFirst())) throw new Refusal('account_unknown');
  return account.person;
}

/** Asked again it is the same sanction; under the number of another one nothing was recorded. */
async function requireSame(trx: Trx, { sanction: id, sub, holds, step }: SanctionRequest): Promise<void> {
  const known = trx.selectFrom('sanction').select('id').where('id', '=', id).where('sub', '=', sub);
  const same = known.where('holds', '=', holds).where('step', '=', step);
  if (!(await same.executeTakeFirst())) throw new Refusal('key_taken');
}

/** The sanction as it is once nobody else changes anything of its person. */
async function lockedRow(trx: Trx, id: string): Promise<SanctionRow | undefined> {
  const find = trx.selectFrom('sanction').selectAll().where('id', '=', id);
  const found = await find.executeTakeFirst();
  if (!found) return undefined;
  await trx.selectFrom('person').select('id').where('id', '=', found.person).forUpdate().execute();
  return find.executeTakeFirst();
}

function accountsHeld(
  trx: Trx,
  { person, holds, sub }: Pick<SanctionRow, 'person' | 'holds' | 'sub'>,
): Promise<Held[]> {
  const accounts = trx.selectFrom('account').select(['sub', 'platform']).where('person', '=', person);
  return (holds === 'account' ? accounts.where('sub', '=', sub) : accounts).orderBy('slot').execute();
}

async function tellHolder(
  trx: Trx,
  { id, case_id: caseId }: SanctionRow,
  sub: string,
  words: { title: string; body: string },
  now: Date,
): Promise<void> {
  const item = { kind: 'notice', caseId, day: now.toISOString().slice(0, 10), ...words } as const;
  await trx
    .insertInto('inbox')
    .values({ message: derivedId(`${id}/ended`), sub, item: JSON.stringify(item) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
