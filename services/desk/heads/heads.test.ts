/** The day's head: closed once, and what shows when somebody who can write to the database cuts or changes the record. */
import { openDatabase } from '@answerable/kit/database';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyHashOf, type EventBody } from '../casework/event.ts';
import { type DeskTables, migrations } from '../schema.ts';
import { type DeskWorld, deskWorld, type Moderator, snapshot } from '../testing/desk-world.ts';
import { subOf } from '../testing/example-case.ts';
import { createHeadStore, type HeadStore } from './head-store.ts';

describe('the head of a day', () => {
  let world: DeskWorld;
  let robin: Moderator;
  let db: Kysely<DeskTables>;
  let closeDatabase: () => Promise<void>;
  let heads: HeadStore;
  const cases: string[] = [];

  beforeAll(async () => {
    world = await deskWorld('heads');
    ({ db, close: closeDatabase } = await openDatabase<DeskTables>({ url: world.databaseUrl, migrations }));
    heads = createHeadStore(db, world.clock, false);
    robin = await world.signIn('Robin');
    for (const n of ['a', 'b', 'c']) {
      await world.report([snapshot(`post/${n}`, subOf(n))]);
      cases.push((await world.caseOf(robin, `post/${n}`)).caseId);
    }
    await robin.post(`/cases/${cases[0]}/claim`);
  });
  afterAll(async () => {
    await closeDatabase();
    await world.close();
  });

  /** Does `harm`, says what the check then shows, and undoes it. */
  async function faultsAfter(harm: ReturnType<typeof sql>): Promise<(string | null)[]> {
    let faults: (string | null)[] = [];
    await db
      .transaction()
      .execute(async (trx) => {
        await harm.execute(trx);
        faults = (await createHeadStore(trx, world.clock, false).check('2026-01-01')).map((one) => one.chain);
        throw new Error('undo');
      })
      .catch((error) => {
        if (error.message !== 'undo') throw error;
      });
    return faults;
  }

  it('is made once when the day is over, also by two desks at once, and handed to the gateway', async () => {
    world.clock.advance({ days: 1 });
    const other = createHeadStore(db, world.clock, false);
    await Promise.all([world.desk.tick(), heads.close(), other.close()]);
    const rows = await heads.list();
    // The day before the desk began is there too: it is the first that it closed.
    expect(rows.map((row) => row.day)).toEqual(['2026-11-23', '2026-11-22']);
    expect(rows[0]?.chains).toBeGreaterThanOrEqual(3);
    expect(await heads.check('2026-01-01')).toEqual([]);
  });

  it('carries only what grew since, and the head of the day before', async () => {
    robin = await world.signIn('Robin');
    await robin.post(`/cases/${cases[1]}/claim`);
    world.clock.advance({ days: 1 });
    await world.desk.tick();
    await heads.close();
    const [today, yesterday] = await heads.list();
    expect(today?.previous).toBe(yesterday?.head);
    const grown = await db.selectFrom('day_chain').select('chain').where('day', '=', '2026-11-24').execute();
    const ofCases = grown.map((one) => one.chain).filter((chain) => chain.startsWith('case/'));
    expect(ofCases).toEqual([`case/${cases[1]}`]);
  });

  it('commits under a salt, so that the log says nothing', async () => {
    const committed = [...world.neighbours.commitments.values()];
    const rows = await heads.list();
    for (const commitment of committed) expect(rows.map((row) => row.commitment)).toContain(commitment);
    expect(new Set(rows.map((row) => row.salt)).size).toBe(rows.length);
  });

  it('shows a case that was left out', async () => {
    const harm = sql`delete from event where case_id = ${cases[2]}`;
    expect(await faultsAfter(harm)).toEqual([`case/${cases[2]}`]);
  });
  it('shows a case that was cut short', async () => {
    const harm = sql`delete from event where case_id = ${cases[0]} and seq >= 3`;
    expect(await faultsAfter(harm)).toEqual([`case/${cases[0]}`]);
  });
  it('shows a word that was changed', async () => {
    const harm = sql`update event set actor = jsonb_set(actor, '{name}', '"Sam"')
      where case_id = ${cases[0]} and body->>'kind' = 'claimed'`;
    expect(await faultsAfter(harm)).toEqual([`case/${cases[0]}`]);
  });
  it('shows a day that was written again', async () => {
    const harm = sql`delete from day_chain where chain = ${`case/${cases[2]}`}`;
    expect(await faultsAfter(harm)).toEqual([null]);
  });
  it('shows a day that was taken out', async () => {
    world.clock.advance({ days: 1 });
    robin = await world.signIn('Robin');
    await robin.post(`/cases/${cases[2]}/claim`);
    world.clock.advance({ days: 1 });
    await heads.close();
    const middle = sql`with gone as (delete from day_chain where day = '2026-11-24')
      delete from day_head where day = '2026-11-24'`;
    expect(await faultsAfter(middle)).toEqual([null]);
  });

  it('goes on holding when the words of an old case were erased', async () => {
    const rows = await db
      .selectFrom('event')
      .selectAll()
      .where('case_id', '=', cases[0] ?? '')
      .execute();
    const kept = rows.map(({ seq, body }) => sql`(${seq}::int, ${bodyHashOf(body as EventBody)})`);
    const erase = sql`update event set body = null, body_hash = kept.hash
      from (values ${sql.join(kept)}) as kept (seq, hash)
      where case_id = ${cases[0]} and event.seq = kept.seq`;
    expect(await faultsAfter(erase)).toEqual([]);
    const without = sql`update event set body = null where case_id = ${cases[0]}`;
    expect(await faultsAfter(without)).toEqual([`case/${cases[0]}`]);
  });
  it('and public, it names no case', async () => {
    const text = await (
      await fetch(`${world.origin}/public/heads`, { headers: { accept: 'application/json' } })
    ).text();
    for (const caseId of cases) expect(text).not.toContain(caseId);
  });
});
