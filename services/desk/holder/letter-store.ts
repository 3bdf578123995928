/**
 * Letters to holders where there is no gateway. Whoever can read these tables reads what was decided about which
 * account, which the cases say too; and cannot open an address, of which only a hash is here. Whoever can
 * modify them can keep a decision from whom it is about, and cannot change the decision.
 */
import type { InboxRequest } from '@answerable/protocol/report/sanction';
import type { Kysely, Transaction } from 'kysely';
import { derivedId } from '../casework/effects.ts';
import type { DeskTables } from '../schema.ts';
import type { DecisionCodes } from './decision-code.ts';

const lettersMax = 200;

/** The id of the act by which the account is told that this letter is there. */
export const tellActOf = (message: string): string => derivedId(`${message}/tell`);

/** Somebody wrote to the account by hand: the address that it was given stays the one that opens. */
export async function markToldByHand(
  trx: Transaction<DeskTables>,
  caseId: string,
  act: string,
): Promise<void> {
  const letters = await trx.selectFrom('letter').select('message').where('case_id', '=', caseId).execute();
  const told = letters.filter(({ message }) => tellActOf(message) === act).map(({ message }) => message);
  if (told.length > 0)
    await trx.updateTable('letter').set({ told: true, could: '' }).where('message', 'in', told).execute();
}

export type LetterStore = ReturnType<typeof createLetterStore>;

export function createLetterStore(db: Kysely<DeskTables>, codes: DecisionCodes) {
  return {
    /** Keeps a letter, once; returns the code of the address under which it is read. */
    async keep({ message, sub, item }: InboxRequest, at: string): Promise<string> {
      const { caseId } = item;
      return db.transaction().execute(async (trx) => {
        await trx
          .insertInto('letter')
          .values({ message, case_id: caseId, sub, at, item: JSON.stringify(item), told: null, could: null })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await trx
          .insertInto('decision_address')
          .values({ case_id: caseId, sub, version: 1, handed_by: null, hash: hashAt(caseId, sub, 1) })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const { version } = await trx
          .selectFrom('decision_address')
          .select('version')
          .where('case_id', '=', caseId)
          .where('sub', '=', sub)
          .executeTakeFirstOrThrow();
        return codes.codeFor(caseId, sub, version);
      });
    },

    async markTold(message: string, told: boolean, could: string): Promise<void> {
      await db.updateTable('letter').set({ told, could }).where('message', '=', message).execute();
    },

    /** Whose decision it is that this code opens. */
    async find(code: string): Promise<{ caseId: string; sub: string; handed: boolean } | undefined> {
      const row = await db
        .selectFrom('decision_address')
        .select(['case_id', 'sub', 'handed_by'])
        .where('hash', '=', codes.hashOf(code))
        .executeTakeFirst();
      return row && { caseId: row.case_id, sub: row.sub, handed: row.handed_by !== null };
    },

    letters: (caseId: string, sub?: string) =>
      db
        .selectFrom('letter')
        .select(['sub', 'at', 'item', 'told', 'could'])
        .where('case_id', '=', caseId)
        .$if(sub !== undefined, (query) => query.where('sub', '=', sub ?? ''))
        .orderBy('at')
        .limit(lettersMax)
        .execute(),

    /**
     * A new code, to be handed over by `who`; the one before opens nothing any more. Undefined unless there are
     * letters, and the platform could tell the account of none of them.
     */
    async handOver(caseId: string, sub: string, who: string): Promise<string | undefined> {
      return db.transaction().execute(async (trx) => {
        const letters = await trx
          .selectFrom('letter')
          .select('told')
          .where('case_id', '=', caseId)
          .where('sub', '=', sub)
          .execute();
        if (letters.length === 0 || letters.some((one) => one.told !== false)) return undefined;
        const row = await trx
          .selectFrom('decision_address')
          .select('version')
          .where('case_id', '=', caseId)
          .where('sub', '=', sub)
          .forUpdate()
          .executeTakeFirst();
        if (!row) return undefined;
        const version = row.version + 1;
        await trx
          .updateTable('decision_address')
          .set({ version, handed_by: who, hash: hashAt(caseId, sub, version) })
          .where('case_id', '=', caseId)
          .where('sub', '=', sub)
          .execute();
        return codes.codeFor(caseId, sub, version);
      });
    },
  };

  function hashAt(caseId: string, sub: string, version: number): string {
    return codes.hashOf(codes.codeFor(caseId, sub, version));
  }
}
