/**
 * Closes days and checks them again. Whoever can modify these tables can hide that a chain was cut; and cannot
 * where the day's commitment stands in the log or somebody noted the head.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { after, type Clock, dayOf } from '@answerable/kit/clock';
import { type Kysely, type Selectable, sql } from 'kysely';
import { type ChainedEvent, type ErasedEvent, firstBreak } from '../casework/event.ts';
import { firstLedgerBreak, readRecords } from '../ledger.ts';
import { effectOf, putEffects } from '../outbox.ts';
import type { DeskTables } from '../schema.ts';
import type { Trx } from '../store.ts';
import { type ChainEnd, dayHead, headCommitment } from './day-head.ts';

const saltBytes = 32;
const listMax = 400;
/** A day is closed a little after its end: whatever was being written then has been written or has failed. */
const graceMinutes = 10;
const lockOfDays = 7_214_511;
const ledgerRecordsMax = 100_000;

export interface HeadFault {
  day: string;
  /** the chain that does not fit; null where it is the day itself */
  chain: string | null;
}
export type HeadStore = ReturnType<typeof createHeadStore>;

export function createHeadStore(db: Kysely<DeskTables>, clock: Clock, hasLog: boolean) {
  return {
    /** Closes yesterday if that was not done; says whether it did. */
    async close(): Promise<boolean> {
      const day = dayOf(after(clock.now(), { minutes: -graceMinutes, days: -1 }));
      if (await newest(db, day)) return false;
      return db.transaction().execute((trx) => closeDay(trx, day, clock.now().toISOString(), hasLog));
    },

    list: () => db.selectFrom('day_head').selectAll().orderBy('day', 'desc').limit(listMax).execute(),

    find: (day: string) => db.selectFrom('day_head').selectAll().where('day', '=', day).executeTakeFirst(),

    async keepProof(day: string, proof: string): Promise<void> {
      await db.updateTable('day_head').set({ proof }).where('day', '=', day).execute();
    },

    /** What does not fit, oldest first; `since` is a day. Reads every chain that grew since then, whole. */
    async check(since: string): Promise<HeadFault[]> {
      const days = await db
        .selectFrom('day_head')
        .selectAll()
        .where('day', '>=', since)
        .orderBy('day')
        .execute();
      const faults: HeadFault[] = [];
      const broken = new Set<string>();
      let previous: string | null | undefined;
      for (const one of days) {
        const ends = await endsOf(db, one.day);
        const fits = previous === undefined || one.previous === previous;
        if (!fits || dayHead(one.day, one.previous, ends) !== one.head)
          faults.push({ day: one.day, chain: null });
        for (const end of ends) {
          if (broken.has(end.chain) || (await holds(db, end))) continue;
          broken.add(end.chain);
          faults.push({ day: one.day, chain: end.chain });
        }
        previous = one.head;
      }
      return faults;
    },
  };
}

const newest = (db: Kysely<DeskTables>, day: string) =>
  db.selectFrom('day_head').select('day').where('day', '>=', day).limit(1).executeTakeFirst();

async function closeDay(trx: Trx, day: string, now: string, hasLog: boolean): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${lockOfDays})`.execute(trx);
  // Another desk on this database may have been first.
  if (await newest(trx, day)) return false;
  const { rows: ends } = await sql<ChainEnd>`
    with ended as (
      select 'case/' || case_id as chain, seq, head as hash from case_file
      union all
      select distinct on (chain) 'record/' || chain, seq, hash from ledger order by chain, seq desc
    )
    select chain, seq, hash from ended where not exists (
      select 1 from day_chain known where known.chain = ended.chain and known.seq = ended.seq
    )`.execute(trx);
  const last = await trx.selectFrom('day_head').select('head').orderBy('day', 'desc').executeTakeFirst();
  const previous = last?.head ?? null;
  const head = dayHead(day, previous, ends);
  const salt = toBase64url(randomBytes(saltBytes));
  const commitment = headCommitment(salt, day, head);
  const row = { day, previous, chains: ends.length, head, salt, commitment, proof: null };
  await trx.insertInto('day_head').values(row).execute();
  await sql`insert into day_chain (day, chain, seq, hash)
    select ${day}, chain, seq, hash from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb)
      as ended (chain text, seq integer, hash text)`.execute(trx);
  if (hasLog) await putEffects(trx, [effectOf('heads', { kind: 'commit-head', day }, day)], now);
  return true;
}

const endsOf = (db: Kysely<DeskTables>, day: string): Promise<ChainEnd[]> =>
  db.selectFrom('day_chain').select(['chain', 'seq', 'hash']).where('day', '=', day).execute();

/** Whether the chain is there, unbroken, up to where it had come and with the hash that it had there. */
async function holds(db: Kysely<DeskTables>, { chain, seq, hash }: ChainEnd): Promise<boolean> {
  const [kind, ...rest] = chain.split('/');
  const name = rest.join('/');
  if (kind === 'record') {
    const records = await readRecords(db, name, ledgerRecordsMax);
    return firstLedgerBreak(name, records) === undefined && records[seq - 1]?.hash === hash;
  }
  const events = await db
    .selectFrom('event')
    .selectAll()
    .where('case_id', '=', name)
    .orderBy('seq')
    .execute();
  if (events[seq - 1]?.hash !== hash) return false;
  return firstBreak(events.map(asChained)) === undefined;
}

/** Of an erased body its hash is left, and the chain is checked over that. */
function asChained({
  body,
  body_hash,
  ...event
}: Selectable<DeskTables['event']>): ChainedEvent | ErasedEvent {
  return body === null ? { ...event, body, bodyHash: body_hash ?? '' } : { ...event, body };
}
