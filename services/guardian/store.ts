/**
 * Every query of a guardian.
 *
 * Trust: whoever can modify these tables can hide a case from this guardian's people, or show one twice; they
 * cannot make it open an account: before each release the filing, the approvals and their places in the log
 * are verified again from signed messages. Whoever can read them learns which cases were filed here; the
 * account files in them are sealed to a key that is not in the database.
 */
import { type Database, inTransaction } from '@answerable/kit/database';
import { putInOutbox } from '@answerable/kit/log-outbox';
import type { Filing } from '@answerable/protocol/disclosure/filing';
import type { Approval } from '@answerable/protocol/disclosure/opening';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import type { Signed } from '@answerable/protocol/signed';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { GuardianTables } from './schema.ts';

const repliesMax = 5;
const listMax = 200;

export type CaseRow = Selectable<GuardianTables['case_file']>;

/** A case as the rest of the service sees it. */
export interface CaseFile {
  caseId: string;
  filing: Signed<Filing>;
  salt: string;
  filingCommitment: string;
  filingIndex: number;
  ciphertextHash: string;
  received: Date;
  ask: string | null;
  sealed: string | null;
  judgement: Signed<Approval> | null;
  judgementSalt: string | null;
  judgementKey: string | null;
}

export type Store = ReturnType<typeof createStore>;

export function createStore(database: Database<GuardianTables>) {
  const { db } = database;
  return {
    db,

    async find(caseId: string): Promise<CaseFile | undefined> {
      const row = await db
        .selectFrom('case_file')
        .selectAll()
        .where('case_id', '=', caseId)
        .executeTakeFirst();
      return row && caseOf(row);
    },

    async list(): Promise<CaseFile[]> {
      const rows = await db
        .selectFrom('case_file')
        .selectAll()
        .orderBy('received', 'desc')
        .limit(listMax)
        .execute();
      return rows.map(caseOf);
    },

    /** Keeps a verified case; the same one twice is one. */
    async add(row: CaseRow): Promise<void> {
      await db
        .insertInto('case_file')
        .values(row)
        .onConflict((c) => c.doNothing())
        .execute();
    },

    async addReply(caseId: string, reply: string): Promise<void> {
      await inTransaction(db, async (trx) => {
        const { count } = await trx
          .selectFrom('case_reply')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('case_id', '=', caseId)
          // One that is here already is sent again when its answer was lost.
          .where('reply', '<>', reply)
          .executeTakeFirstOrThrow();
        if (count >= repliesMax) throw new Refusal('too_many_requests');
        await trx
          .insertInto('case_reply')
          .values({ case_id: caseId, reply })
          .onConflict((c) => c.doNothing())
          .execute();
      });
    },

    async replies(caseId: string): Promise<string[]> {
      const rows = await db.selectFrom('case_reply').select('reply').where('case_id', '=', caseId).execute();
      return rows.map(({ reply }) => reply);
    },

    /**
     * Records a judgement with its entry for the log; false if there is one already. A refusal takes the
     * account file, the ask and the holder's words with it; the entry is what is left of them.
     */
    judge(caseId: string, judgement: Signed<Approval>, salt: string, entry: LogEntry): Promise<boolean> {
      return inTransaction(db, async (trx) => {
        const open = await trx
          .selectFrom('case_file')
          .select('case_id')
          .where('case_id', '=', caseId)
          .where('judgement', 'is', null)
          .forUpdate()
          .executeTakeFirst();
        if (!open) return false;
        const key = await putInOutbox<GuardianTables>(trx, entry);
        const refused = judgement.message.decision === 'refuse';
        await trx
          .updateTable('case_file')
          .set({
            judgement: JSON.stringify(judgement),
            judgement_salt: salt,
            judgement_key: key,
            ...(refused ? { sealed: null, ask: null } : {}),
          })
          .where('case_id', '=', caseId)
          .execute();
        if (refused) await trx.deleteFrom('case_reply').where('case_id', '=', caseId).execute();
        return true;
      });
    },

    /** Records that the share of this case is given; once, however often it is asked for. */
    async recordRelease(caseId: string, approvals: readonly number[]): Promise<void> {
      await db
        .insertInto('share_release')
        .values({ case_id: caseId, approvals: JSON.stringify(approvals) })
        .onConflict((c) => c.doNothing())
        .execute();
    },

    /** Places of the approvals on which the share was given; undefined if it was not. */
    async release(caseId: string): Promise<number[] | undefined> {
      const row = await db
        .selectFrom('share_release')
        .select('approvals')
        .where('case_id', '=', caseId)
        .executeTakeFirst();
      return row && (JSON.parse(row.approvals) as number[]);
    },

    /** Records which sealed identity the second share is for; false if it was given for another one. */
    async recordIdentityRelease(caseId: string, sealedHash: string): Promise<boolean> {
      await db
        .insertInto('identity_release')
        .values({ case_id: caseId, sealed_hash: sealedHash })
        .onConflict((c) => c.doNothing())
        .execute();
      return (await this.identityRelease(caseId)) === sealedHash;
    },

    async identityRelease(caseId: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('identity_release')
        .select('sealed_hash')
        .where('case_id', '=', caseId)
        .executeTakeFirst();
      return row?.sealed_hash;
    },

    /** Cases that this guardian agreed to and whose notice is not recorded yet. */
    async withoutNotice(): Promise<CaseFile[]> {
      const rows = await db
        .selectFrom('case_file')
        .leftJoin('case_notice', 'case_notice.case_id', 'case_file.case_id')
        .where('case_notice.case_id', 'is', null)
        .where('judgement', 'is not', null)
        .where('sealed', 'is not', null)
        .selectAll('case_file')
        .limit(listMax)
        .execute();
      return rows.map(caseOf);
    },

    /** Records the notice with its entry for the log, once. */
    async recordNotice(caseId: string, entry: LogEntry): Promise<void> {
      await inTransaction(db, async (trx) => {
        if (await noticeKey(trx, caseId)) return;
        const key = await putInOutbox<GuardianTables>(trx, entry);
        await trx.insertInto('case_notice').values({ case_id: caseId, key }).execute();
      });
    },

    noticeKey: (caseId: string) => noticeKey(db, caseId),

    /** Every case that this guardian refused. */
    async refused(): Promise<CaseFile[]> {
      const rows = await db
        .selectFrom('case_file')
        .selectAll()
        .where(sql`judgement::jsonb #>> '{message,decision}'`, '=', 'refuse')
        .execute();
      return rows.map(caseOf);
    },

    async refusalsGiven(quarter: string): Promise<boolean> {
      const given = db.selectFrom('refusals_given').select('key').where('quarter', '=', quarter);
      return (await given.executeTakeFirst()) !== undefined;
    },

    /** Records what a quarter's refusals were, with its entry for the log, once. */
    async recordRefusals(quarter: string, entry: LogEntry): Promise<void> {
      await inTransaction(db, async (trx) => {
        const key = await putInOutbox<GuardianTables>(trx, entry);
        await trx.insertInto('refusals_given').values({ quarter, key }).execute();
      });
    },
  };
}

async function noticeKey(db: Kysely<GuardianTables>, caseId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('case_notice')
    .select('key')
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  return row?.key;
}

function caseOf(row: CaseRow): CaseFile {
  return {
    caseId: row.case_id,
    filing: JSON.parse(row.filing) as Signed<Filing>,
    salt: row.salt,
    filingCommitment: row.filing_commitment,
    filingIndex: row.filing_index,
    ciphertextHash: row.ciphertext_hash,
    received: row.received,
    ask: row.ask,
    sealed: row.sealed,
    judgement: row.judgement === null ? null : (JSON.parse(row.judgement) as Signed<Approval>),
    judgementSalt: row.judgement_salt,
    judgementKey: row.judgement_key,
  };
}
