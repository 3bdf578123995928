/**
 * Where notices to other companies are kept. Whoever can modify these tables can change what we say we sent and
 * when; the chain of each notice then breaks. Nobody's account stands here, only what is public elsewhere.
 */
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { Kysely } from 'kysely';
import { appendRecord, readRecords } from '../ledger.ts';
import { type NewEffect, putEffects } from '../outbox.ts';
import type { DeskTables } from '../schema.ts';
import type { Trx } from '../store.ts';
import { answerTimes } from './answer-times.ts';
import { companyKey, type NoticeEvent, type NoticeState } from './notice.ts';
import { moveNotice, type NoticeBeginning, noticeDue } from './notice-transition.ts';

const listMax = 200;
const chainOf = (notice: string) => `notice/${notice}`;

export type NoticeStore = ReturnType<typeof createNoticeStore>;

export function createNoticeStore(db: Kysely<DeskTables>, clock: Clock) {
  return {
    /** A new notice from its first draft. */
    begin: (beginning: NoticeBeginning, event: NoticeEvent, who: string): Promise<NoticeState> =>
      db.transaction().execute((trx) => record(trx, clock, beginning, event, who, [])),

    /** What happens next to a notice, under its lock. Throws Refusal. */
    act: (
      notice: string,
      who: string,
      plan: (state: NoticeState) => { event: NoticeEvent; effects?: readonly NewEffect[] } | undefined,
    ): Promise<NoticeState> =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('outside_notice')
          .select('state')
          .where('notice', '=', notice)
          .forUpdate()
          .executeTakeFirst();
        if (!row) throw new Refusal('not_found');
        const planned = plan(row.state);
        if (!planned) return row.state;
        return record(trx, clock, row.state, planned.event, who, planned.effects ?? []);
      }),

    async find(notice: string): Promise<NoticeState> {
      const row = await db
        .selectFrom('outside_notice')
        .select('state')
        .where('notice', '=', notice)
        .executeTakeFirst();
      if (!row) throw new Refusal('not_found');
      return row.state;
    },

    history: (notice: string) => readRecords(db, chainOf(notice)),

    /** Unfinished ones, soonest due first; drafts last. */
    open: () =>
      db
        .selectFrom('outside_notice')
        .select(['notice', 'case_id', 'phase', 'due_at', 'state'])
        .where('phase', 'in', ['draft', 'sent', 'acknowledged', 'answered'])
        .orderBy('due_at')
        .limit(listMax)
        .execute(),

    ofCase: (caseId: string) =>
      db
        .selectFrom('outside_notice')
        .select(['notice', 'phase', 'due_at', 'state'])
        .where('case_id', '=', caseId)
        .orderBy('notice')
        .limit(listMax)
        .execute(),

    answerTimes: (now: string) => answerTimes(db, now),

    due: (now: string) =>
      db
        .selectFrom('outside_notice')
        .select('notice')
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(listMax)
        .execute(),
  };
}

async function record(
  trx: Trx,
  clock: Clock,
  before: NoticeState | NoticeBeginning,
  event: NoticeEvent,
  who: string,
  effects: readonly NewEffect[],
): Promise<NoticeState> {
  const now = clock.now().toISOString();
  const state = moveNotice(before, event, now);
  await appendRecord(trx, chainOf(state.notice), { at: now, who, body: event });
  const row = {
    notice: state.notice,
    case_id: state.caseId,
    company: companyKey(state.draft.company),
    phase: state.phase,
    due_at: noticeDue(state),
    sent_at: state.sentAt,
    answered_at: state.answer?.at ?? null,
    outcome: state.answer?.outcome ?? null,
    state: JSON.stringify(state),
  };
  await trx
    .insertInto('outside_notice')
    .values(row)
    .onConflict((conflict) => conflict.column('notice').doUpdateSet(row))
    .execute();
  await putEffects(trx, effects, now);
  return state;
}
