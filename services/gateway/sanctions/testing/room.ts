/** The sanctions room on a database of its own, with accounts that nobody had to prove, and a clock to move. For tests only. */

import { practiceClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import type { Journal } from '@answerable/kit/journal';
import { createJournal } from '@answerable/kit/journal';
import { testDatabase } from '@answerable/kit/testing/test-database';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import type { LadderStep } from '@answerable/protocol/report/sanction';
import { sql } from 'kysely';
import type { KeptPolicy } from '../../policies/policy-history.ts';
import { type GatewayTables, migrations } from '../../schema.ts';
import { gatewayStore } from '../../store.ts';
import { derivedId } from '../queue-tellings.ts';
import { sanctionStore } from '../sanction-store.ts';
import { createTeller, type PerformTelling } from '../tell.ts';
import { tellingStore } from '../telling-store.ts';

const terms: Partial<PlatformPolicy> = {};
const admission = JSON.stringify({ request: { platformPolicy: terms } });

export type Room = Awaited<ReturnType<typeof openRoom>>;

export async function openRoom() {
  const database = await testDatabase('sanctions');
  const { db, close } = await openDatabase<GatewayTables>({ url: database.url, migrations });
  const clock = practiceClock(new Date(), 'practice');
  const lines: string[] = [];
  const journal: Journal = createJournal('gateway', { write: (line) => lines.push(line) });
  const tellings = tellingStore(db);
  const policies = { inForce: async () => ({ policy: terms }) as KeptPolicy };
  const store = sanctionStore(db, {
    clientIdOf: (platform) => platform,
    isTold: () => true,
    policies,
  });
  const account = gatewayStore(db, () => true).accountBySub;
  let n = 0;

  return {
    db,
    url: database.url,
    clock,
    journal: lines,
    tellings,
    store,
    account,
    teller: (perform: PerformTelling, over: Partial<typeof tellings> = {}) =>
      createTeller({ tellings: { ...tellings, ...over }, clock, journal, perform }),
    /** A person with accounts at `platform`; their subs. */
    async person(accounts = 1, platform = 'forum'): Promise<string[]> {
      n += 1;
      const person = derivedId(`person ${n}`);
      await db.insertInto('person').values({ id: person, platform, pseudonym: person }).execute();
      const subs = Array.from({ length: accounts }, (_, i) => `${n}x${i}`.padEnd(52, 'a'));
      for (const [i, sub] of subs.entries())
        await db
          .insertInto('account')
          .values({
            ...{ sub, platform, person, slot: i + 1, account_key: sub, handle: `h_${n}_${i}`, claims: '{}' },
            ...{ admission, closed_day: null, relay: null },
          })
          .execute();
      return subs;
    },
    sanction(
      sub: string,
      step: LadderStep,
      own: { from?: string; until?: string; holds?: 'person' | 'account' } = {},
    ) {
      n += 1;
      const sanction = derivedId(`sanction ${n}`);
      const until = own.until ?? (step === 'warn' ? null : '2099-01-01');
      const request = {
        sanction,
        caseId: derivedId(`case ${n}`),
        sub,
        holds: 'person' as const,
        step,
        until,
      };
      return { ...request, ...own, until };
    },
    /** How the acts of an account stand, oldest first. */
    async acts(sub: string): Promise<string[]> {
      const rows = db
        .selectFrom('telling')
        .select(['kind', 'state'])
        .where('sub', '=', sub)
        .where('way', '=', 'act');
      return (await rows.orderBy('id').execute()).map(({ kind, state }) => `${kind} ${state}`);
    },
    states: async () =>
      Object.fromEntries(
        (
          await sql<{
            state: string;
            n: number;
          }>`select state, count(*) as n from telling group by 1`.execute(db)
        ).rows.map(({ state, n: count }) => [state, Number(count)]),
      ),
    async close() {
      await close();
      await database.drop();
    },
  };
}
