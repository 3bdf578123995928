/**
 * Many reports as fast as they go, at two desks on one database, many of them of the same things; the database goes
 * away and comes back in the middle, and then one desk is killed. Nothing that was acknowledged is lost, nothing is
 * done twice. LOAD_REPORTS=10000 for the whole of it.
 */

import { firstBreak } from '@answerable/desk/casework/event';
import { fold } from '@answerable/desk/casework/transition';
import {
  type DeskWorld,
  deskWorld,
  type Moderator,
  reasonsOf,
  snapshot,
} from '@answerable/desk/testing/desk-world';
import { conductFinding, subOf } from '@answerable/desk/testing/example-case';
import { connectorToken } from '@answerable/desk/testing/fake-neighbours';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Killable, startKillable } from './killable.ts';

const reports = Number(process.env.LOAD_REPORTS ?? 240);
/** Of ten reports three are of something that was reported already. */
const things = Math.ceil(reports * 0.7);
const inFlight = 24;
const decided = 12;
const timeoutMs = 300_000 + reports * 60;

let world: DeskWorld;
let other: Killable;
let origins: string[];

beforeAll(async () => {
  const [here, there] = [await freePort(), await freePort()];
  world = await deskWorld('desk-load', { port: here, origin: `http://127.0.0.1:${here}` });
  const config = { ...world.config, port: there, origin: `http://127.0.0.1:${there}` };
  other = await startKillable('desk', config, world.clock);
  origins = [world.config.origin, config.origin];
});
afterAll(async () => {
  if (origins?.length === 2) await other.kill();
  await world?.close();
});

const run = (text: string) => withConnection(world.databaseUrl, (ask) => ask(text));
const numberIn = async (text: string) => Number(Object.values((await run(text))[0]!)[0]);

/** One report until it is acknowledged: whoever gets no answer, or is told to come again, comes again. */
async function reportUntilTaken(n: number): Promise<string> {
  const thing = n % things;
  const item = snapshot(`post/load${thing}`, subOf('abcdefgh'[thing % 8]!));
  const body = JSON.stringify({
    capacity: 'user',
    reasons: ['abuse'],
    characteristics: [],
    items: [item],
    statement: 'Please look.',
    goodFaith: true,
    wishesToBeTold: true,
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${connectorToken}` };
  for (let tries = 0; ; tries += 1) {
    const origin = origins[(n + tries) % origins.length]!;
    const answer = await fetch(`${origin}/reports`, { method: 'POST', headers, body }).catch(() => undefined);
    const said = (await answer?.json().catch(() => ({}))) as { receipt?: string; code?: string } | undefined;
    if (said?.receipt) return said.receipt;
    if (said?.code && said.code !== 'unavailable') throw new Error(`a report was refused: ${said.code}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function databaseAway(): Promise<void> {
  const name = new URL(world.databaseUrl).pathname.slice(1);
  await withConnection(inject('postgresAdminUrl'), async (ask) => {
    await ask(`alter database "${name}" allow_connections false`);
    await ask('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await ask(`alter database "${name}" allow_connections true`);
  });
}

/** Somebody who works at the desk at `origin`: sessions lie in the database, so one is good at both. */
const at = (origin: string, who: Moderator) => (caseId: string) =>
  fetch(`${origin}/cases/${caseId}/claim`, {
    method: 'POST',
    headers: {
      cookie: who.cookie,
      'x-csrf-token': who.csrf,
      accept: 'application/json',
      'content-type': 'application/json',
    },
    body: '{}',
  });

describe('two who claim one case at two desks at once', () => {
  it('are one who has it and one who is told so, every time', async () => {
    const [a, b] = [await world.signIn('Claimer A'), await world.signIn('Claimer B')];
    for (let n = 0; n < 5; n += 1) {
      await world.report([snapshot(`post/claim${n}`, subOf('k'))], { reasons: ['threat'] }, connectorToken);
      const { caseId } = await world.caseOf(a, `post/claim${n}`);
      const answers = await Promise.all([at(origins[0]!, a)(caseId), at(origins[1]!, b)(caseId)]);
      const codes = await Promise.all(
        answers.map(async (one) => ((await one.json()) as { code?: string }).code),
      );
      expect(codes.toSorted()).toEqual(['already_claimed', undefined]);
    }
  });
});

describe('many reports at once', () => {
  const receipts: string[] = [];

  it(
    'are all acknowledged, though the database goes away and a desk is killed',
    async () => {
      const mishaps: [number, () => Promise<void>][] = [
        [reports / 3, databaseAway],
        [
          (reports * 2) / 3,
          async () => {
            origins = origins.slice(0, 1);
            await other.kill();
          },
        ],
      ];
      let next = 0;
      const sendAll = async () => {
        while (next < reports) {
          const n = next++;
          receipts.push(await reportUntilTaken(n));
          if (mishaps[0] && receipts.length >= mishaps[0][0]) await mishaps.shift()![1]();
        }
      };
      const a = await world.signIn('Moderator A');
      await Promise.all([...Array.from({ length: inFlight }, sendAll), decideSome(a)]);
      expect(receipts).toHaveLength(reports);
      expect(mishaps).toEqual([]);
    },
    timeoutMs,
  );

  /** Meanwhile somebody works: what they decide takes effect once. */
  async function decideSome(a: Moderator): Promise<void> {
    for (let n = 0; n < decided; n += 1) {
      const locator = `post/load${n}`;
      const of = `select case_id from case_item where locator = '${locator}'`;
      let found: Record<string, unknown>[] = [];
      // Each look may meet the database away.
      await expect.poll(async () => (found = await run(of).catch(() => []))).toHaveLength(1);
      const caseId = found[0]!.case_id;
      const decision = {
        assessment: conductFinding([locator]),
        decision: {
          path: 'conduct',
          measures: [{ kind: 'hide-item', target: locator }],
          reasons: reasonsOf(),
        },
      };
      // A claim may have met the database away: only the case itself says whether it was decided.
      await expect
        .poll(async () => {
          await a.post(`/cases/${caseId}/claim`);
          await a.post(`/cases/${caseId}/decision`, decision);
          return run(`select queue from case_file where case_id = '${caseId}'`).catch(() => []);
        })
        .toEqual([{ queue: 'closed' }]);
    }
  }

  it(
    'can each be followed',
    async () => {
      const waiting = [...receipts];
      const wrong: number[] = [];
      await Promise.all(
        Array.from({ length: inFlight }, async () => {
          for (let receipt = waiting.pop(); receipt; receipt = waiting.pop()) {
            const { status } = await fetch(`${origins[0]}/receipts/${receipt}`);
            if (status !== 200) wrong.push(status);
          }
        }),
      );
      expect(wrong).toEqual([]);
      expect(new Set(receipts).size).toBe(reports);
    },
    timeoutMs,
  );

  it('are each in exactly one case, and every thing in one case that waits', async () => {
    expect(await numberIn('select count(*) from report')).toBeGreaterThanOrEqual(reports);
    expect(
      await numberIn(`select count(*) from event where body ->> 'kind' in ('reported', 'reported-again')`),
    ).toBe(await numberIn('select count(*) from report'));
    const twice = `select locator from case_item natural join case_file where queue <> 'closed' group by 1 having count(*) > 1`;
    expect(await run(twice)).toEqual([]);
    expect(
      await numberIn(`select count(distinct locator) from case_item where locator like 'post/load%'`),
    ).toBe(things);
  });

  it(
    'leave every chain whole, and every case where its events lead',
    async () => {
      const rows = await run('select * from event order by case_id, seq');
      const states = new Map(
        (await run('select case_id, state from case_file')).map((row) => [row.case_id, row.state]),
      );
      const chains = new Map<unknown, never[]>();
      for (const row of rows) chains.set(row.case_id, [...(chains.get(row.case_id) ?? []), row as never]);
      for (const [caseId, events] of chains) {
        expect(firstBreak(events)).toBeUndefined();
        expect(fold(events)).toEqual(states.get(caseId));
      }
      expect(chains.size).toBe(states.size);
    },
    timeoutMs,
  );

  it(
    'set off everything once, and nothing is left',
    async () => {
      await expect
        .poll(() => numberIn(`select count(*) from outbox where state <> 'done' and case_id <> 'heads'`), {
          timeout: timeoutMs,
        })
        .toBe(0);
      const acts = world.neighbours.acts.map(({ target }) => target).toSorted();
      expect(acts).toEqual(Array.from({ length: decided }, (_, n) => `post/load${n}`).toSorted());
    },
    timeoutMs + 10_000,
  );

  it('are counted without a difference', async () => {
    const counted = `select coalesce(sum(n), 0) from (select figure, part, n from tally union all
      select figure, part, n from tally_change) t where figure`;
    expect(await numberIn(`${counted} = 'reports'`)).toBe(await numberIn('select count(*) from report'));
    expect(await numberIn(`${counted} = 'waiting'`)).toBe(
      await numberIn(`select count(*) from case_file where queue <> 'closed'`),
    );
  });
});
