/**
 * Open alarms, whom one can call, and when signposts were compared. Whoever can modify these tables can send a
 * call to a wrong number or make a stale one look fresh (comparisons are chained and show it), and can decide
 * nothing about anybody.
 */
import type { Clock } from '@answerable/kit/clock';
import type { Kysely, Selectable } from 'kysely';
import { openAlarms } from '../casework/care.ts';
import { appendRecord, readRecords } from '../ledger.ts';
import type { DeskTables } from '../schema.ts';

const alarmsMax = 20;
const onCallMax = 40;
export const signpostChain = 'signposts';

export type OnCall = Selectable<DeskTables['on_call']>;
export type CareStore = ReturnType<typeof createCareStore>;
export interface OpenAlarm {
  caseId: string;
  by: string;
  at: string;
}
/** Who compared an entry with its owner's page, and when. */
export interface Comparison {
  who: string;
  day: string;
}

export function createCareStore(db: Kysely<DeskTables>, clock: Clock) {
  const now = () => clock.now().toISOString();
  return {
    /** Cases in which somebody may die, newest first. */
    async alarms(): Promise<OpenAlarm[]> {
      const rows = await db
        .selectFrom('case_file')
        .select(['case_id', 'state'])
        .where('alarm', '=', true)
        .limit(alarmsMax)
        .execute();
      const open = rows.flatMap(({ case_id, state }) =>
        openAlarms(state).map(({ by, at }) => ({ caseId: case_id, by, at })),
      );
      return open.sort((a, b) => b.at.localeCompare(a.at));
    },

    /** The newest case that has this item, one that waits before one that is closed. */
    async caseWith(locator: string): Promise<string | undefined> {
      const rows = await db
        .selectFrom('case_item')
        .innerJoin('case_file', 'case_file.case_id', 'case_item.case_id')
        .select(['case_file.case_id', 'queue', 'opened_at'])
        .where('locator', '=', locator)
        .orderBy('opened_at', 'desc')
        .limit(alarmsMax)
        .execute();
      return (rows.find((row) => row.queue !== 'closed') ?? rows[0])?.case_id;
    },

    onCall: (): Promise<OnCall[]> =>
      db
        .selectFrom('on_call')
        .selectAll()
        .where('removed_at', 'is', null)
        .orderBy('added_at')
        .limit(onCallMax)
        .execute(),

    async addOnCall(who: string, entry: Pick<OnCall, 'id' | 'name' | 'part' | 'phone' | 'hours'>) {
      const rest = { added_by: who, added_at: now(), removed_by: null, removed_at: null };
      await db
        .insertInto('on_call')
        .values({ ...entry, ...rest })
        .execute();
    },

    async removeOnCall(who: string, id: string): Promise<boolean> {
      const done = await db
        .updateTable('on_call')
        .set({ removed_by: who, removed_at: now() })
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },

    /** The last comparison of each entry by somebody here. */
    async comparisons(): Promise<Map<string, Comparison>> {
      const records = await readRecords(db, signpostChain);
      return new Map(
        records.map(({ at, who, body }) => [
          (body as { entry: string }).entry,
          { who, day: at.slice(0, 10) },
        ]),
      );
    },

    async compared(who: string, entry: string): Promise<void> {
      await db
        .transaction()
        .execute((trx) =>
          appendRecord(trx, signpostChain, { at: now(), who, body: { kind: 'compared', entry } }),
        );
    },
  };
}
