/**
 * Requests to open an account, as the desk carries them. Whoever can modify this table can lose a request or
 * keep it from the guardians; and can open nothing: every guardian verifies signatures, filing and log itself.
 */
import type { AuthorityAsk, FiledCase } from '@answerable/protocol/disclosure/filing';
import type { RefusalCode } from '@answerable/protocol/refusal';
import type { Signed } from '@answerable/protocol/signed';
import type { Kysely } from 'kysely';
import { effectOf, type NewEffect, putEffects } from '../outbox.ts';
import type { DeskTables } from '../schema.ts';

const listMax = 50;

export interface NewDisclosure {
  caseId: string;
  sub: string;
  ask: Signed<AuthorityAsk>;
  item: { locator: string; text: string; posted: string };
  /** instant of the request */
  at: string;
}

export type DisclosureStore = ReturnType<typeof createDisclosureStore>;

export function createDisclosureStore(db: Kysely<DeskTables>) {
  const find = (caseId: string) =>
    db.selectFrom('disclosure').selectAll().where('case_id', '=', caseId).executeTakeFirst();
  return {
    find,

    list: () => db.selectFrom('disclosure').selectAll().orderBy('day', 'desc').limit(listMax).execute(),

    async byAsk(askId: string): Promise<{ caseId: string; ask: Signed<AuthorityAsk> } | undefined> {
      const row = await db
        .selectFrom('disclosure')
        .select(['case_id', 'ask'])
        .where('ask_id', '=', askId)
        .executeTakeFirst();
      return row && { caseId: row.case_id, ask: row.ask };
    },

    /** Records the request with what it sets off. The first under its id holds; returns that case. */
    add: ({ caseId, sub, ask, item, at }: NewDisclosure, effects: readonly NewEffect[]): Promise<string> =>
      db.transaction().execute(async (trx) => {
        const added = await trx
          .insertInto('disclosure')
          .values({
            case_id: caseId,
            ask_id: ask.message.ask,
            sub,
            ask: JSON.stringify(ask),
            item: JSON.stringify(item),
            filed: null,
            proof: null,
            day: at.slice(0, 10),
          })
          .onConflict((conflict) => conflict.column('ask_id').doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows === 1n) await putEffects(trx, effects, at);
        const row = await trx
          .selectFrom('disclosure')
          .select('case_id')
          .where('ask_id', '=', ask.message.ask)
          .executeTakeFirstOrThrow();
        return row.case_id;
      }),

    /** The step that was taken, and what follows from it, together. */
    advance: (
      caseId: string,
      set: { filed: FiledCase } | { proof: string },
      effects: readonly NewEffect[],
      at: string,
    ): Promise<void> =>
      db.transaction().execute(async (trx) => {
        const values = 'filed' in set ? { filed: JSON.stringify(set.filed) } : set;
        await trx.updateTable('disclosure').set(values).where('case_id', '=', caseId).execute();
        await putEffects(trx, effects, at);
      }),

    /** Keeps a holder's reply once; what goes to the guardians is written with it. */
    addReply: (
      reply: { caseId: string; replyId: string; reply: string; at: string },
      effects: readonly NewEffect[],
    ): Promise<void> =>
      db.transaction().execute(async (trx) => {
        await trx
          .insertInto('holder_reply')
          .values({
            case_id: reply.caseId,
            reply_id: reply.replyId,
            reply: reply.reply,
            day: reply.at.slice(0, 10),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await putEffects(trx, effects, reply.at);
      }),

    replies: (caseId: string) =>
      db.selectFrom('holder_reply').select(['reply', 'day']).where('case_id', '=', caseId).execute(),

    /** The code with which the gateway refused to file it, if it did. */
    async refusedWith(caseId: string): Promise<RefusalCode | undefined> {
      const row = await db
        .selectFrom('outbox')
        .select('code')
        .where('effect_id', '=', effectOf(caseId, { kind: 'file-disclosure' }).id)
        .where('state', '=', 'refused')
        .executeTakeFirst();
      return (row?.code as RefusalCode | null | undefined) ?? undefined;
    },

    /** Which guardians have the case. */
    async delivered(caseId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('outbox')
        .select(['effect', 'state'])
        .where('case_id', '=', caseId)
        .where('state', '=', 'done')
        .execute();
      return rows.flatMap(({ effect }) => (effect.kind === 'deliver-case' ? [effect.guardian] : []));
    },
  };
}
