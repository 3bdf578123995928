/** When a guardian says how much it refused, and what the moment of it shows. */
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { quarterEnd, quarterOver, refusalCounts, refusalsIn } from '@answerable/protocol/log/refusals';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { giveRefusals } from './give-refusals.ts';
import type { GuardianParts } from './parts.ts';
import { type GuardianTables, migrations } from './schema.ts';
import { createStore } from './store.ts';

const noticeDays = 90;
let database: TestDatabase;
let opened: Awaited<ReturnType<typeof openDatabase<GuardianTables>>>;
beforeAll(async () => {
  database = await testDatabase('guardian-refusals');
  opened = await openDatabase<GuardianTables>({ url: database.url, migrations });
});
afterAll(async () => {
  await opened?.close();
  await database?.drop();
});
beforeEach(() => sql`truncate case_file, refusals_given, log_outbox cascade`.execute(opened.db));

const partsAt = (clock: PracticeClock) =>
  ({
    name: 'quakers',
    clock,
    store: createStore(opened),
    policies: { current: () => ({ limits: { noticeSeconds: noticeDays * 86_400 } }) },
  }) as unknown as GuardianParts;

let cases = 0;
async function judged(received: string, day: string, decision: 'approve' | 'refuse' = 'refuse') {
  const reason = decision === 'refuse' ? 'order-not-valid' : 'met';
  const key = `key-${++cases}`;
  await sql`insert into log_outbox (key, entry) values (${key}, '{}'::jsonb)`.execute(opened.db);
  await opened.db
    .insertInto('case_file')
    .values({
      case_id: `case-${cases}`,
      filing: '{}',
      salt: '',
      filing_commitment: '',
      filing_index: 0,
      ciphertext_hash: '',
      received: new Date(received),
      ask: null,
      sealed: null,
      judgement: JSON.stringify({ message: { decision, reason, day }, signature: '' }),
      judgement_salt: '',
      judgement_key: key,
    })
    .execute();
}
interface Entry {
  day: string;
  counts: Record<string, number>;
}
const given = async (): Promise<Entry[]> => {
  const { rows } = await sql<{ entry: Entry }>`
    select entry from log_outbox where entry ->> 'kind' = 'census' order by entry ->> 'day'`.execute(
    opened.db,
  );
  return rows.map(({ entry }) => entry);
};
const at = (day: string) => practiceClock(new Date(`${day}T12:00:00Z`));

describe('refusals', () => {
  it('are given once a quarter, with every reason, also when there were none', async () => {
    const clock = at('2026-02-10');
    for (let day = 0; day < 100; day++) {
      await giveRefusals(partsAt(clock));
      clock.advance({ days: 1 });
    }
    expect(
      (await given()).map(({ day, counts }) => [day, Object.keys(counts), refusalsIn({ day, counts })]),
    ).toEqual([
      ['2025-12-31', expect.arrayContaining([...refusalCounts]), 0],
      ['2026-03-31', expect.arrayContaining([...refusalCounts]), 0],
    ]);
  });

  it('count in the quarter in which the notice of the case was due at the latest, not when it was judged', async () => {
    await judged('2026-02-01T00:00:00Z', '2026-02-03');
    await giveRefusals(partsAt(at('2026-04-02')));
    await giveRefusals(partsAt(at('2026-07-02')));
    expect((await given()).map((entry) => [entry.day, refusalsIn(entry)])).toEqual([
      ['2026-03-31', 0],
      ['2026-06-30', 1],
    ]);
  });

  it('count when they were judged, if that was later', async () => {
    await judged('2026-01-01T00:00:00Z', '2026-07-03');
    await giveRefusals(partsAt(at('2026-07-04')));
    await giveRefusals(partsAt(at('2026-10-01')));
    expect((await given()).map(refusalsIn)).toEqual([0, 1]);
  });

  it('hold no approval', async () => {
    await judged('2026-01-01T00:00:00Z', '2026-01-03', 'approve');
    await giveRefusals(partsAt(at('2026-07-04')));
    expect((await given()).map(refusalsIn)).toEqual([0]);
  });

  it('the log shows the same whether there is a case or not, until its quarter is over', async () => {
    const walk = async (withCase: boolean) => {
      await sql`truncate case_file, refusals_given, log_outbox cascade`.execute(opened.db);
      if (withCase) await judged('2026-02-01T00:00:00Z', '2026-02-03');
      for (const day of ['2026-02-04', '2026-03-31', '2026-04-01', '2026-06-30'])
        await giveRefusals(partsAt(at(day)));
      return given();
    };
    expect(await walk(true)).toEqual(await walk(false));
    // The control: counted in the quarter of its judgement, the case would have shown on the first of April.
    expect(quarterOver('2026-04-01')).toBe(quarterEnd('2026-02-03'));
  });
});
