/**
 * Records, their keys and who they are of. Whoever can modify these tables can end somebody's record, or hide
 * that somebody has joined; and cannot learn a name (sealed under the guardians' key), search for one (tags need
 * the keepers), make a credential, or find an account or pseudonym of anybody. Leaves: leaf-store.ts.
 */
import { addCount } from '@answerable/kit/daily-count';
import { uniqueViolation } from '@answerable/kit/database';
import { Refusal } from '@answerable/protocol/refusal';
import { type Kysely, sql, type Transaction } from 'kysely';
import { countQueries } from './count-store.ts';
import { lifeQueries, noteRoute } from './life-store.ts';
import type { Matches } from './policy.ts';
import { recallQueries } from './recall-store.ts';
import { revive } from './record-standing.ts';
import { routeCountQueries } from './route-count-store.ts';
import type { RegistrarTables } from './schema.ts';
import { sessionQueries } from './session-store.ts';

export type { SessionRow } from './session-store.ts';
export type RecordRow = RegistrarTables['record'];
export type RecordKeyRow = RegistrarTables['record_key'];
/** As it is written: erasing makes what it holds null later. */
export type NewLeaf = Record<'leaf' | 'record_point' | 'sealed' | 'tag' | 'salt' | 'bucket', string>;

/** Who the evidence is of, as tags and hashes only. */
export interface Identified {
  /** Of the evidence account; none where a referee vouched, until the record is known (subject.ts). */
  subject: string | null;
  strong: readonly string[];
  weak: readonly string[];
}

export interface NewKey {
  recordPoint: string;
  entropy: string;
  leaf: NewLeaf;
}

type Tables = Kysely<RegistrarTables>;
type InTransaction = Transaction<RegistrarTables>;

export type RegistrarStore = ReturnType<typeof registrarStore>;

export function registrarStore(db: Tables) {
  return {
    ...sessionQueries(db),
    ...recallQueries(db),
    ...countQueries(db),
    ...routeCountQueries(db),
    ...lifeQueries(db),

    matches: (who: Identified) => matchesOf(db, who),

    /**
     * Draws a record, all or nothing. Two sign-ups of one person wait for each other here: `decide` sees what
     * is on record with every identifier of this person held.
     */
    drawRecord(
      session: string,
      who: Identified,
      record: Pick<RecordRow, 'id' | 'flags' | 'enrolled' | 'recall_id'>,
      key: NewKey,
      decide: (matches: Matches) => void,
    ): Promise<void> {
      return heldFast(db, who, async (trx) => {
        decide(await matchesOf(trx, who));
        await trx
          .insertInto('record')
          .values({
            ...record,
            resets: 0,
            standing: 'live',
            recall_opened: 0,
            recall_version: 0,
            refill_told: true,
          })
          .execute();
        await addKey(trx, record.id, 0, key);
        await addIdentifiers(trx, record.id, who);
        await endSession(trx, session, 'recorded', record.id, record.enrolled);
        await addCount<RegistrarTables>(trx, record.enrolled, 'enrolments');
      });
    },

    /** A new key for a known record; the old one stays for openings of its accounts. */
    resetRecord(
      session: string,
      who: Identified,
      reset: { recordId: string; day: string; flags: string },
      key: NewKey,
      decide: (record: RecordRow) => void,
    ): Promise<void> {
      return heldFast(db, who, async (trx) => {
        const record = await lockedRecord(trx, reset.recordId);
        decide(record);
        if (record.standing === 'ended') await revive(trx, record.id, reset.day);
        // Old devices have the old secret; nothing of theirs counts any more.
        await trx.deleteFrom('device').where('record_id', '=', record.id).execute();
        const resets = record.resets + 1;
        await trx
          .updateTable('record_key')
          .set({ current: false })
          .where('record_id', '=', record.id)
          .execute();
        await addKey(trx, record.id, resets, key);
        await trx
          .updateTable('record')
          .set({
            resets,
            reset_day: reset.day,
            reset_asked: null,
            flags: reset.flags,
            recall_blob: null,
            end_asked: null,
            identity_erased: null,
          })
          .where('id', '=', record.id)
          .execute();
        await addIdentifiers(trx, record.id, who);
        await endSession(trx, session, 'recorded', record.id, reset.day);
        await addCount<RegistrarTables>(trx, reset.day, 'resets');
      });
    },

    /** The same person, the same secret, an answer that was lost: sealed anew, with a leaf of its own. */
    async sealAnew(session: string, recordId: string, leaf: NewLeaf, day: string): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await addLeaf(trx, leaf);
        await endSession(trx, session, 'recorded', recordId, day);
      });
    },

    async askReset(recordId: string, now: Date): Promise<void> {
      await db
        .updateTable('record')
        .set({ reset_asked: now })
        .where('id', '=', recordId)
        .where('reset_asked', 'is', null)
        .execute();
    },

    async dropReset(recordId: string): Promise<void> {
      await db.updateTable('record').set({ reset_asked: null }).where('id', '=', recordId).execute();
    },

    record(id: string): Promise<RecordRow | undefined> {
      return db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst();
    },

    currentKey(recordId: string): Promise<RecordKeyRow | undefined> {
      return db
        .selectFrom('record_key')
        .selectAll()
        .where('record_id', '=', recordId)
        .where('current', '=', true)
        .executeTakeFirst();
    },

    /** By R, while it is the record's current key. */
    keyOf(recordPoint: string): Promise<RecordKeyRow | undefined> {
      return db
        .selectFrom('record_key')
        .selectAll()
        .where('record_point', '=', recordPoint)
        .where('current', '=', true)
        .executeTakeFirst();
    },

    /** Two people said that this evidence is of the person on record. */
    joinEvidence: (recordId: string, who: Identified): Promise<void> =>
      heldFast(db, who, async (trx) => {
        const { strong } = await matchesOf(trx, who);
        if (strong.every((other) => other === recordId)) await addIdentifiers(trx, recordId, who);
      }),

    /**
     * Who came back has shown that this evidence is theirs too. A record that they had ended is live again;
     * `leaf` if what was sealed in it had been erased.
     */
    addEvidence(
      session: string,
      { id: recordId }: Pick<RecordRow, 'id'>,
      who: Identified,
      { day, leaf, flags }: { day: string; leaf: NewLeaf | undefined; flags: string },
    ): Promise<void> {
      return heldFast(db, who, async (trx) => {
        const { strong } = await matchesOf(trx, who);
        if (strong.some((other) => other !== recordId)) throw new Refusal('person_unsure');
        const { standing, ...now } = await lockedRecord(trx, recordId);
        // Erased in this very moment: asked again, what was sealed is sealed anew.
        if (now.identity_erased !== null && !leaf) throw new Refusal('unavailable');
        await addIdentifiers(trx, recordId, who);
        await trx.updateTable('record').set({ flags }).where('id', '=', recordId).execute();
        if (standing === 'ended') await revive(trx, recordId, day);
        if (leaf) {
          await addLeaf(trx, leaf);
          await trx.updateTable('record').set({ identity_erased: null }).where('id', '=', recordId).execute();
        }
        await endSession(trx, session, 'returned', recordId, day);
      });
    },
  };
}

async function lockedRecord(trx: InTransaction, recordId: string): Promise<RecordRow> {
  const record = await trx
    .selectFrom('record')
    .selectAll()
    .where('id', '=', recordId)
    .forUpdate()
    .executeTakeFirst();
  if (!record) throw new Refusal('person_unknown');
  return record;
}

// Every identifier is locked by name, in one order, until the transaction ends: whoever comes second sees
// what the first one did. The unique indexes hold even if this were forgotten.
async function heldFast<T>(
  db: Tables,
  who: Identified,
  work: (trx: InTransaction) => Promise<T>,
): Promise<T> {
  const names = [...new Set([who.subject ?? '', ...who.strong, ...who.weak])].sort();
  try {
    return await db.transaction().execute(async (trx) => {
      for (const name of names)
        await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
      return work(trx);
    });
  } catch (error) {
    if (uniqueViolation(error) !== undefined) throw new Refusal('person_known');
    throw error;
  }
}

async function matchesOf(db: Tables, who: Identified): Promise<Matches> {
  const account = await db
    .selectFrom('evidence_account')
    .select('record_id')
    .where('subject', '=', who.subject ?? '')
    .execute();
  const tags = await db
    .selectFrom('tag')
    .select(['element', 'record_id', 'kind'])
    .where('element', 'in', [...who.strong, ...who.weak, ''])
    .execute();
  // Both times by a provider: what only a referee saw, then or now, decides nothing alone.
  const isStrong = (tag: { kind: string; element: string }) =>
    tag.kind === 'strong' && who.strong.includes(tag.element);
  const records = (of: typeof tags) => of.map((tag) => tag.record_id);
  return {
    strong: [...account.map((row) => row.record_id), ...records(tags.filter(isStrong))],
    weak: records(tags.filter((tag) => !isStrong(tag))),
  };
}

async function addIdentifiers(trx: InTransaction, recordId: string, who: Identified): Promise<void> {
  const tags = [
    ...who.strong.map((element) => ({ element, kind: 'strong' as const, record_id: recordId })),
    ...who.weak.map((element) => ({ element, kind: 'weak' as const, record_id: recordId })),
  ];
  if (tags.length > 0)
    await trx
      .insertInto('tag')
      .values(tags)
      // A document that a referee saw before, and that a provider now proves, is proven.
      .onConflict((conflict) =>
        conflict
          .columns(['element', 'record_id'])
          .doUpdateSet({ kind: 'strong' })
          .where('excluded.kind', '=', 'strong'),
      )
      .execute();
  if (who.subject === null) return;
  await trx
    .insertInto('evidence_account')
    .values({ subject: who.subject, record_id: recordId })
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .execute();
}

async function addKey(trx: InTransaction, recordId: string, resets: number, key: NewKey): Promise<void> {
  await trx
    .insertInto('record_key')
    .values({
      record_point: key.recordPoint,
      record_id: recordId,
      resets,
      entropy: key.entropy,
      current: true,
    })
    .execute();
  await addLeaf(trx, key.leaf);
}

async function addLeaf(trx: InTransaction, leaf: NewLeaf): Promise<void> {
  await trx
    .updateTable('leaf')
    .set({ current: false })
    .where('record_point', '=', leaf.record_point)
    .execute();
  await trx
    .insertInto('leaf')
    .values({ ...leaf, current: true })
    .execute();
}

async function endSession(
  trx: InTransaction,
  id: string,
  state: 'recorded' | 'returned',
  recordId: string,
  day: string,
): Promise<void> {
  const moved = await trx
    .updateTable('session')
    .set({ state, record_id: recordId })
    .where('id', '=', id)
    .where('state', '=', 'proven')
    .returning(['purpose', 'route'])
    .executeTakeFirst();
  if (!moved) throw new Refusal('session_state');
  await noteRoute(trx, { record_id: recordId, purpose: moved.purpose, route: moved.route, day });
  await addCount<RegistrarTables>(trx, day, `sessions-${state}`);
}
