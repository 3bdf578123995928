/**
 * What the desk reads, and what it writes beside the events. Whoever can modify these tables can hide a report
 * or show a moderator other words than were written; and cannot make a sanction, which needs events and the
 * gateway, or learn who anybody is.
 */
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { ItemReference } from './casework/event.ts';
import type { CaseState } from './casework/state.ts';
import { snapshotHash } from './intake/evidence.ts';
import type { DeskTables, PageRecord } from './schema.ts';

/** Also how far late cases are counted. */
export const listMax = 100;
const earlierMax = 20;
/** of an item's text, for one line */
const openingChars = 160;

export interface QueueFilter {
  /** null: with nobody */
  withWhom?: string | null;
  reason?: string;
  /** due before this */
  lateAt?: string;
}

export type Trx = Transaction<DeskTables>;
export type DeskStore = ReturnType<typeof createStore>;

export function createStore(db: Kysely<DeskTables>) {
  return {
    transaction: <T>(work: (trx: Trx) => Promise<T>): Promise<T> => db.transaction().execute(work),

    /**
     * Waiting cases of these queues, most urgent first. Each queue is read by its index and then the few are put
     * together, so that a million waiting cases are as quick as ten.
     */
    queue: (of: readonly string[], filter: QueueFilter = {}) =>
      db
        .selectFrom('case_file')
        .innerJoin(urgentOf(of, filter).as('urgent'), 'urgent.case_id', 'case_file.case_id')
        .select([
          'case_file.case_id',
          'kind',
          'phase',
          'queue',
          'opened_at',
          'due_at',
          'assigned_to',
          'reports',
          'state',
          'rank_hours',
        ])
        .orderBy('alarm', 'desc')
        .orderBy('ahead', 'desc')
        .orderBy(sql`pulled asc nulls last`)
        .orderBy('opened_at')
        .limit(listMax)
        .execute(),

    /** How many of each queue are late, up to a hundred. */
    async late(of: readonly string[], now: string): Promise<Map<string, number>> {
      const { rows } = await sql<{ queue: string; late: number }>`
        select named.queue, count(first.case_id)::int as late
        from unnest(${[...of]}::text[]) as named(queue) left join lateral (
          select case_id from case_file
          where case_file.queue = named.queue and case_file.queue <> 'closed' and due_at < ${now}
          order by due_at limit ${listMax}
        ) first on true group by named.queue`.execute(db);
      return new Map(rows.map((row) => [row.queue, row.late]));
    },

    /** The first words of items, by hash. */
    async openings(hashes: readonly string[]): Promise<Map<string, string>> {
      if (hashes.length === 0) return new Map();
      const { rows } = await sql<{ hash: string; opening: string }>`
        select hash, left(snapshot ->> 'text', ${openingChars}) as opening from item
        where hash = any(${[...hashes]}::text[])`.execute(db);
      return new Map(rows.map((row) => [row.hash, row.opening]));
    },

    async state(caseId: string): Promise<CaseState | undefined> {
      const row = await db
        .selectFrom('case_file')
        .select('state')
        .where('case_id', '=', caseId)
        .executeTakeFirst();
      return row?.state;
    },

    events: (caseId: string) =>
      db.selectFrom('event').selectAll().where('case_id', '=', caseId).orderBy('seq').execute(),

    effects: (caseId: string) =>
      db
        .selectFrom('outbox')
        .select(['effect', 'state', 'code', 'result', 'attempts'])
        .where('case_id', '=', caseId)
        .orderBy('id')
        .execute(),

    reports: (caseId: string) =>
      db
        .selectFrom('report')
        .select(['day', 'capacity', 'statement'])
        .where('case_id', '=', caseId)
        .orderBy('day')
        .limit(listMax)
        .execute(),

    async texts(hashes: readonly string[]): Promise<Map<string, ItemSnapshot>> {
      if (hashes.length === 0) return new Map();
      const rows = await db
        .selectFrom('item')
        .selectAll()
        .where('hash', 'in', [...hashes])
        .execute();
      return new Map(rows.map((row) => [row.hash, row.snapshot]));
    },

    pageRecords: (caseId: string) =>
      db
        .selectFrom('page_record')
        .select(['locator', 'record', 'at'])
        .where('case_id', '=', caseId)
        .execute(),

    async keepPageRecord(caseId: string, locator: string, record: PageRecord, at: string): Promise<void> {
      const row = { case_id: caseId, locator, record: JSON.stringify(record), at };
      await db
        .insertInto('page_record')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Other cases about the same accounts: their history here. Never who, and never other accounts. */
    earlier: (caseId: string, subs: readonly string[]) =>
      subs.length === 0
        ? Promise.resolve([])
        : db
            .selectFrom('case_file')
            .select(['case_id', 'kind', 'phase', 'opened_at', 'state'])
            .where('case_id', '<>', caseId)
            .where(
              'case_id',
              'in',
              db
                .selectFrom('case_item')
                .select('case_id')
                .where('author', 'in', [...subs]),
            )
            .orderBy('opened_at', 'desc')
            .limit(earlierMax)
            .execute(),

    /** An item that some case knows from the platform itself. */
    async seenItem(locator: string): Promise<ItemSnapshot | undefined> {
      const rows = await db
        .selectFrom('case_item')
        .innerJoin('case_file', 'case_file.case_id', 'case_item.case_id')
        .select('case_file.state')
        .where('case_item.locator', '=', locator)
        .limit(listMax)
        .execute();
      const hash = rows
        .flatMap((row) => row.state.items)
        .find((item) => item.locator === locator && item.seen === 'platform')?.hash;
      return hash === undefined ? undefined : (await this.texts([hash])).get(hash);
    },

    /** Cases that somebody has in hand. */
    claimedBy: (name: string) =>
      db.selectFrom('case_file').select('case_id').where('assigned_to', '=', name).execute(),

    /** Cases in which the clock has something to do. */
    due: (now: string) =>
      db
        .selectFrom('case_file')
        .select('case_id')
        .where('clock_at', '<=', now)
        .orderBy('clock_at')
        .limit(listMax)
        .execute(),

    receipt: (receipt: string) =>
      db
        .selectFrom('report')
        .innerJoin('case_file', 'case_file.case_id', 'report.case_id')
        .select(['report.day', 'report.wishes', 'case_file.state'])
        .where('receipt', '=', receipt)
        .executeTakeFirst(),

    async markTold(receipt: string, at: string): Promise<void> {
      await db
        .updateTable('report')
        .set({ told_at: at })
        .where('receipt', '=', receipt)
        .where('told_at', 'is', null)
        .execute();
    },

    casesWith: (locators: readonly string[]) =>
      db
        .selectFrom('case_item')
        .select('case_id')
        .distinct()
        .where('locator', 'in', [...locators])
        .execute(),

    /** Whether anything else still needs `target` as it is. */
    async isHeld(target: string): Promise<boolean> {
      const row = db.selectFrom('standing_act').select('act').where('target', '=', target);
      return (await row.executeTakeFirst()) !== undefined;
    },

    /** Which accounts a sanction holds on the platform (casework/account-hold.ts). */
    async standAccounts(caseId: string, sanction: string, noted: readonly string[]): Promise<void> {
      if (noted.length === 0) return;
      const rows = noted.map((target) => ({
        act: sanction,
        case_id: caseId,
        target,
        source: 'sanction' as const,
      }));
      await db
        .insertInto('standing_act')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Forgets them again; returns what was noted. */
    async fallAccounts(sanction: string): Promise<string[]> {
      const rows = await db
        .deleteFrom('standing_act')
        .where('act', '=', sanction)
        .where('source', '=', 'sanction')
        .returning('target')
        .execute();
      return rows.map((row) => row.target);
    },
  };
}

/** The most urgent of these queues, by their indexes; what goes before everything else is looked up besides. */
const urgentOf = (names: readonly string[], filter: QueueFilter) => sql<{ case_id: string }>`(
  select case_id, due_at::timestamptz - rank_hours * interval '1 hour' as pulled from (
    select first.* from unnest(${[...names]}::text[]) as named(queue) cross join lateral (
      select case_id, alarm, ahead, due_at, opened_at, rank_hours from case_file
      where case_file.queue = named.queue and case_file.queue <> 'closed' ${matching(filter)}
      order by due_at asc nulls last, opened_at limit ${listMax}
    ) first
    union
    (select case_id, alarm, ahead, due_at, opened_at, rank_hours from case_file
      where (alarm or ahead) and queue <> 'closed' and queue = any(${[...names]}::text[]) ${matching(filter)}
      order by alarm desc, ahead desc, due_at limit ${listMax})
    union
    (select case_id, alarm, ahead, due_at, opened_at, rank_hours from case_file
      where rank_hours > 0 and queue <> 'closed' and queue = any(${[...names]}::text[]) ${matching(filter)}
      order by due_at limit ${listMax})
  ) found
  order by alarm desc, ahead desc, pulled asc nulls last, opened_at limit ${listMax})`;

function matching({ withWhom, reason, lateAt }: QueueFilter) {
  const conditions = [
    ...(withWhom === null ? [sql`and assigned_to is null`] : []),
    ...(typeof withWhom === 'string' ? [sql`and assigned_to = ${withWhom}`] : []),
    ...(reason === undefined ? [] : [sql`and state -> 'reasons' ? ${reason}`]),
    ...(lateAt === undefined ? [] : [sql`and due_at < ${lateAt}`]),
  ];
  return sql.join(conditions, sql` `);
}

/** Locks these locators until the transaction ends: two reports of one thing become one case. */
export async function lockItems(trx: Trx, locators: readonly string[]): Promise<void> {
  for (const locator of [...new Set(locators)].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${locator}, 0))`.execute(trx);
}

/** Keeps what was seen, and returns how cases refer to it. */
export async function keepItem(
  trx: Kysely<DeskTables>,
  snapshot: ItemSnapshot,
  seen: ItemReference['seen'],
): Promise<ItemReference> {
  const { locator, posted, kind } = snapshot;
  const hash = snapshotHash(snapshot);
  await trx
    .insertInto('item')
    .values({ hash, snapshot: JSON.stringify(snapshot) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // What a reporter says about who wrote it is not kept: the platform will say.
  const author = seen === 'platform' ? snapshot.author : null;
  const shows = [
    ...(snapshot.text.trim() === '' ? [] : (['words'] as const)),
    ...new Set(snapshot.media?.map((one) => one.kind)),
  ];
  const made = snapshot.media?.length ? { shows } : {};
  return { locator, kind, author, hash, posted, seen, distress: false, ...made };
}
